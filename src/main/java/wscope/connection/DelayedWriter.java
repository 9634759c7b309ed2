package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Backlog;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Holds what is written, and passes it on later, in parts that a subclass chooses. */
abstract class DelayedWriter implements HoldingWriter {
  /** What waits to be passed on; if it is not empty, a turn is scheduled. */
  protected final Backlog waiting = new Backlog();

  protected final TransportWriter next;
  private final Link link;
  private final Runnable onChange;
  private @Nullable Deadline turn;
  private boolean ending;

  /**
   * Creates a writer.
   *
   * @param onChange runs whenever the number of waiting bytes changes
   */
  DelayedWriter(Link link, TransportWriter next, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.onChange = onChange;
  }

  /** Begins to pass on: something waits, and no turn is scheduled. */
  protected abstract void begin();

  /** Passes on a part of what waits, and schedules a turn for the rest. */
  protected abstract void pass();

  @Override
  public final long waiting() {
    return waiting.size();
  }

  @Override
  public final void write(ByteBuffer bytes) {
    waiting.add(bytes);
    onChange.run();
    if (turn == null) {
      begin();
    }
  }

  @Override
  public final void end() {
    ending = true;
    if (turn == null) {
      next.end();
    }
  }

  @Override
  public final void stop() {
    if (turn != null) {
      turn.cancel();
    }
  }

  /** Takes a turn after a time. */
  protected final void schedule(Duration time) {
    turn = link.after(time, this::takeTurn);
  }

  protected final void takeTurn() {
    turn = null;
    if (waiting.size() > 0) {
      pass();
      onChange.run();
    }
    if (ending && turn == null) {
      next.end();
    }
  }
}
