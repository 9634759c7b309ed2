package wscope.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.Link;
import wscope.protocol.Session;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Reports once if the input that the peer has to send does not arrive for a while. */
final class StallReport {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final Link link;
  private final Session session;
  private final ExchangeListener listener;

  /** The deadline for the report; null if nothing is expected from the peer. */
  private @Nullable Deadline deadline;

  /** The last time at which the session began to wait for input. */
  private long awaitingSince;

  StallReport(Link link, Session session, ExchangeListener listener) {
    this.link = link;
    this.session = session;
    this.listener = listener;
  }

  /** Starts to wait, because the session awaits input. */
  void await() {
    awaitingSince = System.nanoTime();
    if (deadline == null) {
      watch(TIMEOUT);
    }
  }

  private void watch(Duration delay) {
    deadline = link.after(delay, this::check);
  }

  private void check() {
    deadline = null;
    long idle = System.nanoTime() - awaitingSince;
    if (!session.isAwaiting()) {
      return;
    }
    if (idle < TIMEOUT.toNanos()) {
      watch(TIMEOUT.minusNanos(idle));
    } else {
      listener.event(new Event.Waiting(session.self().peer(), session.awaited(), idle));
    }
  }

  void stop() {
    if (deadline != null) {
      deadline.cancel();
    }
  }
}
