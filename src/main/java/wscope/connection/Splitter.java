package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Backlog;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes on bytes in small pieces, one in each turn of the link, so that TCP sends each alone. */
final class Splitter implements TransportWriter {
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final Link link;
  private final TransportWriter next;
  private final int piece;
  private final Runnable onChange;
  private final Backlog waiting = new Backlog();
  private @Nullable Deadline turn;
  private boolean ending;

  /**
   * Creates a writer.
   *
   * @param piece the number of bytes in each piece, at least 1
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Splitter(Link link, TransportWriter next, int piece, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.piece = piece;
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
    schedule();
  }

  @Override
  public void end() {
    ending = true;
    schedule();
  }

  /** Stops all output. */
  void stop() {
    if (turn != null) {
      turn.cancel();
    }
  }

  private void schedule() {
    if (turn == null) {
      turn = link.after(PAUSE, this::sendPiece);
    }
  }

  private void sendPiece() {
    turn = null;
    waiting.moveTo(next::write, piece);
    onChange.run();
    if (waiting.size() > 0) {
      schedule();
    } else if (ending) {
      next.end();
    }
  }
}
