package wscope.proxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.connection.Addresses;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkAcceptor;
import wscope.net.LinkHandler;
import wscope.net.Speech;
import wscope.net.TlsServer;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HttpResponse;

/** A proxy between clients and their servers, on one event loop. */
public final class Proxy implements AutoCloseable {
  private static final HttpResponse PLAIN_HTTP =
      Refusals.of(400, "this port speaks TLS: use wss:// or https://", "GET");
  private static final String FULL = "the connection limit is reached";

  private final EventLoop loop;
  private final ProxySettings settings;
  private final ProxyListener listener;
  private final BufferPool pool = new BufferPool();
  private final TreeMap<Long, Pair> pairs = new TreeMap<>();
  private final List<InetSocketAddress> listening = new ArrayList<>();
  private int clients;
  private long connections;
  private boolean stopping;

  public Proxy(ProxySettings settings, ProxyListener listener) throws IOException {
    this.settings = settings;
    this.listener = listener;
    loop = EventLoop.open(settings.link(), Runtime.getRuntime().maxMemory() / 2);
    loop.onRoundEnd(listener::roundEnded);
  }

  /**
   * Starts to listen. Clients are served once {@link #run} is called.
   *
   * @param address the address; port 0 selects a free port
   * @param context the identity in TLS; null for plain TCP, as always for a forward proxy
   * @return the actual address
   * @throws IOException if the address is in use or not local
   */
  public InetSocketAddress listen(InetSocketAddress address, @Nullable SSLContext context)
      throws IOException {
    InetSocketAddress actual;
    if (settings.forward() != null) {
      actual = loop.listenForAny(address, new Acceptor());
    } else if (context == null) {
      actual = loop.listen(address, new Acceptor());
    } else {
      actual = loop.listen(address, new Acceptor(), tls(context));
    }
    listening.add(actual);
    return actual;
  }

  private static TlsServer tls(SSLContext context) {
    return new TlsServer(
        context, TlsServer.CertificateRequest.NONE, List.of("http/1.1"), PLAIN_HTTP.bytes());
  }

  /** Serves until {@link #stop}. */
  public void run() throws IOException {
    loop.run();
  }

  /** Ends all connections and {@link #run}. May be called from any thread. */
  public void stop() {
    loop.execute(
        () -> {
          stopping = true;
          loop.stopListening();
          List.copyOf(pairs.values()).forEach(Pair::stop);
          stopIfIdle();
        });
  }

  /** Runs a task on the thread of {@link #run}, soon. May be called from any thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /** The number of connections so far. */
  public long connections() {
    return connections;
  }

  /** The current connections, in the order of their numbers. */
  public List<ProxiedConnection> proxied() {
    return pairs.values().stream().map(Pair::proxied).toList();
  }

  @Override
  public void close() throws IOException {
    loop.close();
    pool.close();
  }

  ProxySettings settings() {
    return settings;
  }

  ProxyWording wording() {
    return settings.wording();
  }

  ProxyListener listener() {
    return listener;
  }

  EventLoop loop() {
    return loop;
  }

  BufferPool pool() {
    return pool;
  }

  /** The pairs of links, in the order of their numbers. */
  Collection<Pair> pairs() {
    return pairs.values();
  }

  long nextNumber() {
    connections++;
    return connections;
  }

  void add(Pair pair) {
    pairs.put(pair.number(), pair);
  }

  void gone(Pair pair) {
    pairs.remove(pair.number());
    stopIfIdle();
  }

  /** A client is gone. */
  void left() {
    clients--;
  }

  private void stopIfIdle() {
    if (stopping && pairs.isEmpty()) {
      loop.stop();
    }
  }

  /** Whether this proxy listens on an address. */
  boolean isOwn(SocketAddress remote) {
    return remote instanceof InetSocketAddress address && isOwn(address);
  }

  private boolean isOwn(InetSocketAddress address) {
    return listening.stream()
        .anyMatch(
            own ->
                own.getPort() == address.getPort()
                    && (own.getAddress().equals(address.getAddress())
                        || (own.getAddress().isAnyLocalAddress() && isLocal(address))));
  }

  private static boolean isLocal(InetSocketAddress address) {
    try {
      return address.getAddress().isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (SocketException e) {
      return false;
    }
  }

  private Entrance enter(Link link) {
    Forward forward = settings.forward();
    if (forward == null) {
      return new Entrance(this, link, new ReverseDesk(settings));
    }
    boolean local =
        link.remote() instanceof InetSocketAddress peer && peer.getAddress().isLoopbackAddress();
    Reception reception = new Reception(forward, wording(), settings.limits(), local);
    link.openBy(reception);
    return new Entrance(this, link, reception);
  }

  private final class Acceptor implements LinkAcceptor {
    @Override
    public LinkHandler accepted(Link link) {
      clients++;
      if (clients > settings.maxConnections()) {
        listener.event(new Event.TurnedAway(Addresses.of(link.remote())));
        if (settings.forward() != null) {
          link.openBy((arrived, response) -> Speech.Plain.HTTP);
        }
        return new Full(link);
      }
      return enter(link);
    }

    @Override
    public void failed(IOException cause) {
      listener.event(new Event.AcceptFailed(String.valueOf(cause.getMessage())));
    }
  }

  /** A client above the limit. It gets a response and must disconnect soon. */
  private final class Full implements LinkHandler {
    private final Link link;

    Full(Link link) {
      this.link = link;
      link.after(settings.timeouts().close(), link::abort);
    }

    @Override
    public void received(ByteBuffer bytes) {
      link.write(Refusals.of(503, FULL, "GET").bytes());
      link.end();
    }

    @Override
    public void ended() {
      link.end();
    }

    @Override
    public void closed(@Nullable Exception cause) {
      left();
    }
  }
}
