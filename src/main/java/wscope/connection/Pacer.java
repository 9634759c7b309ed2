package wscope.connection;

import java.time.Duration;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes on bytes at a limited rate, and queues the rest. */
final class Pacer extends DelayedWriter {
  /**
   * The interval between writes. It is longer if the rate allows less than one byte in each
   * interval.
   */
  private static final long PERIOD_NANOS = 20_000_000;

  private static final long SECOND_NANOS = 1_000_000_000;

  private final long share;
  private final double nanosPerByte;

  private Pacer(
      Link link, TransportWriter next, long share, double nanosPerByte, Runnable onChange) {
    super(link, next, onChange);
    this.share = share;
    this.nanosPerByte = nanosPerByte;
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

  @Override
  protected void begin() {
    takeTurn();
  }

  /** Passes on some bytes. The next bytes wait for as long as these take at the limited rate. */
  @Override
  protected void pass() {
    long passed = waiting.moveTo(next::write, share);
    schedule(Duration.ofNanos((long) (passed * nanosPerByte)));
  }
}
