package wscope.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.connect.AddressOrder;
import wscope.connect.DialSettings;
import wscope.connect.Route.Tcp;
import wscope.connect.Target;
import wscope.connection.Timeouts;
import wscope.net.TlsClient;
import wscope.net.TlsKeys;
import wscope.net.Tunnel;
import wscope.net.tls.IdentityFiles;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.LocalAuthority;
import wscope.net.tls.Trust;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.AcceptKey;
import wscope.support.CannedServer;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;

/** A forward proxy that looks into seen.test, whose names all lead to this machine. */
@Timeout(60)
class ForwardTest {
  private static final byte[] TEXT = {(byte) 0x81, 2, 'h', 'i'};
  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

  @TempDir private static Path directory;
  private static LocalAuthority authority;

  @BeforeAll
  static void create() throws Exception {
    authority = LocalAuthority.in(directory, () -> {});
  }

  @Test
  void looksIntoTlsWithItsOwnCertificate() throws Exception {
    try (CannedServer server = new CannedServer(tls(), this::greet);
        RunningProxy proxy = proxy()) {
      WebSocket client = open(proxy, "wss://seen.test:" + server.port() + "/x", trusting());
      assertEquals("hi", texts.poll(10, SECONDS));
      client.abort();
      assertTrue(proxy.nextParted().opened());
      proxy.await(
          "#1 = proxied  to seen.test:"
              + server.port()
              + "   looks into it, with a certificate of its own authority\n");
      proxy.await("#1 C> GET /x HTTP/1.1\n");
      proxy.await("\"hi\"");
    }
  }

  /** The JDK uses CONNECT for ws:// too. */
  @Test
  void looksIntoConnectWithoutTls() throws Exception {
    try (CannedServer server = new CannedServer(this::greet);
        RunningProxy proxy = proxy()) {
      WebSocket client = open(proxy, "ws://seen.test:" + server.port() + "/x", trusting());
      assertEquals("hi", texts.poll(10, SECONDS));
      client.abort();
      assertTrue(proxy.nextParted().opened());
      proxy.await(
          "#1 = proxied  to seen.test:" + server.port() + "   looks into it, without TLS\n");
    }
  }

  /** S23: the client sees the certificate of the server, and the screen nothing of the bytes. */
  @ParameterizedTest
  @CsvSource({
    // The host of CONNECT, the name in TLS, what the client offers, what the screen says.
    "other.test, localhost,  http/1.1, the host is none of those to look into",
    "seen.test,  other.test, http/1.1, this name in TLS is none of those to look into",
    "seen.test,  seen.test,  h2,       the client offers other protocols than HTTP/1.1",
  })
  void passesOthersUnseen(String host, String name, String protocol, String why) throws Exception {
    byte[] secret = "GET /secret HTTP/1.1\r\n\r\n".getBytes(ISO_8859_1);
    try (CannedServer server = new CannedServer(tls(), this::echoOnce);
        RunningProxy proxy = proxy()) {
      try (Socket plain = connect(proxy, host + ":" + server.port());
          SSLSocket client = secured(plain, TlsKeys.trustingAll(), name, protocol)) {
        X509Certificate seen = (X509Certificate) client.getSession().getPeerCertificates()[0];
        assertEquals("CN=localhost", seen.getIssuerX500Principal().getName());
        client.getOutputStream().write(secret);
        assertEquals("GET /secret", new String(client.getInputStream().readNBytes(11), ISO_8859_1));
      }
      assertTrue(proxy.nextTunnelled().sent() > secret.length);
      proxy.await("passes it unseen: " + why + "\n");
      assertFalse(proxy.screen().contains("secret"), proxy::screen);
    }
  }

  @Test
  void passesOtherProtocolsUnseen() throws Exception {
    try (CannedServer server = new CannedServer(this::echoOnce);
        RunningProxy proxy = proxy()) {
      try (Socket client = connect(proxy, "seen.test:" + server.port())) {
        client.getOutputStream().write(new byte[] {0, 1, 2, 3});
        assertEquals(1, client.getInputStream().readNBytes(2)[1]);
      }
      Event.Tunnelled end = proxy.nextTunnelled();
      assertEquals(4, end.sent());
      proxy.await("passes it unseen: the client speaks neither HTTP nor TLS\n");
    }
  }

