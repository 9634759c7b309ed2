package wscope.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;

/** Runs actions in order, each after a delay, and not while another action is under way. */
final class Delays {
  /** The approximate overhead of a waiting action, in bytes. */
  private static final int OVERHEAD = 128;

  /** The time in nanoseconds after which other connections have their turns. */
  private static final long TURN_NANOS = 1_000_000;

  /**
   * An action.
   *
   * @param due the time to run it, as a value of {@link System#nanoTime}
   */
  private record DelayedAction(long due, long bytes, Runnable action) {}

  private final Link link;
  private final Duration delay;
  private final Runnable onChange;
  private final BooleanSupplier isBusy;
  private final ArrayDeque<DelayedAction> queue = new ArrayDeque<>();
  private @Nullable Deadline next;
  private long waiting;

  /**
   * Creates an empty queue.
   *
   * @param onChange runs whenever the number of waiting bytes changes
   * @param isBusy whether no action may run until {@link #resume}
   */
  Delays(Link link, Duration delay, Runnable onChange, BooleanSupplier isBusy) {
    this.isBusy = isBusy;
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

  /** Runs actions again that are due. */
  void resume() {
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
        first == null || isBusy.getAsBoolean()
            ? null
            : link.after(
                Duration.ofNanos(Math.max(0, first.due - System.nanoTime())), this::runDue);
  }

  private void runDue() {
    DelayedAction first = queue.peekFirst();
    long start = System.nanoTime();
    while (first != null
        && first.due - System.nanoTime() <= 0
        && System.nanoTime() - start < TURN_NANOS
        && !isBusy.getAsBoolean()) {
      queue.removeFirst();
      waiting -= first.bytes;
      first.action.run();
      first = queue.peekFirst();
    }
    onChange.run();
    schedule();
  }
}
