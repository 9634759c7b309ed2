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
  private final long rate;
  private final Runnable onChange;
  private final Backlog waiting = new Backlog();
  private @Nullable Deadline turn;
  private boolean ending;

  /**
   * Creates a writer.
   *
   * @param rate the rate in bytes per second, at least 1
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Pacer(Link link, TransportWriter next, long rate, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.rate = rate;
    this.onChange = onChange;
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
    long share = Math.max(1, rate * PERIOD_NANOS / SECOND_NANOS);
    long passed = waiting.moveTo(next::write, share);
    turn = link.after(Duration.ofNanos(passed * SECOND_NANOS / rate), this::sendShare);
    onChange.run();
  }
}
