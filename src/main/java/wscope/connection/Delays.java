package wscope.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;

/** Runs actions in order, each after a delay. */
final class Delays {
  /** The approximate overhead of a waiting action, in bytes. */
  private static final int OVERHEAD = 128;

  /**
   * An action.
   *
   * @param due the time to run it, as a value of {@link System#nanoTime}
   */
  private record DelayedAction(long due, long bytes, Runnable action) {}

  private final Link link;
  private final Duration delay;
  private final Runnable onChange;
  private final ArrayDeque<DelayedAction> queue = new ArrayDeque<>();
  private @Nullable Deadline next;
  private long waiting;

  /**
   * Creates an empty queue.
   *
   * @param onChange runs whenever the number of waiting bytes changes
   */
  Delays(Link link, Duration delay, Runnable onChange) {
    this.link = link;
    this.delay = delay;
    this.onChange = onChange;
  }

  /**
   * Adds an action, which runs after the delay.
   *
   * @param bytes the memory that the action holds
   */
  void add(long bytes, Runnable action) {
    queue.addLast(new DelayedAction(System.nanoTime() + delay.toNanos(), bytes + OVERHEAD, action));
    waiting += bytes + OVERHEAD;
    onChange.run();
    if (next == null) {
      schedule();
    }
  }

  /** The number of waiting bytes. */
  long waiting() {
    return waiting;
  }

  /** Cancels all actions. */
  void stop() {
    queue.clear();
    waiting = 0;
    if (next != null) {
      next.cancel();
    }
  }

  private void schedule() {
    DelayedAction first = queue.peekFirst();
    next =
        first == null
            ? null
            : link.after(
                Duration.ofNanos(Math.max(0, first.due - System.nanoTime())), this::runDue);
  }

  private void runDue() {
    DelayedAction first = queue.peekFirst();
    while (first != null && first.due - System.nanoTime() <= 0) {
      queue.removeFirst();
      waiting -= first.bytes;
      first.action.run();
      first = queue.peekFirst();
    }
    onChange.run();
    schedule();
  }
}