  /** CONNECT, the ClientHello and all that follows may arrive in any pieces. */
  @Test
  void readsWhatTheClientSendsByteByByte() throws Exception {
    try (CannedServer server = new CannedServer(tls(), this::greet);
        RunningProxy proxy = proxy();
        Socket plain = socket(proxy)) {
      String connect = connectRequest("seen.test:" + server.port());
      for (byte b : connect.getBytes(ISO_8859_1)) {
        plain.getOutputStream().write(b);
      }
      assertEquals(ESTABLISHED, head(plain));
      try (SSLSocket client = secured(new SlowSocket(plain), trusting(), "seen.test", "http/1.1")) {
        client.getOutputStream().write(RawClient.REQUEST);
        assertEquals("HTTP/1.1 101 Switching Protocols", head(client).lines().findFirst().get());
      }
    }
  }

  /** RFC 9112 §3.2.2: the target becomes a path, its host becomes Host, fields for proxies go. */
  @Test
  void turnsAWholeUrlIntoARequestForTheServer() throws Exception {
    try (CannedServer server = new CannedServer(this::greet);
        RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String authority = "SEEN.test:" + server.port();
      client.send(
          SampleHandshake.request(
                  "wrong.test",
                  "ws://" + authority + "?a=b",
                  "Proxy-Connection: keep-alive",
                  "Proxy-Authorization: Basic eDp5",
                  "X-Proxy: kept")
              .getBytes(ISO_8859_1));
      assertEquals("HTTP/1.1 101 Switching Protocols", client.head().lines().findFirst().get());
      assertEquals(
          SampleHandshake.request("seen.test:" + server.port(), "/?a=b", "X-Proxy: kept"),
          requests.poll(10, SECONDS));
      proxy.await("#1 = rewritten target ws://" + authority + "?a=b to /?a=b\n");
      proxy.await("#1 = rewritten Host wrong.test to seen.test:" + server.port() + "\n");
      proxy.await("#1 = removed   Proxy-Connection keep-alive, which is for the proxy\n");
    }
  }

