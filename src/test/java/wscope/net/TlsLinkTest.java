package wscope.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accepted TLS links, against the sockets of the JDK and against handmade bytes. */
@Timeout(30)
class TlsLinkTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final byte[] PLAIN_RESPONSE = "this port speaks TLS".getBytes(US_ASCII);
  private static final HexFormat HEX = HexFormat.of();

  /** A ClientHello of TLS 1.1 with one cipher suite, TLS_RSA_WITH_AES_128_CBC_SHA. */
  private static final byte[] HELLO_OF_TLS_1_1 =
      HEX.parseHex("160302002d010000290302" + "5a".repeat(32) + "000002002f0100");

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Link> links = new LinkedBlockingQueue<>();
  private EventLoop loop;
  private Thread thread;
  private InetSocketAddress address;
  private boolean open;

  @BeforeEach
  void open() throws IOException {
    loop = EventLoop.open(new LinkLimits(1 << 20, Duration.ofSeconds(30)), Long.MAX_VALUE);
  }

  @AfterEach
  void close() throws Exception {
    loop.stop();
    thread.join(5000);
    assertFalse(thread.isAlive(), "the loop still runs");
    loop.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void echoes(String version) throws Exception {
    listen(Link::write);
    try (SSLSocket client = connect()) {
      client.setEnabledProtocols(new String[] {version});
      client.getOutputStream().write(new byte[] {1, 2, 3});
      assertArrayEquals(new byte[] {1, 2, 3}, client.getInputStream().readNBytes(3));
      assertEquals(version, client.getSession().getProtocol());
    }
    assertEquals("ended", event());
    assertEquals("closed null", event());
  }

  @Test
  void acceptsTheHostNameAndTheSameSessionAgain() throws Exception {
    listen(Link::write);
    SSLSocketFactory factory = TlsKeys.client().getSocketFactory();
    for (int i = 0; i < 3; i++) {
      try (Socket client = factory.createSocket("localhost", address.getPort())) {
        client.getOutputStream().write(i);
        assertEquals(i, client.getInputStream().read());
      }
    }
  }

  @Test
  void sendsALargeResponseThenTheEnd() throws Exception {
    byte[] large = randomBytes(12 << 20);
    byte[] small = "and now something short".getBytes(US_ASCII);
    listen(
        (link, bytes) -> {
          link.write(ByteBuffer.wrap(large));
          link.write(ByteBuffer.wrap(small));
          link.end();
          link.write(ByteBuffer.wrap(small));
        });
    try (SSLSocket client = connect()) {
      client.getOutputStream().write(1);
      byte[] got = client.getInputStream().readAllBytes();
      ByteBuffer expected = ByteBuffer.allocate(large.length + small.length);
      expected.put(large).put(small);
      assertEquals(-1, expected.flip().mismatch(ByteBuffer.wrap(got)), "first wrong byte");
    }
    assertEquals("closed null", event());
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void echoesLargeDataInPieces(String version) throws Exception {
    listen(Link::write);
    byte[] large = randomBytes(6 << 20);
    try (SSLSocket client = connect()) {
      client.setEnabledProtocols(new String[] {version});
      client.startHandshake();
      Thread writer = writer(client.getOutputStream(), large, 70_001);
      byte[] got = client.getInputStream().readNBytes(large.length);
      writer.join();
      assertEquals(-1, ByteBuffer.wrap(large).mismatch(ByteBuffer.wrap(got)), "first wrong byte");
    }
  }

  /** The peer's data and its end arrive in one turn, and the handler waits before it takes them. */
  @Test
  void keepsTheInputOfAJoinedLinkWhoseEndsAreBothKnown() throws Exception {
    BlockingQueue<Link> held = new LinkedBlockingQueue<>();
    AtomicInteger calls = new AtomicInteger();
    listen(
        (link, bytes) -> {
          switch (calls.getAndIncrement()) {
            case 0 -> {
              bytes.get();
              link.join();
              link.hold(true);
              held.add(link);
            }
            case 1 -> {
              link.hold(true);
              loop.execute(link::end);
              loop.execute(() -> link.hold(false));
            }
            default -> events.add("received " + US_ASCII.decode(bytes));
          }
        });
    try (SSLSocket client = connect()) {
      client.getOutputStream().write(1);
      Link link = held.poll(5, SECONDS);
      client.getOutputStream().write("left".getBytes(US_ASCII));
      client.shutdownOutput();
      loop.execute(() -> link.hold(false));
      assertEquals("received left", event());
      assertEquals("ended", event());
      assertEquals("closed null", event());
    }
  }

  /** With TLS 1.2, a peer that receives an end ends too (RFC 5246 §7.2.1). */
  @Test
  void receivesWhatThePeerSendsAfterOurEnd() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    listen(
        (link, bytes) -> {
          if (calls.getAndIncrement() == 0) {
            link.end();
          } else {
            events.add("received " + US_ASCII.decode(bytes));
          }
        });
    try (SSLSocket client = connect()) {
      client.setEnabledProtocols(new String[] {"TLSv1.3"});
      client.getOutputStream().write(1);
      assertEquals(-1, client.getInputStream().read());
      client.getOutputStream().write("more".getBytes(US_ASCII));
      assertEquals("received more", event());
    }
    assertEquals("closed null", event());
  }

  @Test
  void echoesManySmallRecords() throws Exception {
    listen(Link::write);
    byte[] all = randomBytes(60_000);
    try (SSLSocket client = connect()) {
      client.startHandshake();
      Thread writer = writer(client.getOutputStream(), all, 3);
      byte[] got = client.getInputStream().readNBytes(all.length);
      writer.join();
      assertArrayEquals(all, got);
    }
  }

  @Test
  void readsManyRecordsInOneTurn() throws Exception {
    BlockingQueue<Integer> turns = new LinkedBlockingQueue<>();
    listen(
        (link, bytes) -> {
          turns.add(bytes.remaining());
          link.write(bytes);
        });
    try (SSLSocket client = connect()) {
      OutputStream out = client.getOutputStream();
      out.write(7);
      assertEquals(7, client.getInputStream().read());
      client.setTcpNoDelay(true);
      CountDownLatch busy = new CountDownLatch(1);
      CountDownLatch sent = new CountDownLatch(1);
      loop.execute(
          () -> {
            busy.countDown();
            await(sent);
          });
      await(busy);
      for (int i = 0; i < 100; i++) {
        out.write(i);
      }
      sent.countDown();
      assertEquals(100, client.getInputStream().readNBytes(100).length);
    }
    assertTrue(turns.size() < 50, () -> "a turn for each record: " + turns);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void readsRecordsByteByByte(String version) throws Exception {
    listen(Link::write);
    try (ByteByByteProxy proxy = new ByteByByteProxy(address);
        SSLSocket client = connect(proxy.address())) {
      client.setEnabledProtocols(new String[] {version});
      byte[] some = randomBytes(2000);
      client.getOutputStream().write(some);
      assertArrayEquals(some, client.getInputStream().readNBytes(some.length));
    }
  }

  @Test
  void peerMayEndFirst() throws Exception {
    open = true;
    listen(Link::write);
    try (SSLSocket client = connect()) {
      client.getOutputStream().write(new byte[] {1, 2, 3});
      assertArrayEquals(new byte[] {1, 2, 3}, client.getInputStream().readNBytes(3));
      client.shutdownOutput();
      assertEquals("ended", event());
      Link link = links.take();
      loop.execute(() -> link.write(ByteBuffer.wrap(new byte[] {4})));
      assertEquals(4, client.getInputStream().read());
      loop.execute(link::end);
      assertEquals("closed null", event());
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void endWaitsForThePeer() throws Exception {
    listen(
        (link, bytes) -> {
          link.write(bytes);
          link.end();
        });
    try (SSLSocket client = connect()) {
      client.getOutputStream().write(5);
      assertArrayEquals(new byte[] {5}, client.getInputStream().readAllBytes());
      // Discarded, without breaking the connection.
      client.getOutputStream().write(new byte[1 << 20]);
      client.shutdownOutput();
    }
    assertEquals("closed null", event());
  }

  @Test
  void reportsAMissingCloseNotify() throws Exception {
    listen(Link::write);
    Socket tcp = new Socket(address.getAddress(), address.getPort());
    try (SSLSocket client = layered(tcp)) {
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());
      tcp.shutdownOutput();
      assertEquals("ended", event());
      assertEquals("closed TLS_TRUNCATED TCP ended without a TLS close_notify", event());
    }
  }

  @Test
  void reportsAClientThatDisconnectsAfterTheHandshake() throws Exception {
    listen(Link::write);
    Socket tcp = new Socket(address.getAddress(), address.getPort());
    try (SSLSocket client = layered(tcp)) {
      client.startHandshake();
      tcp.shutdownOutput();
      assertEquals("ended", event());
      assertEquals("closed TLS_LEFT the client disconnected after the TLS handshake", event());
    }
  }

  /** A client that does not trust the certificate may end TLS in order, without a fatal alert. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void reportsAClientThatEndsTlsDuringTheHandshake(String version) throws Exception {
    listen(Link::write);
    SSLEngine engine = SSLContext.getDefault().createSSLEngine("localhost", 1);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {version});
    ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), hello);
    try (Socket client = tcp()) {
      client.getOutputStream().write(hello.array(), 0, hello.position());
      client.getOutputStream().write(HEX.parseHex("15030300020100"));
      client.shutdownOutput();
      assertEquals(
          "closed TLS_LEFT the client ended TLS during the TLS handshake (close_notify)", event());
    }
  }

  @Test
  void reportsAClientThatDisconnectsDuringTheHandshake() throws Exception {
    listen(Link::write);
    try (Socket client = tcp()) {
      client.getOutputStream().write(HELLO_OF_TLS_1_1, 0, 20);
      client.shutdownOutput();
      assertEquals(-1, client.getInputStream().read());
      assertEquals("closed TLS_LEFT the client disconnected during the TLS handshake", event());
    }
  }

  @Test
  void closesWithoutACauseIfTheClientSendsNothing() throws Exception {
    listen(Link::write);
    tcp().close();
    assertEquals("ended", event());
    assertEquals("closed null", event());
  }

  @Test
  void reportsAResetByTheClient() throws Exception {
    listen(Link::write);
    Socket tcp = new Socket(address.getAddress(), address.getPort());
    SSLSocket client = layered(tcp);
    client.getOutputStream().write(1);
    assertEquals(1, client.getInputStream().read());
    tcp.setSoLinger(true, 0);
    tcp.close();
    assertEquals("closed java.net.SocketException: Connection reset", event());
  }

  @Test
  void abortClosesAtOnce() throws Exception {
    listen((link, bytes) -> link.abort());
    try (SSLSocket client = connect()) {
      client.getOutputStream().write(1);
      assertEquals("closed null", event());
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void resetSendsARst(boolean tls) throws Exception {
    BiConsumer<Link, ByteBuffer> received = (link, bytes) -> link.reset();
    if (tls) {
      listen(received);
    } else {
      listenPlain(received);
    }
    try (Socket client = tls ? connect() : tcp()) {
      client.getOutputStream().write(1);
      assertEquals("closed null", event());
      IOException reset = assertThrows(IOException.class, client.getInputStream()::read);
      assertEquals("Connection reset", reset.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsNothingWhileHeld(boolean tls) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    BiConsumer<Link, ByteBuffer> hold =
        (link, bytes) -> {
          received.add(HEX.formatHex(bytesOf(bytes)));
          link.hold(true);
          links.add(link);
        };
    if (tls) {
      listen(hold);
    } else {
      listenPlain(hold);
    }
    try (Socket client = tls ? connect() : tcp()) {
      client.getOutputStream().write(1);
      assertEquals("01", received.poll(5, SECONDS));
      Link link = links.take();
      client.getOutputStream().write(2);
      // A held link still sends what is written.
      loop.execute(() -> link.write(ByteBuffer.wrap(new byte[] {9})));
      assertEquals(9, client.getInputStream().read());
      client.getOutputStream().write(3);
      assertTrue(received.isEmpty());
      loop.execute(() -> link.hold(false));
      StringBuilder rest = new StringBuilder();
      while (rest.length() < 4) {
        rest.append(received.poll(5, SECONDS));
        loop.execute(() -> link.hold(false));
      }
      assertEquals("0203", rest.toString());
    }
  }

  /** Bytes that a handler leaves are passed again, before later bytes and before the end. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void passesUnreadBytesAgain(boolean tls) throws Exception {
    BiConsumer<Link, ByteBuffer> oneByte =
        (link, bytes) -> {
          link.write(bytes.duplicate().limit(bytes.position() + 1));
          bytes.get();
          link.hold(true);
          loop.after(Duration.ofMillis(1), () -> link.hold(false));
        };
    if (tls) {
      listen(oneByte);
    } else {
      listenPlain(oneByte);
    }
    try (Socket client = tls ? connect() : tcp()) {
      byte[] sent = {1, 2, 3, 4, 5, 6, 7, 8};
      client.getOutputStream().write(sent, 0, 5);
      client.getOutputStream().write(sent, 5, 3);
      client.shutdownOutput();
      assertEquals("ended", event());
      assertArrayEquals(sent, client.getInputStream().readNBytes(8));
    }
  }

  /** S7: output is bounded through TLS, too. */
  @Test
  void pausesAPeerThatDoesNotRead() throws Exception {
    listen(
        (link, bytes) -> {
          links.add(link);
          link.write(bytes);
        });
    byte[] all = randomBytes(12 << 20);
    try (SSLSocket client = connect()) {
      client.startHandshake();
      Thread writer = writer(client.getOutputStream(), all, 100_000);
      Link link = links.take();
      long waiting = 0;
      while (waiting <= 1 << 20) {
        waiting = waiting(link);
      }
      // One turn above the mark, and what encryption adds.
      assertTrue(waiting < 2 << 20, () -> "waits: " + waiting(link));
      byte[] got = client.getInputStream().readNBytes(all.length);
      writer.join();
      assertEquals(-1, ByteBuffer.wrap(all).mismatch(ByteBuffer.wrap(got)), "first wrong byte");
      assertEquals(0, waiting(link));
    }
  }

  /** S3: neither an idle connection nor a stalled handshake makes the loop spin. */
  @Test
  void idleConnectionsDoNotSpinTheLoop() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    loop.onRoundEnd(rounds::incrementAndGet);
    listen(Link::write);
    try (SSLSocket client = connect();
        Socket silent = tcp();
        Socket begun = tcp()) {
      begun.getOutputStream().write(HELLO_OF_TLS_1_1, 0, 20);
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());
      CountDownLatch later = new CountDownLatch(2);
      loop.execute(() -> loop.after(Duration.ofMillis(300), later::countDown));
      loop.execute(() -> loop.after(Duration.ofMillis(600), later::countDown));
      assertTrue(later.await(5, SECONDS));
      assertTrue(rounds.get() < 30, () -> rounds + " rounds");
      assertTrue(silent.isConnected());
    }
  }

  @Test
  void recognizesPlainHttpOnTheTlsPort() throws Exception {
    listen(Link::write);
    try (Socket client = tcp()) {
      client.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      assertArrayEquals(PLAIN_RESPONSE, client.getInputStream().readAllBytes());
    }
    assertEquals("closed HTTP_ON_TLS the client sent plain HTTP to the TLS port", event());
  }

  @Test
  void recognizesGarbageOnTheTlsPort() throws Exception {
    listen(Link::write);
    try (Socket client = tcp()) {
      client.getOutputStream().write(new byte[] {0, 1, 2});
      assertEquals("15030100020228", HEX.formatHex(client.getInputStream().readAllBytes()));
    }
    assertEquals("closed NOT_TLS the client sent neither TLS nor HTTP to the TLS port", event());
  }

  @Test
  void recognizesTlsOnThePlainPort() throws Exception {
    listenPlain(Link::write);
    try (SSLSocket client = connect()) {
      SSLHandshakeException e = assertThrows(SSLHandshakeException.class, client::startHandshake);
      assertTrue(e.getMessage().endsWith("Received fatal alert: handshake_failure"));
    }
    assertEquals(
        "closed TLS_ON_PLAIN the client sent a TLS ClientHello to a port without TLS", event());
  }

  @Test
  void looksForTlsOnlyInTheFirstBytes() throws Exception {
    listenPlain(Link::write);
    try (Socket client = tcp()) {
      client.getOutputStream().write(new byte[] {22, 4});
      assertArrayEquals(new byte[] {22, 4}, client.getInputStream().readNBytes(2));
      client.getOutputStream().write(new byte[] {22, 3});
      assertArrayEquals(new byte[] {22, 3}, client.getInputStream().readNBytes(2));
    }
  }

  /** S18: TLS is 1.2 or later. */
  @Test
  void rejectsTls11() throws Exception {
    listen(Link::write);
    try (Socket client = tcp()) {
      client.getOutputStream().write(HELLO_OF_TLS_1_1);
      byte[] alert = client.getInputStream().readAllBytes();
      assertEquals("15030300020246", HEX.formatHex(alert));
    }
    assertTrue(event().startsWith("closed TLS_NOTHING_IN_COMMON TLS failed: "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void reportsAClientThatDoesNotTrustUs(String version) throws Exception {
    listen(Link::write);
    SSLSocketFactory distrustful = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket client =
        (SSLSocket) distrustful.createSocket(address.getAddress(), address.getPort())) {
      client.setEnabledProtocols(new String[] {version});
      assertThrows(SSLHandshakeException.class, client::startHandshake);
    }
    assertEquals(
        "closed TLS_CERTIFICATE_REJECTED the client sent a TLS alert: certificate_unknown",
        event());
  }

  @Test
  void reportsAnUnencryptedAlert() throws Exception {
    listen(Link::write);
    SSLEngine engine = TlsKeys.client().createSSLEngine();
    engine.setUseClientMode(true);
    ByteBuffer hello = ByteBuffer.allocate(20_000);
    engine.wrap(ByteBuffer.allocate(0), hello);
    try (Socket client = tcp()) {
      client.getOutputStream().write(bytesOf(hello.flip()));
      assertEquals(22, client.getInputStream().read());
      client.getOutputStream().write(HEX.parseHex("15030300020230"));
      client.shutdownOutput();
      drain(client);
    }
    assertEquals(
        "closed TLS_CERTIFICATE_REJECTED the client sent a TLS alert: unknown_ca", event());
  }

  /** Each engine rejects it by itself, without a property of the JVM. */
  @Test
  void rejectsASecondHandshake() throws Exception {
    assertNull(System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation"));
    listen(Link::write);
    try (SSLSocket client = connect()) {
      client.setEnabledProtocols(new String[] {"TLSv1.2"});
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());
      client.startHandshake();
      SSLException e = assertThrows(SSLException.class, client.getInputStream()::read);
      assertTrue(e.getMessage().endsWith("Received fatal alert: protocol_version"), e.getMessage());
    }
    assertEquals("closed TLS_BROKEN TLS failed: the client began a second handshake", event());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // records with invalid lengths, alerts, and data that comes too early
        "1603030000",
        "160303ffff",
        "1603034500",
        "16030348000100",
        "15030300020100",
        "150303000201000000",
        "1603030004000000001503030002025a15030300020100",
        "170303000101",
        "16030300040100ffff",
        "160300000401000000",
      })
  void closesAfterInvalidRecords(String hex) throws Exception {
    listen(Link::write);
    try (Socket client = tcp()) {
      OutputStream out = client.getOutputStream();
      out.write(HEX.parseHex(hex));
      out.write(new byte[40_000]);
      client.shutdownOutput();
      drain(client);
    }
    String event = event();
    assertFalse(event.contains("RuntimeException") || event.contains("IllegalState"), event);
    assertTrue(event.startsWith("closed ") && !event.equals("closed null"), event);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void closesAfterRandomBytes(long seed) throws Exception {
    listen(Link::write);
    Socket tcp = new Socket(address.getAddress(), address.getPort());
    byte[] garbage = new byte[20_000];
    new Random(seed).nextBytes(garbage);
    try (SSLSocket client = layered(tcp)) {
      client.getOutputStream().write(1);
      assertEquals(1, client.getInputStream().read());
      tcp.getOutputStream().write(garbage);
      tcp.shutdownOutput();
      drain(tcp);
      String event = event();
      assertTrue(event.startsWith("closed TLS_BROKEN TLS failed: "), event);
    }
  }

  @Test
  void keepsOtherLinksWhenOneFails() throws Exception {
    listen(Link::write);
    try (SSLSocket valid = connect();
        Socket invalid = tcp()) {
      valid.getOutputStream().write(1);
      invalid.getOutputStream().write(HELLO_OF_TLS_1_1);
      drain(invalid);
      valid.getOutputStream().write(2);
      assertArrayEquals(new byte[] {1, 2}, valid.getInputStream().readNBytes(2));
    }
  }

  private String event() throws InterruptedException {
    String event = events.poll(10, SECONDS);
    assertNotNull(event, "nothing happened");
    return event;
  }

  private long waiting(Link link) {
    BlockingQueue<Long> result = new LinkedBlockingQueue<>();
    loop.execute(() -> result.add(link.waiting()));
    try {
      return result.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void listen(BiConsumer<Link, ByteBuffer> received) throws IOException {
    TlsServer tls =
        new TlsServer(
            TlsKeys.server(),
            TlsServer.CertificateRequest.NONE,
            List.of("http/1.1"),
            ByteBuffer.wrap(PLAIN_RESPONSE));
    address = loop.listen(ANY_PORT, acceptor(received), tls);
    start();
  }

  private void listenPlain(BiConsumer<Link, ByteBuffer> received) throws IOException {
    address = loop.listen(ANY_PORT, acceptor(received));
    start();
  }

  private void start() {
    thread =
        new Thread(
            () -> {
              try {
                loop.run();
              } catch (IOException e) {
                events.add("failed " + e);
              }
            },
            "loop");
    thread.start();
  }

  private Socket tcp() throws IOException {
    Socket socket = new Socket(address.getAddress(), address.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private SSLSocket connect() throws IOException {
    return connect(address);
  }

  private static SSLSocket connect(InetSocketAddress to) throws IOException {
    SSLSocket socket =
        (SSLSocket) TlsKeys.client().getSocketFactory().createSocket(to.getAddress(), to.getPort());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private SSLSocket layered(Socket tcp) throws IOException {
    tcp.setSoTimeout(10_000);
    return (SSLSocket)
        TlsKeys.client().getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
  }

  private static Thread writer(OutputStream out, byte[] bytes, int piece) {
    Thread thread =
        new Thread(
            () -> {
              try {
                for (int at = 0; at < bytes.length; at += piece) {
                  out.write(bytes, at, Math.min(piece, bytes.length - at));
                }
              } catch (IOException e) {
                // The reader fails without these bytes.
              }
            },
            "writer");
    thread.start();
    return thread;
  }

  /** Reads to the end, or to a reset. */
  private static void drain(Socket socket) {
    try {
      socket.getInputStream().readAllBytes();
    } catch (IOException e) {
      // A reset, because the server did not read to the end.
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(5, SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(11).nextBytes(bytes);
    return bytes;
  }

  private LinkAcceptor acceptor(BiConsumer<Link, ByteBuffer> received) {
    return new LinkAcceptor() {
      @Override
      public LinkHandler accepted(Link link) {
        return new LinkHandler() {
          @Override
          public void received(ByteBuffer bytes) {
            received.accept(link, bytes);
          }

          @Override
          public void ended() {
            events.add("ended");
            if (open) {
              links.add(link);
            } else {
              link.end();
            }
          }

          @Override
          public void closed(Exception cause) {
            events.add(
                cause instanceof TlsMismatch mismatch
                    ? "closed " + mismatch.failure() + " " + mismatch.getMessage()
                    : "closed " + cause);
          }
        };
      }

      @Override
      public void failed(IOException cause) {
        events.add("failed " + cause);
      }
    };
  }

  /** Forwards what the client sends byte by byte, and what the server sends as it comes. */
  private static final class ByteByByteProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    ByteByByteProxy(InetSocketAddress target) throws IOException {
      Thread up = new Thread(() -> pass(target), "proxy");
      up.setDaemon(true);
      up.start();
    }

    InetSocketAddress address() {
      return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }

    private void pass(InetSocketAddress target) {
      try (Socket client = server.accept();
          Socket to = new Socket(target.getAddress(), target.getPort())) {
        to.setTcpNoDelay(true);
        Thread down = new Thread(() -> copy(to, client, 8192), "proxy down");
        down.setDaemon(true);
        down.start();
        copy(client, to, 1);
        down.join();
      } catch (IOException | InterruptedException e) {
        // The test sees what is missing.
      }
    }

    private static void copy(Socket from, Socket to, int piece) {
      try {
        InputStream in = from.getInputStream();
        byte[] bytes = new byte[piece];
        for (int count = in.read(bytes); count > 0; count = in.read(bytes)) {
          to.getOutputStream().write(Arrays.copyOf(bytes, count));
        }
        to.shutdownOutput();
      } catch (IOException e) {
        // The test sees what is missing.
      }
    }
  }
}
