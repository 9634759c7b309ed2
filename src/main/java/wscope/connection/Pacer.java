package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Backlog;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes on bytes at a limited rate, and queues the rest. */
final class Pacer implements TransportWriter {
  /**
   * The interval between writes. It is longer if the rate allows less than one byte in each
   * interval.
   */
  private static final long PERIOD_NANOS = 20_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final Link link;
  private final TransportWriter next;
  private final long share;
  private final double nanosPerByte;
  private final Runnable onChange;
  private final Backlog waiting = new Backlog();
  private @Nullable Deadline turn;
  private boolean ending;

  private Pacer(
      Link link, TransportWriter next, long share, double nanosPerByte, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.share = share;
    this.nanosPerByte = nanosPerByte;
    this.onChange = onChange;
  }

  /**
   * Creates a writer with a limited rate.
   *
   * @param rate the rate in bytes per second, at least 1
   * @param onChange runs whenever the number of waiting bytes changes
   */
  static Pacer ofRate(Link link, TransportWriter next, long rate, Runnable onChange) {
    long share = Math.max(1, rate * PERIOD_NANOS / SECOND_NANOS);
    return new Pacer(link, next, share, (double) SECOND_NANOS / rate, onChange);
  }

  /**
   * Creates a writer that passes on single bytes.
   *
   * @param interval the time between two bytes
   * @param onChange runs whenever the number of waiting bytes changes
   */
  static Pacer ofBytes(Link link, TransportWriter next, Duration interval, Runnable onChange) {
    return new Pacer(link, next, 1, interval.toNanos(), onChange);
  }

  /** The number of waiting bytes. */
  long waiting() {
    return waiting.size();
  }

  @Override
  public void write(ByteBuffer bytes) {
    waiting.add(bytes);
    onChange.run();
    if (turn == null) {
      sendShare();
    }
  }

  @Override
  public void end() {
    ending = true;
    if (turn == null) {
      next.end();
    }
  }

  /** Stops all output. */
  void stop() {
    if (turn != null) {
      turn.cancel();
    }
  }

  /** Passes on some bytes. The next bytes wait for as long as these take at the limited rate. */
  private void sendShare() {
    turn = null;
    if (waiting.size() == 0) {
      if (ending) {
        next.end();
      }
      return;
    }
    long passed = waiting.moveTo(next::write, share);
    turn = link.after(Duration.ofNanos((long) (passed * nanosPerByte)), this::sendShare);
    onChange.run();
  }
}
