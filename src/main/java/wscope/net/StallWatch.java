package wscope.net;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Drops a link whose peer does not read its queued output. The send buffer of the socket is small,
 * so a peer that reads slowly makes progress that can be seen.
 */
final class StallWatch {
  private final EventLoop loop;
  private final Wire wire;
  private final Consumer<IOException> drop;
  private @Nullable Deadline deadline;

  StallWatch(EventLoop loop, Wire wire, Consumer<IOException> drop) {
    this.loop = loop;
    this.wire = wire;
    this.drop = drop;
  }

  /** Starts to watch. The watch ends when no output is queued. */
  void begin() {
    if (deadline == null) {
      watch();
    }
  }

  void stop() {
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private void watch() {
    long before = wire.written();
    Duration timeout = loop.limits().stall();
    deadline =
        loop.after(
            timeout,
            () -> {
              deadline = null;
              if (wire.waiting() == 0) {
                return;
              }
              if (wire.written() == before) {
                drop.accept(
                    new SocketTimeoutException(
                        "the peer read less than 256 KiB in " + shown(timeout)));
              } else {
                watch();
              }
            });
  }

  /** Formats a time in seconds, or in milliseconds if it is not a whole number of seconds. */
  static String shown(Duration time) {
    long millis = time.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }
}
