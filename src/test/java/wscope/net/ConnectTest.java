package wscope.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Links that we open, without TLS. */
@Timeout(20)
class ConnectTest {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final Duration STALL = Duration.ofMillis(200);
  private static final long HIGH_WATER = 1 << 20;

  private final LinkEvents opened = new LinkEvents();
  private final LinkEvents accepted = new LinkEvents();
  private LoopThread thread;
  private EventLoop loop;

  @BeforeEach
  void open() throws IOException {
    thread = new LoopThread(new LinkLimits(HIGH_WATER, STALL), Long.MAX_VALUE);
    loop = thread.loop();
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
  }

  @Test
  void connectsToALinkOfTheSameLoop() throws Exception {
    InetSocketAddress address = listen();
    connect(address);
    opened.expect("established");
    accepted.expect("established");
    assertEquals(address, opened.link().remote());
    assertNull(opened.tls());
    write("a question", opened);
    accepted.expectText("a question");
    write("a response", accepted);
    opened.expectText("a response");
    end(opened);
    accepted.expect("ended", "closed");
    opened.expect("closed");
  }

  @Test
  void connectsToAnHttpServer() throws Exception {
    HttpServer server = HttpServer.create(LoopThread.ANY_PORT, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = "it works".getBytes(US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      connect(server.getAddress());
      opened.expect("established");
      write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", opened);
      StringBuilder response = new StringBuilder();
      String event = opened.next();
      while (event.startsWith("received ")) {
        response.append(event.substring(9));
        event = opened.next();
      }
      assertTrue(response.toString().startsWith("HTTP/1.1 200 OK\r\n"), response::toString);
      assertTrue(response.toString().endsWith("\r\n\r\nit works"), response::toString);
      assertEquals("ended", event);
      opened.expect("closed");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void reportsARefusedConnection() throws Exception {
    try (Socket bound = new Socket()) {
      bound.bind(LoopThread.ANY_PORT);
      connect((InetSocketAddress) bound.getLocalSocketAddress());
      opened.expect("failed REFUSED");
    }
  }

  @Test
  void reportsAnUnresolvedAddress() throws Exception {
    connect(InetSocketAddress.createUnresolved("nowhere.invalid", 80));
    opened.expect("failed UNRESOLVED");
  }

  /** What happens at once is not reported before connect has returned. */
  @Test
  void reportsNothingBeforeConnectReturns() throws Exception {
    boolean early =
        thread.on(
            () -> {
              loop.connect(InetSocketAddress.createUnresolved("x.invalid", 80), PATIENT, opened);
              return !opened.isEmpty();
            });
    assertFalse(early);
    opened.expect("failed UNRESOLVED");
  }

  @Test
  void reportsNothingOnceCancelled() throws Exception {
    try (ServerSocket server = server(50);
        FullServer full = new FullServer()) {
      thread.run(
          () -> {
            connectHere(address(server), opened).cancel();
            connectHere(full.address(), opened).cancel();
            connectHere(InetSocketAddress.createUnresolved("x.invalid", 80), opened).cancel();
          });
      // Events of the cancelled ones would come before those of the next.
      LinkEvents next = new LinkEvents();
      thread.on(() -> connectHere(address(server), next));
      next.expect("established");
      assertTrue(opened.isEmpty());
      try (Socket abandoned = server.accept()) {
        assertEquals(-1, abandoned.getInputStream().read());
      }
    }
  }

  @Test
  void ignoresACancelOnceConnected() throws Exception {
    InetSocketAddress address = listen();
    PendingConnect pending = connect(address);
    opened.expect("established");
    thread.run(
        () -> {
          pending.cancel();
          opened.link().write(LinkEvents.bytes("still there"));
        });
    accepted.expect("established");
    accepted.expectText("still there");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void reportsAMissedDeadline() throws Exception {
    try (FullServer full = new FullServer()) {
      long start = System.nanoTime();
      thread.on(() -> loop.connect(full.address(), Duration.ofMillis(100), opened));
      opened.expect("failed TIMED_OUT");
      assertTrue(System.nanoTime() - start >= 100_000_000, "too early");
    }
  }

  /** RFC 8305: the first connection wins, and the others are cancelled. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void keepsTheFirstOfSeveralConnections() throws Exception {
    try (FullServer full = new FullServer();
        ServerSocket server = server(50)) {
      LinkEvents slow = new LinkEvents();
      List<PendingConnect> race = new ArrayList<>();
      thread.on(() -> race.add(connectHere(full.address(), slow)));
      thread.on(() -> race.add(connectHere(address(server), opened)));
      opened.expect("established");
      thread.run(() -> race.forEach(PendingConnect::cancel));
      full.accept();
      write("it goes on", opened);
      try (Socket winner = server.accept()) {
        assertEquals("it goes on", new String(winner.getInputStream().readNBytes(10), US_ASCII));
      }
      assertTrue(slow.isEmpty());
    }
  }

  @Test
  void reportsAResetByThePeer() throws Exception {
    try (ServerSocket server = server(1)) {
      connect(address(server));
      opened.expect("established");
      Socket peer = server.accept();
      peer.setSoLinger(true, 0);
      peer.close();
      opened.expect("closed RESET Connection reset");
    }
  }

  @Test
  void resetsTheConnection() throws Exception {
    try (ServerSocket server = server(1)) {
      connect(address(server));
      opened.expect("established");
      thread.run(opened.link()::reset);
      opened.expect("closed");
      try (Socket peer = server.accept()) {
        assertThrows(IOException.class, peer.getInputStream()::read);
      }
    }
  }

  /** S7: data queued for a server is bounded, as it is for a client. */
  @Test
  void dropsAServerThatReadsNothing() throws Exception {
    try (ServerSocket server = server(1)) {
      connect(address(server));
      opened.expect("established");
      try (Socket peer = server.accept()) {
        boolean paused =
            thread.on(
                () -> {
                  opened.link().write(ByteBuffer.allocate(24 << 20));
                  opened.link().hold(false);
                  return opened.link().isPaused();
                });
        assertTrue(paused);
        peer.getOutputStream().write("not read any more".getBytes(US_ASCII));
        opened.expect("closed TIMED_OUT the peer read less than 256 KiB in 200 ms");
      }
    }
  }

  @Test
  void readsNothingWhileHeld() throws Exception {
    try (ServerSocket server = server(1)) {
      connect(address(server));
      opened.expect("established");
      thread.run(() -> opened.link().hold(true));
      try (Socket peer = server.accept()) {
        peer.getOutputStream().write("later".getBytes(US_ASCII));
        write("output goes on", opened);
        assertEquals(14, peer.getInputStream().readNBytes(14).length);
        assertTrue(opened.isEmpty());
        thread.run(() -> opened.link().hold(false));
        opened.expectText("later");
      }
    }
  }

  @Test
  void sendsLargeDataBothWays() throws Exception {
    InetSocketAddress address = listen();
    connect(address);
    opened.expect("established");
    accepted.expect("established");
    String large = "abcdefg".repeat(100_000);
    thread.run(
        () -> {
          opened.link().write(LinkEvents.bytes(large));
          accepted.link().write(LinkEvents.bytes(large));
        });
    opened.expectText(large);
    accepted.expectText(large);
  }

  /** The server sends an alert, whose bytes are not a response. */
  @Test
  void recognizesAServerThatSpeaksTls() throws Exception {
    try (ServerSocket server = server(1)) {
      connect(address(server));
      opened.expect("established");
      try (Socket peer = server.accept()) {
        peer.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 10});
        opened.expect("closed TLS_ON_PLAIN the server responded with TLS");
      }
    }
  }

  private InetSocketAddress listen() throws Exception {
    return thread.on(() -> loop.listen(LoopThread.ANY_PORT, accepted));
  }

  private PendingConnect connect(InetSocketAddress address) throws Exception {
    return thread.on(() -> connectHere(address, opened));
  }

  /** On the loop's thread. */
  private PendingConnect connectHere(InetSocketAddress address, LinkConnector connector) {
    return loop.connect(address, PATIENT, connector);
  }

  private void write(String text, LinkEvents from) throws Exception {
    thread.run(() -> from.link().write(LinkEvents.bytes(text)));
  }

  private void end(LinkEvents side) throws Exception {
    thread.run(() -> side.link().end());
  }

  private static ServerSocket server(int backlog) throws IOException {
    return new ServerSocket(0, backlog, InetAddress.getLoopbackAddress());
  }

  private static InetSocketAddress address(ServerSocket server) {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  /** Has a full backlog, so that the next connection is neither accepted nor refused. */
  private static final class FullServer implements AutoCloseable {
    private final ServerSocket server = server(1);
    private final List<SocketChannel> waiting = new ArrayList<>();

    FullServer() throws IOException {
      for (int i = 0; i < 8; i++) {
        SocketChannel channel = SocketChannel.open();
        waiting.add(channel);
        channel.configureBlocking(false);
        channel.connect(address());
      }
    }

    InetSocketAddress address() {
      return ConnectTest.address(server);
    }

    void accept() throws IOException {
      server.accept().close();
    }

    @Override
    public void close() throws IOException {
      for (SocketChannel channel : waiting) {
        channel.close();
      }
      server.close();
    }
  }
}
