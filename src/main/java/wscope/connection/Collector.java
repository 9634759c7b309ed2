package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Backlog;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Collects what is written within a time, and passes it on at once. */
final class Collector implements TransportWriter {
  private final Link link;
  private final TransportWriter next;
  private final Duration time;
  private final Runnable onChange;
  private final Backlog waiting = new Backlog();
  private @Nullable Deadline turn;
  private boolean ending;

  /**
   * Creates a writer.
   *
   * @param time the time from the first bytes until they are passed on
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Collector(Link link, TransportWriter next, Duration time, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.time = time;
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
      turn = link.after(time, this::passAll);
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

  private void passAll() {
    turn = null;
    ByteBuffer all = ByteBuffer.allocate((int) waiting.size());
    waiting.moveTo(all::put, waiting.size());
    next.write(all.flip());
    onChange.run();
    if (ending) {
      next.end();
    }
  }
}
