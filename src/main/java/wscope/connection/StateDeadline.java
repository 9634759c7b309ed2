package wscope.connection;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;

/** The deadline for the current state of a connection. */
final class StateDeadline {
  /** The number of times that the deadline for closing restarts while the peer reads. */
  private static final int MOST_RESTARTS = 5;

  private final Link link;
  private final Consumer<Disconnected.Timeout> missed;
  private @Nullable Deadline deadline;

  /**
   * Creates a deadline that is not set.
   *
   * @param missed runs when the peer misses the deadline
   */
  StateDeadline(Link link, Consumer<Disconnected.Timeout> missed) {
    this.link = link;
    this.missed = missed;
  }

  /** Sets the deadline instead of an earlier one. */
  void set(Duration delay, Disconnected.Timeout timeout) {
    cancel();
    // The deadline starts after this turn, when the output has been written as far as possible.
    deadline =
        link.after(Duration.ZERO, () -> set(delay, timeout, link.written() + link.waiting(), 0));
  }

  /**
   * Sets a deadline that starts now.
   *
   * @param owed the value of {@link Link#written} once all output queued now has been sent
   * @param restarts the number of times that the deadline was set again
   */
  private void set(Duration delay, Disconnected.Timeout timeout, long owed, int restarts) {
    cancel();
    long before = link.written();
    deadline =
        link.after(
            delay,
            () -> {
              boolean slow = before < owed && link.written() > before;
              boolean closes = timeout == Disconnected.Timeout.CLOSE;
              if (closes && slow && restarts < MOST_RESTARTS) {
                // If the peer still reads output queued before our Close, start again.
                set(delay, timeout, owed, restarts + 1);
              } else {
                missed.accept(timeout);
              }
            });
  }

  void cancel() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
    }
  }
}
