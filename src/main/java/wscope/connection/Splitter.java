package wscope.connection;

import java.time.Duration;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes on bytes in small pieces, one in each turn of the link, so that TCP sends each alone. */
final class Splitter extends DelayedWriter {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final int piece;

  /**
   * Creates a writer.
   *
   * @param piece the number of bytes in each piece, at least 1
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Splitter(Link link, TransportWriter next, int piece, Runnable onChange) {
    super(link, next, onChange);
    this.piece = piece;
  }

  @Override
  protected void begin() {
    schedule(PAUSE);
  }

  @Override
  protected void pass() {
    waiting.moveTo(next::write, piece);
    if (waiting.size() > 0) {
      schedule(PAUSE);
    }
  }
}
