package wscope.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.net.Deadline;
import wscope.net.EventLoop;
import wscope.net.SocketFailure;
import wscope.net.Tunnel;
import wscope.protocol.event.Event;

/** Finds the addresses of a server or its proxy, and connects to one of them. */
public final class Dialling {
  private final EventLoop loop;
  private final Target target;
  private final DialSettings settings;
  private final Consumer<Event> events;
  private final DialResult result;
  private final long started = System.nanoTime();
  private @Nullable Deadline resolution;
  private @Nullable Dialer dialer;

  /**
   * Creates one attempt to connect.
   *
   * @param events receives the addresses, and an event for each failed attempt
   */
  public Dialling(
      EventLoop loop,
      Target target,
      DialSettings settings,
      Consumer<Event> events,
      DialResult result) {
    this.loop = loop;
    this.target = target;
    this.settings = settings;
    this.events = events;
    this.result = result;
  }

  /** Begins. The result is not reported before this method returns. */
  public void start() {
    if (settings.route() instanceof Route.Tcp tcp) {
      startToResolve(tcp);
    } else if (settings.route() instanceof Route.Unix unix) {
      dial(List.of(unix.address()), settings.timeout(), null);
    }
  }

  /** Gives up. Nothing is reported after this. */
  public void cancel() {
    endResolution();
    if (dialer != null) {
      dialer.cancel();
    }
  }

  /** Resolves a name on a thread of its own, because Java cannot cancel that. */
  private void startToResolve(Route.Tcp tcp) {
    IOException late = new SocketTimeoutException("the name was not resolved in time");
    resolution = loop.after(settings.timeout(), () -> unresolved(late));
    if (isLiteral(host(tcp))) {
      resolve(tcp);
      return;
    }
    Thread thread = new Thread(() -> resolve(tcp), "resolver");
    thread.setDaemon(true);
    thread.start();
  }

  private void resolve(Route.Tcp tcp) {
    try {
      List<InetAddress> addresses = tcp.order().of(tcp.resolver().resolve(host(tcp)));
      loop.execute(() -> resolved(tcp, addresses, System.nanoTime() - started));
    } catch (UnknownHostException e) {
      loop.execute(() -> unresolved(e));
    }
  }

  private void resolved(Route.Tcp tcp, List<InetAddress> addresses, long nanos) {
    String host = host(tcp);
    if (addresses.isEmpty()) {
      unresolved(new UnknownHostException(host + " has no address of the wanted family"));
      return;
    }
    if (!endResolution()) {
      return;
    }
    if (addresses.size() > 1 || !isAddress(host)) {
      events.accept(
          new Event.Resolved(
              host, addresses.stream().map(InetAddress::getHostAddress).toList(), nanos));
    }
    Proxy proxy = tcp.proxy();
    int port = proxy == null ? target.port() : proxy.port();
    dial(
        addresses.stream().map(address -> new InetSocketAddress(address, port)).toList(),
        settings.timeout().minusNanos(nanos),
        proxy == null ? null : proxy.to(target));
  }

  private void dial(
      List<? extends SocketAddress> addresses, Duration timeout, @Nullable Tunnel tunnel) {
    dialer = new Dialer(loop, addresses, timeout, settings, tunnel, events, result);
    dialer.start();
  }

  /** The host to connect to: the proxy or the server. */
  private String host(Route.Tcp tcp) {
    Proxy proxy = tcp.proxy();
    return proxy == null ? target.host() : proxy.host();
  }

  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  /** Whether a host is an address for certain, so that Java asks no server for it. */
  private static boolean isLiteral(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    String[] parts = host.split("\\.", -1);
    boolean literal = parts.length == 4;
    for (String part : parts) {
      literal = literal && isByte(part);
    }
    return literal;
  }

  private static boolean isByte(String part) {
    boolean digits = part.chars().allMatch(c -> c >= '0' && c <= '9');
    return digits && !part.isEmpty() && part.length() <= 3 && Integer.parseInt(part) <= 255;
  }

  private void unresolved(IOException cause) {
    if (endResolution()) {
      result.failed(SocketFailure.of(cause), cause);
    }
  }

  /**
   * Ends the wait for the resolver. Returns false if it has ended, so that a result is too late.
   */
  private boolean endResolution() {
    Deadline waiting = resolution;
    resolution = null;
    if (waiting != null) {
      waiting.cancel();
    }
    return waiting != null;
  }
}
