package wscope.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.connection.Addresses;
import wscope.connection.Connection;
import wscope.connection.ConnectionOwner;
import wscope.connection.ConnectionSettings;
import wscope.connection.Disconnected;
import wscope.net.EventLoop;
import wscope.net.Link;
import wscope.net.LinkAcceptor;
import wscope.net.LinkHandler;
import wscope.net.TlsServer;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HttpResponse;

/** A WebSocket server on one event loop. */
public final class Server implements ConnectionOwner, AutoCloseable {
  /** The time that clients have to reply to the Close of a stopping server. */
  private static final Duration CLOSE_TIME = Duration.ofMillis(400);

  /** The response to a client that sends plain HTTP to a TLS port. */
  private static final HttpResponse PLAIN_HTTP =
      PlainResponses.explained(400, List.of(), "This port speaks TLS: use wss:// or https://.\n");

  private final EventLoop loop;
  private final Settings settings;
  private final ConnectionSettings connectionSettings;
  private final UpgradePolicy upgradePolicy;
  private final ServeListener listener;
  private final Connections connections = new Connections();
  private final Watchers watchers;
  private final BufferPool pool = BufferPool.forHeap(Runtime.getRuntime().maxMemory());
  private long accepted;
  private boolean stopping;

  public Server(Settings settings, ServeListener listener) throws IOException {
    this.settings = settings;
    this.listener = listener;
    connectionSettings =
        new ConnectionSettings(settings.limits(), settings.timeouts(), settings.link().highWater());
    PageToken pageToken = PageToken.random();
    upgradePolicy = new UpgradePolicy(settings, pageToken);
    watchers = new Watchers(listener, pageToken);
    loop = EventLoop.open(settings.link(), Runtime.getRuntime().maxMemory() / 2);
    loop.onRoundEnd(listener::roundEnded);
  }

  /**
   * Starts to listen. Clients are served once {@link #run} is called.
   *
   * @param address the address; port 0 selects a free port
   * @return the actual address
   * @throws IOException if the address is in use or not local
   */
  public InetSocketAddress listen(InetSocketAddress address) throws IOException {
    return listen(address, null);
  }

  /**
   * Starts to listen like {@link #listen(InetSocketAddress)}.
   *
   * @param context the identity for clients that speak TLS; null for plain TCP
   */
  public InetSocketAddress listen(InetSocketAddress address, @Nullable SSLContext context)
      throws IOException {
    if (context == null) {
      return loop.listen(address, new Acceptor());
    }
    TlsServer tls =
        new TlsServer(
            context, TlsServer.CertificateRequest.NONE, List.of("http/1.1"), PLAIN_HTTP.bytes());
    return loop.listen(address, new Acceptor(), tls);
  }

  /** Serves until {@link #stop}. It also closes the clients' WebSockets after a failure. */
  public void run() throws IOException {
    try {
      loop.run();
    } catch (IOException | RuntimeException | Error e) {
      shutDownAfter(e);
      throw e;
    }
  }

  private void shutDownAfter(Throwable failure) {
    try {
      stop();
      loop.run();
    } catch (IOException | RuntimeException | Error e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Sends every client a Close with 1001 (going away). {@link #run} ends when all have
   * disconnected, or after 400 ms. May be called from any thread.
   */
  public void stop() {
    loop.execute(this::shutDown);
  }

  /** Runs a task on the thread of {@link #run}, soon. May be called from any thread. */
  public void execute(Runnable task) {
    loop.execute(task);
  }

  /**
   * Runs a task on the thread of {@link #run} at an interval. Call this before {@link #run} or on
   * its thread.
   */
  public void every(Duration interval, Runnable task) {
    loop.after(
        interval,
        () -> {
          every(interval, task);
          task.run();
        });
  }

  /** The current connections, for tasks of {@link #execute}. */
  public Connections connections() {
    return connections;
  }

  /** The number of clients accepted so far. */
  public long accepted() {
    return accepted;
  }

  @Override
  public void close() throws IOException {
    loop.close();
    pool.close();
  }

  private void shutDown() {
    stopping = true;
    loop.stopListening();
    for (Connection connection : connections.all()) {
      connection.close(1001, "the server stops");
    }
    loop.after(CLOSE_TIME, () -> connections.all().forEach(Connection::abort));
    stopIfIdle();
  }

  private void stopIfIdle() {
    if (stopping && connections.size() == 0) {
      loop.stop();
    }
  }

  private final class Acceptor implements LinkAcceptor {
    @Override
    public LinkHandler accepted(Link link) {
      if (connections.size() >= settings.maxConnections()) {
        listener.event(new Event.TurnedAway(Addresses.of(link.remote())));
        return new TurnedAway(link, loop, settings.timeouts().close());
      }
      accepted++;
      Connection connection =
          Connection.ofServer(
              accepted,
              loop,
              link,
              connectionSettings,
              pool,
              Server.this,
              listener.connected(accepted),
              it -> new ClientUpgrade(it, upgradePolicy, watchers));
      connections.add(connection);
      return connection;
    }

    @Override
    public void failed(IOException cause) {
      listener.event(new Event.AcceptFailed(String.valueOf(cause.getMessage())));
    }
  }

  @Override
  public void stateChanged(Connection connection) {
    connections.changed();
  }

  @Override
  public List<Connection> audience(Connection connection) {
    return connections.open();
  }

  @Override
  public int copies() {
    return listener.copies();
  }

  @Override
  public void gone(Connection connection, Disconnected event) {
    connections.remove(connection);
    if (connection.watches()) {
      watchers.remove(connection);
    }
    listener.disconnected(event);
    stopIfIdle();
  }
}
