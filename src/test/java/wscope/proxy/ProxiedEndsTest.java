package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.net.TlsKeys;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** The end of one link is passed on to the other: a FIN as a FIN, a reset as a reset. */
class ProxiedEndsTest {
  private static final byte[] RESPONSE = SampleHandshake.RESPONSE.getBytes(ISO_8859_1);
  private static final byte[] TEXT = {(byte) 0x81, 2, 'h', 'i'};

  /** A Close with the code 1009. */
  private static final byte[] TOO_BIG = {(byte) 0x88, 2, 3, (byte) 0xf1};

  private ServerSocket accepting;

  @BeforeEach
  void listen() throws IOException {
    accepting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    accepting.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    accepting.close();
  }

  @Test
  void finOfTheServerReachesTheClient() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      try (Socket server = acceptRequest()) {
        server.getOutputStream().write(RESPONSE);
        server.getOutputStream().write(TEXT);
        server.shutdownOutput();
        assertEquals(SampleHandshake.RESPONSE, client.head());
        client.expect("81 02 68 69");
        client.expectEnd();
        client.send("88 80 01 02 03 04");
        assertEquals(0x88, server.getInputStream().read());
        proxy.await("the server has ended its direction (FIN), the client still sends");
      }
      client.disconnect();
      Event.Parted end = proxy.nextParted();
      assertEquals("server-fin", end.end().id());
      assertTrue(end.end().passedOn());
    }
  }

  /** A pong answers the ping with its payload, and pongs may answer the latest ping only. */
  @Test
  void measuresTheRoundTripsOfPings() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      long began = System.nanoTime();
      try (Socket server = acceptRequest()) {
        server.getOutputStream().write(RESPONSE);
        client.head();
        client.send("89 81 00 00 00 00 61 89 81 00 00 00 00 62");
        server.getInputStream().readNBytes(14);
        // An unsolicited pong, the answer to both pings of the client, and a ping.
        server.getOutputStream().write(RawClient.plain(0x8a, new byte[] {'z'}));
        server.getOutputStream().write(RawClient.plain(0x8a, new byte[] {'b'}));
        server.getOutputStream().write(RawClient.plain(0x89, new byte[] {'c'}));
        client.expect("8a 01 7a 8a 01 62 89 01 63");
        client.send("8a 81 00 00 00 00 63");
        server.getInputStream().readNBytes(7);
      }
      client.expectEnd();
      client.disconnect();
      Event.Parted end = proxy.nextParted();
      long most = System.nanoTime() - began;
      assertOneRoundTrip(2, most, end.client().pings());
      assertOneRoundTrip(1, most, end.server().pings());
      proxy.await("by client 2 sent, 1 answered, in ");
      proxy.await("by server 1 sent, 1 answered, in ");
    }
  }

  private static void assertOneRoundTrip(long sent, long most, PingRoundTrips pings) {
    long nanos = pings.total();
    assertEquals(new PingRoundTrips(sent, 1, nanos, nanos, nanos, 0, 0), pings);
    assertTrue(nanos > 0 && nanos < most, () -> nanos + " ns");
  }

  /** The server's port speaks TLS, but the route is plain. */
  @Test
  void respondsIfTheServerSendsAnAlert() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      try (Socket server = acceptRequest()) {
        server.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
        String response = client.rest();
        assertTrue(response.startsWith("HTTP/1.1 502 "), response);
        assertTrue(response.contains("the server responded with TLS"), response);
      }
    }
  }

  @Test
  void finOfTheClientReachesTheServer() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        Socket client = socket(proxy)) {
      client.getOutputStream().write(RawClient.REQUEST);
      try (Socket server = acceptRequest()) {
        client.shutdownOutput();
        assertEquals(-1, server.getInputStream().read());
        server.getOutputStream().write(RESPONSE);
        assertEquals(
            SampleHandshake.RESPONSE,
            new String(client.getInputStream().readNBytes(RESPONSE.length), ISO_8859_1));
      }
      assertEquals(-1, client.getInputStream().read());
      assertEquals("client-fin", proxy.nextParted().end().id());
    }
  }

  /** A client may send frames and end its direction before it has the response. */
  @Test
  void showsWhatAClientSentBeforeTheResponseAndItsFin() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        Socket client = socket(proxy)) {
      client.getOutputStream().write(RawClient.REQUEST);
      // The second frame is incomplete.
      byte[] text = RawClient.join(RawClient.text("early"), new byte[] {(byte) 0x81, (byte) 0x85});
      client.getOutputStream().write(text);
      client.shutdownOutput();
      try (Socket server = acceptRequest()) {
        assertArrayEquals(text, server.getInputStream().readNBytes(text.length));
        // The proxy passes the FIN on after it has noticed it.
        assertEquals(-1, server.getInputStream().read());
        server.getOutputStream().write(RESPONSE);
      }
      assertEquals(RESPONSE.length, client.getInputStream().readAllBytes().length);
      Event.Parted end = proxy.nextParted();
      assertEquals(new DirectionTotals(1, 1, 5, 5), end.client().frames());
      proxy.await("lasted");
      String screen = proxy.screen();
      assertTrue(screen.contains("\"early\""), screen);
      assertTrue(screen.contains("incomplete"), screen);
    }
  }

  @Test
  void resetOfTheServerReachesTheClientAfterAllData() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        Socket client = socket(proxy)) {
      try (Socket server = open(client)) {
        server.setSoLinger(true, 0);
      }
      assertThrows(SocketException.class, () -> client.getInputStream().read());
      Event.Parted end = proxy.nextParted();
      assertEquals("server-reset", end.end().id());
      assertTrue(end.end().passedOn());
      assertTrue(end.opened());
      assertNull(end.closure().initiator());
    }
  }

  /** What is delayed, limited, collected or split is still sent before the reset. */
  @ParameterizedTest
  @CsvSource({"20, 0, 0, 0", "0, 10000, 0, 0", "0, 0, 20, 0", "0, 0, 0, 3"})
  void resetOfTheServerFollowsWhatTheProxyHolds(long delay, long rate, long coalesce, int split)
      throws Exception {
    Shape shape = new Shape(Duration.ofMillis(delay), rate, Duration.ofMillis(coalesce), split);
    try (RunningProxy proxy = RunningProxy.shaped(accepting.getLocalPort(), shape);
        Socket client = socket(proxy)) {
      client.getOutputStream().write(RawClient.REQUEST);
      try (Socket server = acceptRequest()) {
        server.getOutputStream().write(RESPONSE);
        server.getOutputStream().write(TEXT);
        server.setSoLinger(true, 0);
      }
      byte[] all = client.getInputStream().readNBytes(RESPONSE.length + TEXT.length);
      assertEquals(RESPONSE.length + TEXT.length, all.length);
      assertThrows(SocketException.class, () -> client.getInputStream().read());
      assertEquals("server-reset", proxy.nextParted().end().id());
    }
  }

  /** As of a server that rejects a large message without reading it. */
  @Test
  @SuppressWarnings("try") // The test ends the connection before its resource does.
  void closeBeforeAResetReachesAClientThatStillSends() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        Socket client = socket(proxy)) {
      try (Socket server = open(client)) {
        Thread sender = new Thread(() -> sendUntilReset(client));
        sender.start();
        assertTrue(proxy.queueAbove(1 << 20) > 1 << 20);
        server.getOutputStream().write(TOO_BIG);
        // Bytes that the server has not read make its end a reset.
        server.close();
        assertArrayEquals(TOO_BIG, client.getInputStream().readNBytes(TOO_BIG.length));
        sender.join(10_000);
      }
      Event.Parted end = proxy.nextParted();
      assertEquals("server-reset", end.end().id());
      assertEquals(Endpoint.SERVER, end.closure().initiator());
    }
  }

  /** What the server sends then has no receiver, so it is neither read nor shown. */
  @Test
  @SuppressWarnings("try") // The test ends the connection before its resource does.
  void readsNothingFromAServerThatIsAboutToBeReset() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        Socket client = socket(proxy)) {
      try (Socket server = open(client)) {
        // Less than what makes the proxy stop reading the client.
        while (proxy.queued() < 1 << 20) {
          client.getOutputStream().write(RawClient.masked(0x82, new byte[1 << 16]));
        }
        client.setSoLinger(true, 0);
        client.close();
        proxy.awaitClientGone();
        server.getOutputStream().write(TEXT);
        assertThrows(SocketException.class, () -> server.getInputStream().readAllBytes());
      }
      Event.Parted end = proxy.nextParted();
      assertEquals("client-reset", end.end().id());
      assertEquals(RESPONSE.length, end.server().bytes());
    }
  }

  /** As of a browser that is killed: TLS ends without close_notify, then TCP is reset. */
  @Test
  void resetAfterATruncatedEndReachesTheServer() throws Exception {
    String url = RunningProxy.url(accepting.getLocalPort());
    try (RunningProxy proxy =
        new RunningProxy(
            List.of(RunningProxy.route("/", url, Set.of())),
            RunningProxy.LONG,
            LinkLimits.DEFAULT,
            TlsKeys.server())) {
      Socket tcp = socket(proxy);
      Socket client =
          TlsKeys.client().getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), false);
      try (Socket server = open(client)) {
        tcp.shutdownOutput();
        assertEquals(-1, server.getInputStream().read());
        tcp.setSoLinger(true, 0);
        tcp.close();
        assertThrows(SocketException.class, () -> sendFor(server, Duration.ofSeconds(5)));
      }
      assertEquals("client-fin", proxy.nextParted().end().id());
    }
  }

  private static void sendFor(Socket server, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      server.getOutputStream().write(TEXT);
    }
  }

  /** Opens the WebSocket; returns the socket of the server. */
  private Socket open(Socket client) throws IOException {
    client.getOutputStream().write(RawClient.REQUEST);
    Socket server = acceptRequest();
    server.getOutputStream().write(RESPONSE);
    assertEquals(RESPONSE.length, client.getInputStream().readNBytes(RESPONSE.length).length);
    return server;
  }

  private static void sendUntilReset(Socket client) {
    try {
      while (true) {
        client.getOutputStream().write(RawClient.masked(0x82, new byte[1 << 16]));
      }
    } catch (IOException e) {
      // The proxy has passed on the reset.
    }
  }

  @Test
  void resetOfTheClientReachesTheServer() throws Exception {
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort())) {
      Socket client = socket(proxy);
      client.getOutputStream().write(RawClient.REQUEST);
      try (Socket server = acceptRequest()) {
        client.setSoLinger(true, 0);
        client.close();
        assertThrows(SocketException.class, () -> server.getInputStream().read());
      }
      assertEquals("client-reset", proxy.nextParted().end().id());
    }
  }

  @Test
  void serverThatIsAwayIsBadGateway() throws Exception {
    accepting.close();
    try (RunningProxy proxy = RunningProxy.to(accepting.getLocalPort());
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      assertStatus("502 Bad Gateway", client);
      client.disconnect();
      assertEquals("proxy-fin", proxy.nextParted().end().id());
      proxy.await("= refused  by wscope with HTTP 502 Bad Gateway: cannot connect to 127.0.0.1");
    }
  }

  @Test
  void serverWithoutResponseIsGatewayTimeout() throws Exception {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(10));
    String url = RunningProxy.url(accepting.getLocalPort());
    try (RunningProxy proxy =
            new RunningProxy(
                List.of(RunningProxy.route("/", url, Set.of())), timeouts, LinkLimits.DEFAULT);
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      assertStatus("504 Gateway Timeout", client);
      client.disconnect();
      assertFalse(proxy.nextParted().opened());
    }
  }

  @Test
  void proxyDoesNotConnectToItself() throws Exception {
    int port = accepting.getLocalPort();
    accepting.close();
    // The proxy must listen at the port of its own route, which is free again.
    try (RunningProxy proxy =
            RunningProxy.at(
                port, List.of(RunningProxy.route("/", RunningProxy.url(port), Set.of())));
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      assertStatus("502 Bad Gateway", client);
      proxy.await("is this proxy itself");
    }
  }

  @Test
  void untrustedServerIsBadGateway() throws Exception {
    // A plain server cannot be trusted as a TLS server.
    String url = "wss://localhost:" + accepting.getLocalPort();
    try (RunningProxy proxy =
            new RunningProxy(
                List.of(RunningProxy.route("/", url, Set.of())),
                RunningProxy.LONG,
                LinkLimits.DEFAULT);
        RawClient client = proxy.connect()) {
      client.send(RawClient.REQUEST);
      try (Socket server = accept()) {
        server.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(ISO_8859_1));
        assertStatus("502 Bad Gateway", client);
      }
    }
  }

  private Socket accept() throws IOException {
    Socket server = accepting.accept();
    server.setSoTimeout(10_000);
    return server;
  }

  /** Accepts the connection of the proxy, and reads the request. */
  private Socket acceptRequest() throws IOException {
    Socket server = accept();
    assertEquals(
        SampleHandshake.request(),
        new String(server.getInputStream().readNBytes(RawClient.REQUEST.length), ISO_8859_1));
    return server;
  }

  private static Socket socket(RunningProxy proxy) throws IOException {
    Socket client = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    client.setSoTimeout(10_000);
    return client;
  }

  private static void assertStatus(String status, RawClient client) throws IOException {
    assertEquals("HTTP/1.1 " + status, client.head().lines().findFirst().orElse(""));
  }
}
