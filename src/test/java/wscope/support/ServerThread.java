package wscope.support;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import wscope.serve.Server;

/** A server on a free port of 127.0.0.1 that runs on its own thread. */
public final class ServerThread implements AutoCloseable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Server server;
  private final InetSocketAddress address;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private @Nullable Thread thread;
  private boolean closed;

  private ServerThread(Server server, InetSocketAddress address) {
    this.server = server;
    this.address = address;
  }

  /** Listens; {@link #start} then runs the server. */
  public static ServerThread listening(Server server) throws IOException {
    return new ServerThread(server, server.listen(anyPort()));
  }

  /** Listens, with TLS if there is a context. */
  public static ServerThread listening(Server server, @Nullable SSLContext tls) throws IOException {
    return tls == null
        ? listening(server)
        : new ServerThread(server, server.listen(anyPort(), tls));
  }

  public ServerThread start() {
    return start(() -> {});
  }

  /**
   * Runs the server.
   *
   * @param last runs on the same thread after the server has stopped
   */
  public ServerThread start(Runnable last) {
    thread =
        new Thread(
            () -> {
              try {
                server.run();
                last.run();
              } catch (IOException | RuntimeException | Error e) {
                failure.set(e);
              }
            },
            "server under test " + COUNT.incrementAndGet());
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  public InetSocketAddress address() {
    return address;
  }

  public Server server() {
    return server;
  }

  public Thread thread() {
    return thread;
  }

  /** A client that has sent nothing. */
  public RawClient connect() throws IOException {
    return new RawClient(address);
  }

  /** A client that has opened a WebSocket. */
  public RawClient open() throws IOException {
    return connect().open();
  }

  /** Runs a task on the thread of the server. */
  public void execute(Runnable task) {
    server.execute(task);
  }

  /** Asks the server to stop; does not wait. */
  public void stop() {
    server.stop();
  }

  /** Waits for up to 10 s; returns whether the server has ended or was never started. */
  public boolean hasEnded() {
    if (thread == null) {
      return true;
    }
    try {
      thread.join(SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return !thread.isAlive();
  }

  /** The exception that ended the server; {@link #close} does not throw it then. */
  public Throwable takeFailure() {
    return failure.getAndSet(null);
  }

  /** Waits until the server has stopped; fails if it has failed. */
  public void await() {
    assertTrue(hasEnded(), "the server does not stop");
    if (failure.get() != null) {
      throw new AssertionError("the server failed", failure.get());
    }
  }

  /** Stops the server and releases its resources; a second call does nothing. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    stop();
    try {
      await();
    } finally {
      server.close();
    }
  }

  private static InetSocketAddress anyPort() throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
  }
}
