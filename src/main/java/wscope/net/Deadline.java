package wscope.net;

import org.jspecify.annotations.Nullable;

/** An action that runs at a certain time, unless it is cancelled first. */
public final class Deadline implements Comparable<Deadline> {
  private final long nanoTime;
  private final Deadlines queue;
  private @Nullable Runnable action;

  Deadline(Deadlines queue, long nanoTime, Runnable action) {
    this.queue = queue;
    this.nanoTime = nanoTime;
    this.action = action;
  }

  /** Cancels the deadline. This has no effect once the action has run. */
  public void cancel() {
    if (action != null) {
      action = null;
      queue.cancelled();
    }
  }

  boolean isCancelled() {
    return action == null;
  }

  long nanosLeft(long now) {
    return nanoTime - now;
  }

  void expire() {
    Runnable due = action;
    action = null;
    if (due != null) {
      due.run();
    }
  }

  @Override
  public int compareTo(Deadline other) {
    return Long.signum(nanoTime - other.nanoTime);
  }
}
