package wscope.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.net.Certificates;
import wscope.net.LinkEvents;
import wscope.net.LinkLimits;
import wscope.net.LoopThread;
import wscope.net.TlsClient;
import wscope.net.TlsServer;
import wscope.net.TlsServer.CertificateRequest;
import wscope.net.tls.Identity;
import wscope.net.tls.InvalidIdentity;
import wscope.net.tls.Trust;

/** TLS links with OpenSSL as the peer (profile interop). */
@Tag("interop")
@Timeout(60)
class OpensslIT {
  private final LinkEvents link = new LinkEvents();
  private LoopThread thread;

  @BeforeAll
  static void openssl() {
    Tool.onPath("openssl");
  }

  @BeforeEach
  void open() throws IOException {
    thread = new LoopThread(LinkLimits.DEFAULT, Long.MAX_VALUE);
  }

  @AfterEach
  void close() throws IOException {
    thread.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void acceptsAClient(String version) throws Exception {
    try (Openssl client = clientOf(CertificateRequest.REQUIRED, version)) {
      link.expect("established");
      assertEquals(Certificates.identity("client").chain(), link.tls().peerCertificates());
      client.type("hello");
      link.expectText("hello\n");
      thread.run(() -> link.link().write(LinkEvents.bytes("good day\n")));
      client.expect("good day");
    }
  }

  /** A second handshake could delay the output to other links. */
  @Test
  void closesWhenTheClientRenegotiates() throws Exception {
    try (Openssl client = clientOf(CertificateRequest.NONE, "-tls1_2")) {
      link.expect("established");
      client.type("R");
      link.expect("closed TLS_BROKEN TLS failed: the client began a second handshake");
      client.expect("tlsv1 alert protocol version");
    }
  }

  /** A key update is not a new handshake. */
  @Test
  void acceptsAKeyUpdate() throws Exception {
    try (Openssl client = clientOf(CertificateRequest.NONE, "-tls1_3")) {
      link.expect("established");
      client.type("K");
      client.expect("KEYUPDATE");
      client.type("after the update");
      link.expectText("after the update\n");
      thread.run(() -> link.link().write(LinkEvents.bytes("still open\n")));
      client.expect("still open");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void connectsToAServer(String version) throws Exception {
    try (Openssl server = serverWith(version, "-rev", "-Verify", "1", "-verify_return_error")) {
      connect(server.port(), Certificates.identity("client"));
      link.expect("established");
      thread.run(() -> link.link().write(LinkEvents.bytes("desserts\n")));
      link.expectText("stressed\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void reportsThatTheServerRequiresACertificate(String version) throws Exception {
    try (Openssl server = serverWith(version, "-rev", "-Verify", "1", "-verify_return_error")) {
      connect(server.port(), null);
      assertClosed("TLS_CERTIFICATE_REQUIRED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-tls1_2", "-tls1_3"})
  void reportsThatTheServerRejectsTheCertificate(String version) throws Exception {
    try (Openssl server = serverWith(version, "-rev", "-Verify", "1", "-verify_return_error")) {
      connect(server.port(), Certificates.identity("stranger"));
      assertClosed("TLS_CERTIFICATE_REJECTED");
    }
  }

  @Test
  void closesWhenTheServerRenegotiates() throws Exception {
    try (Openssl server = serverWith("-tls1_2")) {
      connect(server.port(), null);
      link.expect("established");
      server.type("R");
      link.expect("closed TLS_BROKEN TLS failed: the server began a second handshake");
    }
  }

  private void assertClosed(String failure) throws InterruptedException {
    String event = link.next();
    if (event.equals("established")) {
      event = link.next();
    }
    assertTrue(event.startsWith("closed " + failure + " the server sent a TLS alert: "), event);
  }

  private Openssl clientOf(CertificateRequest request, String version) throws Exception {
    Trust trust = Trust.only(Certificates.authority());
    TlsServer tls =
        new TlsServer(
            Certificates.identity("localhost").context(trust),
            request,
            List.of(),
            ByteBuffer.allocate(0));
    InetSocketAddress address =
        thread.on(() -> thread.loop().listen(LoopThread.ANY_PORT, link, tls));
    String file = Certificates.file("client").toString();
    return new Openssl(
        "s_client", version, "-connect", "127.0.0.1:" + address.getPort(), "-cert", file);
  }

  private static Openssl serverWith(String version, String... options) throws IOException {
    String file = Certificates.file("localhost").toString();
    List<String> arguments =
        new ArrayList<>(
            List.of("s_server", version, "-accept", "127.0.0.1:0", "-cert", file, "-key", file));
    arguments.addAll(List.of("-CAfile", Certificates.file("authority").toString()));
    arguments.addAll(List.of(options));
    return new Openssl(arguments.toArray(String[]::new));
  }

  private void connect(int port, Identity identity) throws Exception {
    TlsClient tls = new TlsClient(context(identity), "localhost", List.of());
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    thread.run(() -> thread.loop().connect(address, Duration.ofSeconds(30), link, tls));
  }

  private static SSLContext context(Identity identity) throws InvalidIdentity {
    return Trust.only(Certificates.authority()).context(identity);
  }

  /** A process that runs openssl. */
  private static final class Openssl implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    Openssl(String... arguments) throws IOException {
      List<String> command = new ArrayList<>(List.of("openssl"));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      output = process.inputReader(StandardCharsets.ISO_8859_1);
    }

    void type(String line) throws IOException {
      process.getOutputStream().write((line + "\n").getBytes(US_ASCII));
      process.getOutputStream().flush();
    }

    /** Reads until a line contains this text. */
    String expect(String text) throws IOException {
      List<String> lines = new ArrayList<>();
      String line = output.readLine();
      while (line != null && !line.contains(text)) {
        lines.add(line);
        line = output.readLine();
      }
      assertNotNull(line, () -> "no " + text + " in " + lines);
      return line;
    }

    /** The port on which it listens. */
    int port() throws IOException {
      String line = expect("ACCEPT");
      return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
