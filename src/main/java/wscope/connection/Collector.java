package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Collects what is written within a time, and passes it on at once. */
final class Collector extends DelayedWriter {
  private final Duration time;

  /**
   * Creates a writer.
   *
   * @param time the time from the first bytes until they are passed on
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Collector(Link link, TransportWriter next, Duration time, Runnable onChange) {
    super(link, next, onChange);
    this.time = time;
  }

  @Override
  protected void begin() {
    schedule(time);
  }

  @Override
  protected void pass() {
    ByteBuffer all = ByteBuffer.allocate((int) waiting.size());
    waiting.moveTo(all::put, waiting.size());
    next.write(all.flip());
  }
}
