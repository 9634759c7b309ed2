package wscope.connect;

import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.connection.Addresses;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkConnector;
import wscope.net.LinkHandler;
import wscope.net.PendingConnect;
import wscope.net.SocketFailure;
import wscope.net.TlsClient;
import wscope.net.Tunnel;
import wscope.protocol.event.Event;

/**
 * Opens a connection to one of several addresses (RFC 8305 §5). An attempt begins a quarter of a
 * second after the previous one, or as soon as that has failed. The first connection wins.
 */
final class Dialer {
  /** The Connection Attempt Delay that RFC 8305 §8 recommends. */
  static final Duration STAGGER = Duration.ofMillis(250);

  private final EventLoop loop;
  private final List<? extends SocketAddress> addresses;
  private final Duration timeout;
  private final DialSettings settings;
  private final @Nullable Tunnel tunnel;
  private final Consumer<Event> events;
  private final DialResult result;
  private final List<PendingConnect> attempts = new ArrayList<>();
  private final long started = System.nanoTime();
  private @Nullable Deadline stagger;
  private int next;
  private int failed;

  /**
   * Creates a dialer.
   *
   * @param addresses the addresses in the order in which to try them, at least one
   * @param timeout the time that all attempts and the TLS handshake may take together
   * @param settings what the connection speaks
   * @param tunnel the tunnel through a proxy, whose addresses these are; null for none
   * @param events receives an event for each failed attempt
   */
  Dialer(
      EventLoop loop,
      List<? extends SocketAddress> addresses,
      Duration timeout,
      DialSettings settings,
      @Nullable Tunnel tunnel,
      Consumer<Event> events,
      DialResult result) {
    this.loop = loop;
    this.addresses = addresses;
    this.timeout = timeout;
    this.settings = settings;
    this.tunnel = tunnel;
    this.events = events;
    this.result = result;
  }

  /** Starts the first attempt. */
  void start() {
    attempt();
  }

  /** Gives up. Nothing is reported after this. */
  void cancel() {
    attempts.forEach(PendingConnect::cancel);
    if (stagger != null) {
      stagger.cancel();
    }
    next = addresses.size();
  }

  private void attempt() {
    if (next == addresses.size()) {
      return;
    }
    Attempt attempt = new Attempt(addresses.get(next));
    next++;
    Duration left = timeout.minusNanos(System.nanoTime() - started);
    Duration time = left.isNegative() ? Duration.ZERO : left;
    attempts.add(connect(attempt, time));
    if (next < addresses.size()) {
      stagger = loop.after(STAGGER, this::attempt);
    }
  }

  private PendingConnect connect(Attempt attempt, Duration time) {
    TlsClient tls = settings.tls();
    if (settings.opaque()) {
      return loop.connectOpaque(attempt.address, time, attempt, tunnel);
    }
    if (tunnel != null) {
      return loop.connect(attempt.address, time, attempt, tunnel, tls);
    }
    return tls == null
        ? loop.connect(attempt.address, time, attempt)
        : loop.connect(attempt.address, time, attempt, tls);
  }

  /** One attempt. */
  private final class Attempt implements LinkConnector {
    private final SocketAddress address;
    private final long begun = System.nanoTime();

    Attempt(SocketAddress address) {
      this.address = address;
    }

    @Override
    public LinkHandler connected(Link link) {
      cancel();
      return result.connected(link, System.nanoTime() - begun);
    }

    @Override
    public void failed(SocketFailure failure, IOException cause) {
      failed++;
      events.accept(
          new Event.AttemptFailed(
              Addresses.of(address),
              String.valueOf(cause.getMessage()),
              System.nanoTime() - begun));
      if (failed == addresses.size()) {
        result.failed(failure, cause);
      } else if (failed == next) {
        if (stagger != null) {
          stagger.cancel();
        }
        attempt();
      }
    }
  }
}
