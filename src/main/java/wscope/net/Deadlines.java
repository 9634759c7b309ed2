package wscope.net;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * All deadlines of a loop, the next one first. Cancelled ones are dropped when they are the next,
 * or when they are more than the others: those of connections that came and went do not add up.
 */
final class Deadlines {
  /** Fewer than these are not worth a search. */
  private static final int MANY = 64;

  private final PriorityQueue<Deadline> queue = new PriorityQueue<>();

  /** How many of the queue are cancelled. */
  private int cancelled;

  Deadline after(Duration delay, Runnable action) {
    Deadline deadline = new Deadline(this, System.nanoTime() + delay.toNanos(), action);
    queue.add(deadline);
    return deadline;
  }

  /** One of the queue has been cancelled. */
  void cancelled() {
    cancelled++;
    if (cancelled > MANY && cancelled > queue.size() / 2) {
      queue.removeIf(Deadline::isCancelled);
      cancelled = 0;
    }
  }

  /** How many are kept, cancelled or not. */
  int size() {
    return queue.size();
  }

  /** Milliseconds to the next deadline, rounded up and at least 1; 0 if there is none. */
  long untilNext() {
    Deadline next = dropCancelled();
    return next == null ? 0 : Math.max(1, next.nanosLeft(System.nanoTime()) / 1_000_000 + 1);
  }

  /** Does everything whose time has come. */
  void runDue() {
    long now = System.nanoTime();
    Deadline next = dropCancelled();
    while (next != null && next.nanosLeft(now) <= 0) {
      queue.remove();
      next.come();
      next = dropCancelled();
    }
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
