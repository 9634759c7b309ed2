package wscope.connect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.connection.Connection;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;

/** Reports that a server sends nothing: no pong for a ping, or nothing at all for a while. */
final class Silence {
  private static final Duration CHECK = Duration.ofMillis(500);
  private static final long PONG_NANOS = Duration.ofSeconds(2).toNanos();
  private static final long FIRST_NANOS = Duration.ofSeconds(30).toNanos();

  private final EventLoop loop;
  private final Connection connection;
  private final Observations observations;
  private final ExchangeListener listener;
  private final long opened = System.nanoTime();
  private @Nullable Deadline next;

  /** The ping that was reported last, by the time at which it was sent. */
  private long reportedPing;

  /** The silence that is reported next. */
  private long due = FIRST_NANOS;

  private long heard;

  Silence(
      EventLoop loop, Connection connection, Observations observations, ExchangeListener listener) {
    this.loop = loop;
    this.connection = connection;
    this.observations = observations;
    this.listener = listener;
    heard = opened;
    watch();
  }

  /** Stops watching. */
  void stop() {
    if (next != null) {
      next.cancel();
    }
  }

  private void watch() {
    next = loop.after(CHECK, this::check);
  }

  private void check() {
    long now = System.nanoTime();
    if (connection.isOpen()) {
      checkPing(now);
      checkSilence(now);
      watch();
    }
  }

  private void checkPing(long now) {
    long sent = connection.pendingPing();
    if (sent != 0 && sent != reportedPing && now - sent >= PONG_NANOS) {
      reportedPing = sent;
      listener.event(new Event.Silence(true, now - sent));
    }
  }

  /** Reports silence when it has lasted half a minute, and whenever it has doubled. */
  private void checkSilence(long now) {
    long last = observations.lastHeard() == 0 ? opened : observations.lastHeard();
    if (last != heard) {
      heard = last;
      due = FIRST_NANOS;
    }
    if (now - last >= due) {
      due *= 2;
      listener.event(new Event.Silence(false, now - last));
    }
  }
}
