package wscope.connection;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.TransportWriter;

/** Passes on everything after a delay, in the pieces in which it arrived. */
final class Delayer implements HoldingWriter {
  private final Link link;
  private final TransportWriter next;
  private final Duration delay;
  private final Runnable onChange;
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable Deadline turn;
  private long waiting;

  /**
   * What was written at one time.
   *
   * @param due the time to pass it on, as a value of {@link System#nanoTime}
   * @param bytes the bytes; null for the end
   */
  private record Piece(long due, @Nullable ByteBuffer bytes) {}

  /**
   * Creates a writer.
   *
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Delayer(Link link, TransportWriter next, Duration delay, Runnable onChange) {
    this.link = link;
    this.next = next;
    this.delay = delay;
    this.onChange = onChange;
  }

  @Override
  public long waiting() {
    return waiting;
  }

  @Override
  public void write(ByteBuffer bytes) {
    waiting += bytes.remaining();
    add(ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    onChange.run();
  }

  @Override
  public void end() {
    add(null);
  }

  private void add(@Nullable ByteBuffer bytes) {
    pieces.addLast(new Piece(System.nanoTime() + delay.toNanos(), bytes));
    schedule();
  }

  @Override
  public void stop() {
    pieces.clear();
    if (turn != null) {
      turn.cancel();
    }
  }

  private void schedule() {
    Piece first = pieces.peekFirst();
    if (turn == null && first != null) {
      long left = Math.max(0, first.due - System.nanoTime());
      turn = link.after(Duration.ofNanos(left), this::passDue);
    }
  }

  private void passDue() {
    turn = null;
    Piece first = pieces.peekFirst();
    while (first != null && first.due - System.nanoTime() <= 0) {
      pieces.removeFirst();
      pass(first.bytes);
      first = pieces.peekFirst();
    }
    onChange.run();
    schedule();
  }

  private void pass(@Nullable ByteBuffer bytes) {
    if (bytes == null) {
      next.end();
    } else {
      waiting -= bytes.remaining();
      next.write(bytes);
    }
  }
}
