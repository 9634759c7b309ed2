package wscope.net;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All deadlines of a loop, the next one first. A cancelled deadline is removed when it is the next
 * one, or when the cancelled ones outnumber the others. Therefore, deadlines of closed connections
 * do not accumulate.
 */
final class Deadlines {
  /** The number of cancelled deadlines below which a search is not worthwhile. */
  private static final int MANY = 64;

  private final PriorityQueue<Deadline> queue = new PriorityQueue<>();

  /** The number of cancelled deadlines in the queue. */
  private int cancelled;

  Deadline after(Duration delay, Runnable action) {
    Deadline deadline = new Deadline(this, System.nanoTime() + delay.toNanos(), action);
    queue.add(deadline);
    return deadline;
  }

  /** Counts a deadline in the queue that has been cancelled. */
  void cancelled() {
    cancelled++;
    if (cancelled > MANY && cancelled > queue.size() / 2) {
      queue.removeIf(Deadline::isCancelled);
      cancelled = 0;
    }
  }

  /** The number of deadlines in the queue, cancelled or not. */
  int size() {
    return queue.size();
  }

  /**
   * The number of milliseconds to the next deadline, rounded up and at least 1; 0 if there is none.
   */
  long untilNext() {
    Deadline next = dropCancelled();
    return next == null ? 0 : Math.max(1, next.nanosLeft(System.nanoTime()) / 1_000_000 + 1);
  }

  /**
   * Runs the actions that are due, in order, until a time has passed.
   *
   * @param nanos the time after which no further action is started
   * @return whether further actions are due
   */
  boolean runDue(long nanos) {
    long start = System.nanoTime();
    Deadline next = dropCancelled();
    while (next != null && next.nanosLeft(start) <= 0) {
      queue.remove();
      next.expire();
      next = dropCancelled();
      if (System.nanoTime() - start > nanos) {
        return next != null && next.nanosLeft(start) <= 0;
      }
    }
    return false;
  }

  private @Nullable Deadline dropCancelled() {
    Deadline next = queue.peek();
    while (next != null && next.isCancelled()) {
      queue.remove();
      cancelled--;
      next = queue.peek();
    }
    return next;
  }
}
