package wscope.net;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.net.TlsServer.CertificateRequest;
import wscope.net.tls.Identity;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.Trust;

/**
 * Links that we open through TLS: to our own links, to servers of the JDK and to handmade bytes.
 */
@Timeout(30)
class TlsConnectTest {
  private static final Duration PATIENT = Duration.ofMinutes(1);
  private static final List<String> HTTP = List.of("http/1.1");

  private final LinkEvents opened = new LinkEvents();
  private final LinkEvents accepted = new LinkEvents();
  private LoopThread thread;
  private EventLoop loop;

  @BeforeEach
  void open() throws IOException {
    thread = new LoopThread(LinkLimits.DEFAULT, Long.MAX_VALUE);
    loop = thread.loop();
  }

  @AfterEach
  void close() throws Exception {
    thread.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void connectsToAServerOfTheJdk(String version) throws Exception {
    try (SSLServerSocket server = jdkServer("localhost", version)) {
      connect(address(server), client(trusting(), "localhost"));
      try (SSLSocket peer = (SSLSocket) server.accept()) {
        peer.startHandshake();
        opened.expect("established");
        assertEquals(version, opened.tls().version());
        assertEquals(peer.getSession().getCipherSuite(), opened.tls().cipherSuite());
        assertNull(opened.tls().protocol());
        assertEquals(Certificates.identity("localhost").chain(), opened.tls().peerCertificates());
        peer.getOutputStream().write("hello".getBytes(US_ASCII));
        opened.expectText("hello");
        write("good day", opened);
        assertEquals("good day", new String(peer.getInputStream().readNBytes(8), US_ASCII));
        thread.run(opened.link()::end);
        assertEquals(-1, peer.getInputStream().read());
      }
      opened.expect("closed");
    }
  }

  @Test
  void connectsToAnHttpsServer() throws Exception {
    HttpsServer server = HttpsServer.create(LoopThread.ANY_PORT, 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(Certificates.identity("localhost").context()));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    try {
      SSLContext context = Trust.systemAnd(Certificates.authority()).context();
      connect(server.getAddress(), client(context, "localhost"));
      opened.expect("established");
      write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", opened);
      String response = opened.next();
      assertTrue(response.startsWith("received HTTP/1.1 204 No Content\r\n"), response);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void connectsToALinkOfTheSameLoop() throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.NONE);
    connect(address, client(trusting(), "localhost"));
    accepted.expect("established");
    opened.expect("established");
    assertEquals("http/1.1", opened.tls().protocol());
    assertEquals("http/1.1", accepted.tls().protocol());
    assertEquals(List.of(), accepted.tls().peerCertificates());
    String large = "0123456789".repeat(300_000);
    thread.run(
        () -> {
          opened.link().write(LinkEvents.bytes(large));
          accepted.link().write(LinkEvents.bytes(large));
        });
    opened.expectText(large);
    accepted.expectText(large);
    thread.run(opened.link()::end);
    accepted.expect("ended", "closed");
    opened.expect("closed");
  }

  @ParameterizedTest
  @CsvSource({"elsewhere, ", "http/1.1, http/1.1", "'chat,http/1.1', http/1.1"})
  void agreesOnTheApplicationProtocol(String offered, String agreed) throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.NONE);
    connect(address, new TlsClient(trusting(), "localhost", List.of(offered.split(","))));
    opened.expect("established");
    assertEquals(agreed, opened.tls().protocol());
  }

  @ParameterizedTest
  @CsvSource({"localhost, localhost", "127.0.0.1, ", "under_score.example, ", "::1, "})
  void sendsTheServerName(String host, String sent) throws Exception {
    try (SSLServerSocket server = jdkServer("localhost", "TLSv1.3")) {
      connect(address(server), client(Trust.insecure().context(), host));
      try (SSLSocket peer = (SSLSocket) server.accept()) {
        peer.startHandshake();
        List<?> expected = sent == null ? List.of() : List.of(new SNIHostName(sent));
        ExtendedSSLSession session = (ExtendedSSLSession) peer.getSession();
        assertEquals(expected, session.getRequestedServerNames());
      }
    }
  }

  /** S18: a server with an untrusted certificate is rejected. */
  @Test
  void rejectsAnUntrustedServer() throws Exception {
    InetSocketAddress address = listen("stranger", CertificateRequest.NONE);
    connect(address, client(trusting(), "localhost"));
    opened.expect("closed TLS_UNTRUSTED the server's certificate is not trusted");
    accepted.expect(
        "closed TLS_CERTIFICATE_REJECTED the client sent a TLS alert: certificate_unknown");
  }

  /** S18: a server with the certificate of another name is rejected. */
  @ParameterizedTest
  @CsvSource({
    "elsewhere, localhost",
    "elsewhere, 127.0.0.1",
    "localhost, 127.0.0.2",
    "localhost, ''"
  })
  void rejectsAServerOfAnotherName(String certificate, String host) throws Exception {
    InetSocketAddress address = listen(certificate, CertificateRequest.NONE);
    connect(address, client(trusting(), host));
    opened.expect("closed TLS_WRONG_HOST the server's certificate is not for " + host);
  }

  @ParameterizedTest
  @CsvSource({"elsewhere, elsewhere.example", "localhost, LocalHost", "localhost, 127.0.0.1"})
  void acceptsAServerOfItsName(String certificate, String host) throws Exception {
    InetSocketAddress address = listen(certificate, CertificateRequest.NONE);
    connect(address, client(trusting(), host));
    opened.expect("established");
  }

  /** S18: a server with an expired certificate is rejected. */
  @Test
  void rejectsAnExpiredCertificate() throws Exception {
    InetSocketAddress address = listen("expired", CertificateRequest.NONE);
    connect(address, client(trusting(), "localhost"));
    opened.expect("closed TLS_EXPIRED the server's certificate has expired, or is not valid yet");
  }

  /** Only the mode named insecure accepts any certificate. */
  @ParameterizedTest
  @ValueSource(strings = {"expired", "elsewhere", "localhost"})
  void insecureAcceptsAnyCertificate(String certificate) throws Exception {
    InetSocketAddress address = listen(certificate, CertificateRequest.NONE);
    connect(address, client(Trust.insecure().context(), "localhost"));
    opened.expect("established");
    assertEquals(Certificates.identity(certificate).chain(), opened.tls().peerCertificates());
  }

  @ParameterizedTest
  @EnumSource(
      value = CertificateRequest.class,
      names = {"OPTIONAL", "REQUIRED"})
  void sendsACertificateOnRequest(CertificateRequest request) throws Exception {
    InetSocketAddress address = listen("localhost", request);
    SSLContext context = trust().context(Certificates.identity("client"));
    connect(address, client(context, "localhost"));
    accepted.expect("established");
    opened.expect("established");
    assertEquals(Certificates.identity("client").chain(), accepted.tls().peerCertificates());
  }

  @Test
  void connectsWithoutAnOptionalCertificate() throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.OPTIONAL);
    connect(address, client(trusting(), "localhost"));
    accepted.expect("established");
    opened.expect("established");
    assertEquals(List.of(), accepted.tls().peerCertificates());
  }

  @Test
  void failsWithoutARequiredCertificate() throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.REQUIRED);
    connect(address, client(trusting(), "localhost"));
    assertClosed("TLS_CERTIFICATE_REQUIRED the server sent a TLS alert: ", opened);
    assertClosed("TLS_CERTIFICATE_MISSING the client sent no certificate", accepted);
  }

  /** The client sends it, although the server has named the authorities that it trusts. */
  @Test
  void failsWithACertificateThatTheServerDoesNotTrust() throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.REQUIRED);
    SSLContext context = trust().context(Certificates.identity("stranger"));
    connect(address, client(context, "localhost"));
    assertClosed("TLS_CERTIFICATE_REJECTED the server sent a TLS alert: ", opened);
    assertClosed("TLS_UNTRUSTED the client's certificate is not trusted", accepted);
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, true", "TLSv1.2, false", "TLSv1.3, true", "TLSv1.3, false"})
  void sendsACertificateToAServerOfTheJdk(String version, boolean given) throws Exception {
    try (SSLServerSocket server = jdkServer("localhost", version)) {
      server.setNeedClientAuth(true);
      Identity identity = given ? Certificates.identity("client") : null;
      connect(address(server), client(trust().context(identity), "localhost"));
      try (SSLSocket peer = (SSLSocket) server.accept()) {
        if (given) {
          peer.startHandshake();
          opened.expect("established");
          X509Certificate[] chain = (X509Certificate[]) peer.getSession().getPeerCertificates();
          assertEquals(identity.chain(), List.of(chain));
        } else {
          assertThrows(SSLException.class, peer::startHandshake);
          assertClosed("TLS_CERTIFICATE_REQUIRED the server sent a TLS alert: ", opened);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void failsIfAServerOfTheJdkDoesNotTrustUs(String version) throws Exception {
    try (SSLServerSocket server = jdkServer("localhost", version)) {
      server.setNeedClientAuth(true);
      SSLContext context = trust().context(Certificates.identity("stranger"));
      connect(address(server), client(context, "localhost"));
      try (SSLSocket peer = (SSLSocket) server.accept()) {
        assertThrows(SSLException.class, peer::startHandshake);
        assertClosed("TLS_CERTIFICATE_REJECTED the server sent a TLS alert: ", opened);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 400 Bad, HTTP_ON_TLS the server responded with plain HTTP",
    "220 mail.example, NOT_TLS the server does not speak TLS",
  })
  void recognizesAServerWithoutTls(String response, String expected) throws Exception {
    assertClosedAfter(response.getBytes(US_ASCII), expected);
  }

  @ParameterizedTest
  @CsvSource({
    "40, TLS_NOTHING_IN_COMMON the server sent a TLS alert: handshake_failure",
    "70, TLS_NOTHING_IN_COMMON the server sent a TLS alert: protocol_version",
    "80, TLS_BROKEN the server sent a TLS alert: internal_error",
    "120, TLS_NOTHING_IN_COMMON the server sent a TLS alert: no_application_protocol",
  })
  void reportsAnAlertOfTheServer(byte alert, String expected) throws Exception {
    assertClosedAfter(new byte[] {21, 3, 3, 0, 2, 2, alert}, expected);
  }

  private void assertClosedAfter(byte[] response, String expected) throws Exception {
    try (ServerSocket server = server()) {
      connect(address(server), client(trusting(), "localhost"));
      try (Socket peer = server.accept()) {
        peer.getOutputStream().write(response);
        opened.expect("closed " + expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, the server disconnected during the TLS handshake",
    "true, the server reset TCP during the TLS handshake",
  })
  void reportsAServerThatDisconnectsDuringTheHandshake(boolean reset, String words)
      throws Exception {
    try (ServerSocket server = server()) {
      connect(address(server), client(trusting(), "localhost"));
      Socket peer = server.accept();
      assertEquals(22, peer.getInputStream().read());
      if (reset) {
        peer.setSoLinger(true, 0);
        peer.close();
      } else {
        peer.shutdownOutput();
      }
      opened.expect("closed TLS_LEFT " + words);
    }
  }

  /** One deadline covers TCP and TLS. */
  @Test
  void reportsAMissedDeadline() throws Exception {
    try (ServerSocket server = server()) {
      TlsClient tls = client(trusting(), "localhost");
      thread.run(() -> loop.connect(address(server), Duration.ofMillis(100), opened, tls));
      opened.expect("closed TIMED_OUT the TLS handshake was not completed within 100 ms");
    }
  }

  @Test
  void endsTheDeadlineOnceTlsIsEstablished() throws Exception {
    InetSocketAddress address = listen("localhost", CertificateRequest.NONE);
    connect(address, client(trusting(), "localhost"));
    opened.expect("established");
    accepted.expect("established");
    thread.run(() -> opened.link().expire(new IOException("too late")));
    write("still there", opened);
    accepted.expectText("still there");
  }

  @Test
  void reportsAMissingCloseNotify() throws Exception {
    try (ServerSocket tcp = server()) {
      connect(address(tcp), client(trusting(), "localhost"));
      Socket plain = tcp.accept();
      SSLSocket peer = layered(plain);
      peer.getOutputStream().write("half".getBytes(US_ASCII));
      opened.expect("established");
      opened.expectText("half");
      plain.shutdownOutput();
      opened.expect("ended", "closed TLS_TRUNCATED TCP ended without a TLS close_notify");
      plain.close();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, closed",
    "false, closed TLS_LEFT the server disconnected after the TLS handshake"
  })
  void reportsAServerThatEndsAfterTheHandshake(boolean inOrder, String expected) throws Exception {
    try (ServerSocket tcp = server()) {
      connect(address(tcp), client(trusting(), "localhost"));
      Socket plain = tcp.accept();
      SSLSocket peer = layered(plain);
      peer.startHandshake();
      opened.expect("established");
      (inOrder ? peer : plain).shutdownOutput();
      opened.expect("ended", expected);
      plain.close();
    }
  }

  /** The owner of the link no longer wants it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void endsDuringTheHandshake(boolean aborts) throws Exception {
    try (ServerSocket server = server()) {
      connect(address(server), client(trusting(), "localhost"));
      try (Socket peer = server.accept()) {
        assertEquals(22, peer.getInputStream().read());
        thread.run(aborts ? opened.link()::abort : opened.link()::end);
        // The rest of its hello and, if it does not abort, an alert.
        byte[] rest = peer.getInputStream().readAllBytes();
        assertEquals(aborts ? 22 : 21, lastRecord(rest));
        peer.shutdownOutput();
        opened.expect("closed");
      }
    }
  }

  /** The type of the last record. */
  private static int lastRecord(byte[] rest) {
    ByteBuffer records = ByteBuffer.allocate(1 + rest.length).put((byte) 22).put(rest).flip();
    int type = 0;
    while (records.hasRemaining()) {
      type = records.get();
      records.getShort();
      int length = records.getShort();
      records.position(records.position() + length);
    }
    return type;
  }

  /** A second handshake could block the output; TLS 1.3 has none. */
  @Test
  void failsAtASecondHandshake() throws Exception {
    try (SSLServerSocket server = jdkServer("localhost", "TLSv1.2")) {
      connect(address(server), client(trusting(), "localhost"));
      try (SSLSocket peer = (SSLSocket) server.accept()) {
        peer.startHandshake();
        opened.expect("established");
        peer.startHandshake();
        assertThrows(SSLException.class, peer.getInputStream()::read);
        opened.expect("closed TLS_BROKEN TLS failed: the server began a second handshake");
      }
    }
  }

  private static void assertClosed(String expected, LinkEvents side) throws InterruptedException {
    String event = side.next();
    while (event.equals("established")) {
      event = side.next();
    }
    assertTrue(event.startsWith("closed " + expected), event);
  }

  private InetSocketAddress listen(String certificate, CertificateRequest request)
      throws Exception {
    return listen(Certificates.identity(certificate).context(trust()), request);
  }

  private InetSocketAddress listen(SSLContext context, CertificateRequest request)
      throws Exception {
    ByteBuffer response = ByteBuffer.wrap("use TLS".getBytes(US_ASCII));
    TlsServer tls = new TlsServer(context, request, HTTP, response);
    return thread.on(() -> loop.listen(LoopThread.ANY_PORT, accepted, tls));
  }

  private void connect(InetSocketAddress address, TlsClient tls) throws Exception {
    thread.run(() -> loop.connect(address, PATIENT, opened, tls));
  }

  private void write(String text, LinkEvents from) throws Exception {
    thread.run(() -> from.link().write(LinkEvents.bytes(text)));
  }

  private static Trust trust() throws InvalidIdentity {
    return Trust.only(Certificates.authority());
  }

  private static SSLContext trusting() throws InvalidIdentity {
    return trust().context();
  }

  private static TlsClient client(SSLContext context, String host) {
    return new TlsClient(context, host, HTTP);
  }

  private static SSLServerSocket jdkServer(String certificate, String version)
      throws IOException, InvalidIdentity {
    SSLContext context = Certificates.identity(certificate).context(trust());
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    server.setEnabledProtocols(new String[] {version});
    return server;
  }

  private static ServerSocket server() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static InetSocketAddress address(ServerSocket server) {
    return (InetSocketAddress) server.getLocalSocketAddress();
  }

  private static SSLSocket layered(Socket tcp) throws IOException, InvalidIdentity {
    SSLContext context = Certificates.identity("localhost").context();
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(tcp, "localhost", tcp.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }
}
