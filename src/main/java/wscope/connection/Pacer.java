package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Backlog;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes bytes on at a rate, and queues the rest. */
final class Pacer implements TransportWriter {
  /** How often bytes go out, unless one alone takes longer. */
  private static final long PERIOD_NANOS = 20_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final Link link;
  private final TransportWriter next;
  private final long rate;
  private final Runnable progress;
  private final Backlog waiting = new Backlog();
  private @Nullable Deadline turn;
  private boolean ending;

  /**
   * @param rate in bytes a second, at least 1
   * @param progress runs whenever the number of waiting bytes changes
   */
  Pacer(Link link, TransportWriter next, long rate, Runnable progress) {
    this.link = link;
    this.next = next;
    this.rate = rate;
    this.progress = progress;
  }

  /** How many bytes wait. */
  long waiting() {
    return waiting.size();
  }

  @Override
  public void write(ByteBuffer bytes) {
    waiting.add(bytes);
    progress.run();
    if (turn == null) {
      goOn();
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

  /** Passes a share on; the next one waits as long as this one takes at the rate. */
  private void goOn() {
    turn = null;
    if (waiting.size() == 0) {
      if (ending) {
        next.end();
      }
      return;
    }
    long share = Math.max(1, rate * PERIOD_NANOS / SECOND_NANOS);
    long passed = waiting.moveTo(next::write, share);
    turn = link.after(Duration.ofNanos(passed * SECOND_NANOS / rate), this::goOn);
    progress.run();
  }
}