  /** Even a WebSocket passes unseen, and nothing after a response that is none. */
  @Test
  void passesWholeUrlsOfOtherHostsUnseen() throws Exception {
    try (CannedServer server = new CannedServer(this::greet);
        RunningProxy proxy = proxy()) {
      try (RawClient client = proxy.connect()) {
        String url = "http://other.test:" + server.port() + "/secret";
        client.send(SampleHandshake.request("other.test", url).getBytes(ISO_8859_1));
        assertEquals("HTTP/1.1 101 Switching Protocols", client.head().lines().findFirst().get());
        client.expect(TEXT);
      }
      assertEquals(
          SampleHandshake.request("other.test:" + server.port(), "/secret"),
          requests.poll(10, SECONDS));
      assertEquals(TEXT.length, proxy.nextTunnelled().received() - 129);
      assertFalse(proxy.screen().contains("secret"), proxy::screen);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET /chat HTTP/1.1,                 400, the target must be a whole URL",
    "GET https://seen.test/ HTTP/1.1,    400, 'for TLS, use CONNECT'",
    "GET ftp://seen.test/ HTTP/1.1,      400, the scheme must be http or ws",
    "GET http://a:b@seen.test/ HTTP/1.1, 400, the target names no valid host",
    "CONNECT seen.test HTTP/1.1,         400, CONNECT names a host and a port",
    "CONNECT seen.test:0 HTTP/1.1,       400, CONNECT names a host and a port",
    "CONNECT http://seen.test/ HTTP/1.1, 400, CONNECT names a host and a port",
    "CONNECT other.test:1 HTTP/1.1,      502, cannot connect to other.test port 1",
    "GET http://seen.test:1/ HTTP/1.1,   502, cannot connect to seen.test port 1",
    "GET http://other.test:1/ HTTP/1.1,  502, cannot connect to other.test port 1",
    "GET http://other.test:1/,           400, cannot be read",
  })
  void refuses(String line, int status, String why) throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      client.send((line + "\r\nHost: seen.test\r\n\r\n").getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
      assertTrue(response.contains(why), response);
      proxy.await("refused  by wscope with HTTP " + status);
    }
  }

  @Test
  void refusesConnectWithABody() throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String request = "CONNECT seen.test:1 HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na";
      client.send(request.getBytes(ISO_8859_1));
      assertTrue(client.rest().startsWith("HTTP/1.1 400 "));
    }
  }

  @Test
  void refusesConnectWithAMalformedHead() throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      client.send("CONNECT seen.test:1 HTTP/1.1\r\nHost : x\r\n\r\n".getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 400 "), response);
      assertTrue(response.contains("the head of CONNECT is malformed"), response);
    }
  }

  /** A server may reject a ClientHello with an alert, which is for the client. */
  @Test
  void passesAnAlertUnseen() throws Exception {
    byte[] alert = {21, 3, 3, 0, 2, 2, 40};
    try (CannedServer server =
            new CannedServer(peer -> peer.socket().getOutputStream().write(alert));
        RunningProxy proxy = proxy()) {
      try (Socket client = connect(proxy, "other.test:" + server.port())) {
        assertArrayEquals(alert, client.getInputStream().readAllBytes());
      }
      assertNull(proxy.nextTunnelled().trouble());
    }
  }

  @Test
  void refusesATunnelInATunnel() throws Exception {
    try (RunningProxy proxy = proxy();
        Socket client = connect(proxy, "seen.test:1")) {
      client.getOutputStream().write(connectRequest("seen.test:1").getBytes(ISO_8859_1));
      assertEquals("HTTP/1.1 405 Method Not Allowed", head(client).lines().findFirst().get());
    }
  }

  /** The tunnel is open before the server is needed, so the response comes inside it. */
  @Test
  void respondsInsideTheTunnelIfTheServerIsAway() throws Exception {
    try (RunningProxy proxy = proxy();
        Socket client = connect(proxy, "seen.test:1")) {
      client.getOutputStream().write(RawClient.REQUEST);
      assertEquals("HTTP/1.1 502 Bad Gateway", head(client).lines().findFirst().get());
    }
  }

  /** The proxy would ask itself for a tunnel again and again. */
  @Test
  void doesNotConnectThroughItself() throws Exception {
    CompletableFuture<InetSocketAddress> own = new CompletableFuture<>();
    Forward.Routes through =
        new Forward.Routes() {
          @Override
          public Route to(Target target, String name) {
            return unseen(target);
          }

          @Override
          public Route unseen(Target target) {
            wscope.connect.Proxy upstream =
                new wscope.connect.Proxy(Tunnel.Kind.HTTP, "localhost", own.join().getPort(), null);
            Tcp way = new Tcp(Ways.HERE.resolver(), AddressOrder.BOTH, upstream);
            DialSettings dial = DialSettings.opaque(way, Ways.TIMEOUT);
            return new Route("/", target, dial, details -> null, Set.of());
          }
        };
    Forward forward = forward();
    try (RunningProxy proxy =
            RunningProxy.forward(
                new Forward(forward.only(), forward.identities(), through), RunningProxy.LONG);
        RawClient client = proxy.connect()) {
      own.complete(proxy.address());
      client.send(connectRequest("other.test:1").getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 502 "), response);
      assertEquals(1, proxy.proxy().connections());
    }
  }

  /** In TLS 1.3, a server rejects a missing certificate after the client's handshake. */
  @Test
  void respondsIfTheServerRefusesAfterTheHandshake() throws Exception {
    CannedServer.Treatment refuse =
        peer -> {
          SSLSocket socket = (SSLSocket) peer.socket();
          socket.setNeedClientAuth(true);
          try {
            socket.startHandshake();
          } catch (SSLHandshakeException e) {
            // The client has no certificate.
          }
        };
    try (CannedServer server = new CannedServer(tls(), refuse);
        RunningProxy proxy = proxy();
        Socket plain = connect(proxy, "seen.test:" + server.port());
        SSLSocket client = secured(plain, trusting(), "seen.test", "http/1.1")) {
      client.getOutputStream().write(RawClient.REQUEST);
      assertEquals("HTTP/1.1 502 Bad Gateway", head(client).lines().findFirst().get());
      proxy.await("port " + server.port() + ": the server sent a TLS alert: ");
    }
  }

  @Test
  void respondsIfTheServerLeavesAfterTheHandshake() throws Exception {
    CannedServer.Treatment leave =
        peer -> {
          Socket tcp = peer.socket();
          SSLSocket tls =
              (SSLSocket) TlsKeys.server().getSocketFactory().createSocket(tcp, null, 0, false);
          tls.setUseClientMode(false);
          tls.startHandshake();
          tcp.shutdownOutput();
          peer.rest();
        };
    try (CannedServer server = new CannedServer(leave);
        RunningProxy proxy = proxy();
        Socket plain = connect(proxy, "seen.test:" + server.port());
        SSLSocket client = secured(plain, trusting(), "seen.test", "http/1.1")) {
      client.getOutputStream().write(RawClient.REQUEST);
      assertEquals("HTTP/1.1 502 Bad Gateway", head(client).lines().findFirst().get());
      proxy.await("port " + server.port() + ": the server disconnected after the TLS handshake\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"seen.test", "other.test"})
  void doesNotConnectToItself(String host) throws Exception {
    try (RunningProxy proxy = proxy();
        RawClient client = proxy.connect()) {
      String url = "http://" + host + ":" + proxy.address().getPort() + "/";
      client.send(SampleHandshake.request(host, url).getBytes(ISO_8859_1));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 502 "), response);
      assertTrue(response.contains("is this proxy itself"), response);
    }
  }

  @Test
  void saysThatTheClientDoesNotTrustIt() throws Exception {
    try (RunningProxy proxy = proxy();
        Socket plain = connect(proxy, "seen.test:1")) {
      assertThrows(
          SSLHandshakeException.class,
          () -> secured(plain, TlsKeys.client(), "seen.test", "http/1.1"));
      proxy.await("looks into it, with a certificate of its own authority\n");
      proxy.await("the client sent a TLS alert: certificate_unknown");
    }
  }

  /** Issued certificates are valid for 7 days, the authority for 730. */
  @Test
  void itsCertificatesStayValidWhileItRuns(@TempDir Path other) throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    LocalAuthority aging = LocalAuthority.in(other, now::get, () -> {});
    try (RunningProxy proxy = RunningProxy.forward(forward(aging), RunningProxy.LONG)) {
      for (int day = 0; day < 730; day += 73) {
        X509Certificate seen = certificate(proxy);
        seen.checkValidity(Date.from(now.get()));
        // As long as a connection takes to open, and a day more.
        seen.checkValidity(Date.from(now.get().plus(Duration.ofDays(1))));
        now.updateAndGet(before -> before.plus(Duration.ofDays(6)));
        certificate(proxy).checkValidity(Date.from(now.get()));
        now.updateAndGet(before -> before.plus(Duration.ofDays(67)));
      }
      assertThrows(IOException.class, () -> certificate(proxy));
      proxy.await("the authority's certificate has expired; start wscope again");
    }
  }

  private static X509Certificate certificate(RunningProxy proxy) throws Exception {
    try (Socket plain = connect(proxy, "seen.test:1");
        SSLSocket client = secured(plain, TlsKeys.trustingAll(), "seen.test", "http/1.1")) {
      return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void showsAClientThatSaysNothingInItsTunnel() throws Exception {
    Timeouts timeouts = new Timeouts(Duration.ofMillis(300), Duration.ofSeconds(30));
    try (RunningProxy proxy = RunningProxy.forward(forward(), timeouts);
        Socket client = connect(proxy, "seen.test:1")) {
      assertEquals(-1, client.getInputStream().read());
      proxy.await("looks into it, but the client has sent no request\n");
      proxy.await("there was no complete request in time");
    }
  }

  /** S23: what the user sends and receives is for this machine. */
  @Test
  void servesOnlyThisMachine() throws Exception {
    InetAddress own =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(own != null, "this machine has no address but loopback");
    try (RunningProxy proxy = proxy()) {
      CompletableFuture<InetSocketAddress> listening = new CompletableFuture<>();
      proxy.proxy().execute(() -> listen(proxy.proxy(), own, listening));
      for (String host : List.of("seen.test:1", "other.test:1")) {
        try (RawClient client = new RawClient(listening.get())) {
          client.send(connectRequest(host).getBytes(ISO_8859_1));
          assertTrue(client.rest().startsWith("HTTP/1.1 403 "), host);
        }
      }
    }
  }

  private static void listen(
      Proxy proxy, InetAddress own, CompletableFuture<InetSocketAddress> listening) {
    try {
      listening.complete(proxy.listen(new InetSocketAddress(own, 0), null));
    } catch (IOException e) {
      listening.completeExceptionally(e);
    }
  }

  private static RunningProxy proxy() throws IOException {
    return RunningProxy.forward(forward(), RunningProxy.LONG);
  }

  private static Forward forward() {
    return forward(authority);
  }

  private static Forward forward(LocalAuthority authority) {
    return new Forward(
        new HostNames(List.of("seen.test")),
        host -> {
          try {
            return authority.context(host);
          } catch (InvalidIdentity e) {
            throw new IOException(e.getMessage(), e);
          }
        },
        new Ways());
  }

  /** Ways to servers that are all on this machine, with any certificate. */
  private static final class Ways implements Forward.Routes {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Tcp HERE =
        new Tcp(host -> List.of(InetAddress.getLoopbackAddress()), AddressOrder.BOTH, null);

    @Override
    public Route to(Target target, String name) {
      return route(
          target,
          target.secure() ? new TlsClient(TlsKeys.trustingAll(), name, List.of("http/1.1")) : null);
    }

    @Override
    public Route unseen(Target target) {
      return new Route("/", target, DialSettings.opaque(HERE, TIMEOUT), details -> null, Set.of());
    }

    private static Route route(Target target, @Nullable TlsClient tls) {
      DialSettings dial = new DialSettings(HERE, TIMEOUT, tls);
      return new Route("/", target, dial, details -> null, Set.of());
    }
  }

  private static SSLContext trusting() throws Exception {
    return Trust.only(IdentityFiles.certificates(authority.pem())).context();
  }

  private static SSLServerSocketFactory tls() {
    return TlsKeys.server().getServerSocketFactory();
  }

  /** Opens the WebSocket and sends a text. */
  private void greet(CannedServer.Peer peer) throws IOException {
    String request = peer.request();
    requests.add(request);
    String key = request.replaceFirst("(?s).*Sec-WebSocket-Key: ([^\r]*).*", "$1");
    peer.send(SampleHandshake.RESPONSE.replace(SampleHandshake.ACCEPT, AcceptKey.of(key).value()));
    peer.socket().getOutputStream().write(TEXT);
    peer.rest();
  }

  private void echoOnce(CannedServer.Peer peer) throws IOException {
    byte[] bytes = new byte[100];
    int count = peer.socket().getInputStream().read(bytes);
    peer.socket().getOutputStream().write(bytes, 0, count);
    peer.rest();
  }

  private WebSocket open(RunningProxy proxy, String url, SSLContext trust) {
    return HttpClient.newBuilder()
        .sslContext(trust)
        .proxy(ProxySelector.of(proxy.address()))
        .build()
        .newWebSocketBuilder()
        .buildAsync(URI.create(url), new Texts())
        .join();
  }

  private final class Texts implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      socket.request(1);
      return null;
    }
  }

  /** A socket that sends each byte on its own. */
  private static final class SlowSocket extends Socket {
    private final Socket socket;

    SlowSocket(Socket socket) {
      this.socket = socket;
    }

    @Override
    public InputStream getInputStream() throws IOException {
      return socket.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
      OutputStream out = socket.getOutputStream();
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          out.write(b);
        }
      };
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public int getPort() {
      return socket.getPort();
    }

    @Override
    public synchronized void close() throws IOException {
      socket.close();
    }
  }

  private static String connectRequest(String authority) {
    return "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
  }

  private static Socket socket(RunningProxy proxy) throws IOException {
    Socket socket = new Socket(proxy.address().getAddress(), proxy.address().getPort());
    socket.setSoTimeout(10_000);
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static Socket connect(RunningProxy proxy, String authority) throws IOException {
    Socket socket = socket(proxy);
    socket.getOutputStream().write(connectRequest(authority).getBytes(ISO_8859_1));
    assertEquals(ESTABLISHED, head(socket));
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    return new CannedServer.Peer(socket).request();
  }

  private static SSLSocket secured(Socket plain, SSLContext context, String name, String protocol)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(plain, name, plain.getPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
