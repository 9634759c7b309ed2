package wscope.net;

import java.time.Duration;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** All deadlines of a loop, the next one first. A cancelled one is dropped when its time comes. */
final class Deadlines {
  private final PriorityQueue<Deadline> queue = new PriorityQueue<>();

  Deadline after(Duration delay, Runnable action) {
    Deadline deadline = new Deadline(System.nanoTime() + delay.toNanos(), action);
    queue.add(deadline);
    return deadline;
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
      next = queue.peek();
    }
    return next;
  }
}
