package wscope.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LocalAuthorityTest {
  @TempDir private Path temporary;

  /** S23: only its user can read it. */
  @Test
  void isCreatedOnceAndPrivate() throws Exception {
    Path directory = temporary.resolve("authority");
    LocalAuthority made = LocalAuthority.in(temporary, () -> {});
    assertEquals(directory.resolve("authority.pem"), made.pem());
    assertEquals("rwx------", permissions(directory));
    assertEquals("rw-------", permissions(directory.resolve("authority.p12")));
    assertEquals(List.of("authority.p12", "authority.pem", "lock"), names(directory));
    // What others were let into meanwhile is closed again.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    LocalAuthority kept = LocalAuthority.in(temporary, () -> {});
    assertEquals(made.identity().fingerprint(), kept.identity().fingerprint());
    assertEquals("rwx------", permissions(directory));
  }

  /** S23: another user could replace the directory, and have the user trust another authority. */
  @Test
  void refusesADirectoryThatOthersCanWriteTo() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException refused =
        assertThrows(IOException.class, () -> LocalAuthority.in(temporary, () -> {}));
    assertEquals(
        "other users can write to " + temporary + "; to prevent that: chmod o-w " + temporary,
        refused.getMessage());
  }

  @Test
  void issuesNoAuthorities() throws Exception {
    X509Certificate own = LocalAuthority.in(temporary, () -> {}).identity().chain().get(0);
    assertEquals(0, own.getBasicConstraints());
    // Only keyCertSign, the sixth bit (RFC 5280 §4.2.1.3).
    assertEquals("000001000", bits(own.getKeyUsage()));
    assertEquals(730, validity(own).toDays());
  }

  @Test
  void carriesItsDay() throws Exception {
    X509Certificate own = at(Instant.parse("2031-02-03T04:05:06Z")).identity().chain().get(0);
    assertEquals("CN=wscope proxy CA 2031-02-03", own.getSubjectX500Principal().getName());
    assertEquals(Instant.parse("2031-02-03T03:05:06Z"), own.getNotBefore().toInstant());
  }

  /** It is used from its first second to a month before its last. */
  @Test
  void isCreatedAgainIfItIsNotValid() throws Exception {
    LocalAuthority made = LocalAuthority.in(temporary, () -> {});
    X509Certificate own = made.identity().chain().get(0);
    Instant last = own.getNotAfter().toInstant().minus(Duration.ofDays(30));
    assertEquals(fingerprint(made), fingerprint(at(last)));
    LocalAuthority again = at(last.plusMillis(1));
    assertNotEquals(fingerprint(made), fingerprint(again));
    assertEquals(again.identity().pem(), Files.readString(again.pem()));
  }

  /** A client with the checks of the JDK: the chain, the key usages, the name, the time. */
  @ParameterizedTest
  @CsvSource({
    "localhost,   '[[2, localhost]]',       CN=localhost",
    "127.0.0.1,   '[[7, 127.0.0.1]]',       CN=127.0.0.1",
    "::1,         '[[7, 0:0:0:0:0:0:0:1]]', CN=::1",
  })
  void clientsAcceptWhatItIssues(String host, String names, String subject) throws Exception {
    LocalAuthority authority = LocalAuthority.in(temporary, () -> {});
    X509Certificate issued = handshake(authority, host);
    assertEquals(names, issued.getSubjectAlternativeNames().toString());
    assertEquals(subject, issued.getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), issued.getExtendedKeyUsage());
    assertEquals(-1, issued.getBasicConstraints());
    assertEquals("100000000", bits(issued.getKeyUsage()));
    assertEquals(Duration.ofDays(7), validity(issued));
    assertTrue(issued.getNotBefore().toInstant().isBefore(Instant.now().minusSeconds(3000)));
  }

  /** A name has 253 characters at most, but the subject only 64 (RFC 5280, ub-common-name). */
  @Test
  void issuesForLongNames() throws Exception {
    String label = "a".repeat(62) + ".";
    String host = label.repeat(4) + "e";
    LocalAuthority authority = LocalAuthority.in(temporary, () -> {});
    assertEquals(253, host.length());
    X509Certificate issued =
        CertificateMaker.issue(
            authority.identity(),
            authority.identity().chain().get(0).getPublicKey(),
            host,
            Instant.now(),
            Duration.ofDays(1));
    assertEquals("[[2, " + host + "]]", issued.getSubjectAlternativeNames().toString());
    assertEquals("CN=" + host.substring(0, 64), issued.getSubjectX500Principal().getName());
  }

  @Test
  void keepsWhatItIssuesForFiveDays() throws Exception {
    Instant[] now = {Instant.now()};
    LocalAuthority authority = LocalAuthority.in(temporary, () -> now[0], () -> {});
    SSLContext first = authority.context("a.example");
    now[0] = now[0].plus(Duration.ofDays(5)).minusMillis(1);
    assertSame(first, authority.context("a.example"));
    now[0] = now[0].plusMillis(1);
    assertNotSame(first, authority.context("a.example"));
  }

  /** A proxy may run for longer than its authority is valid. */
  @Test
  void issuesNothingAfterItsOwnEnd() throws Exception {
    Instant[] now = {Instant.now()};
    LocalAuthority authority = LocalAuthority.in(temporary, () -> now[0], () -> {});
    now[0] = authority.identity().chain().get(0).getNotAfter().toInstant();
    authority.context("a.example");
    now[0] = now[0].plusMillis(1);
    InvalidIdentity refused =
        assertThrows(InvalidIdentity.class, () -> authority.context("b.example"));
    assertEquals(
        "the authority's certificate has expired; start wscope again to create another",
        refused.getMessage());
  }

  /** With room for few hosts, because a certificate takes time; LocalAuthorityIT fills the room. */
  @Test
  void keepsTheLatestHostsOnly() throws Exception {
    keepsTheLatestHostsOnly(LocalAuthority.in(temporary, InstantSource.system(), 8, () -> {}), 8);
  }

  static void keepsTheLatestHostsOnly(LocalAuthority authority, int most) throws Exception {
    SSLContext first = authority.context("first.example");
    SSLContext second = authority.context("second.example");
    for (int i = 0; i < most - 2; i++) {
      authority.context(i + ".example");
    }
    assertSame(first, authority.context("first.example"));
    authority.context("one-more.example");
    assertSame(first, authority.context("first.example"));
    assertNotSame(second, authority.context("second.example"));
  }

  @Test
  void aTemporaryAuthorityKeepsItsKeyInMemory() throws Exception {
    LocalAuthority made = LocalAuthority.temporary();
    Path directory = made.pem().getParent();
    assertEquals(List.of("authority.pem"), names(directory));
    assertEquals(made.identity().pem(), Files.readString(made.pem()));
    Files.delete(made.pem());
    Files.delete(directory);
  }

  private LocalAuthority at(Instant now) throws IOException, InvalidIdentity {
    return LocalAuthority.in(temporary, InstantSource.fixed(now), () -> {});
  }

  private static String fingerprint(LocalAuthority authority) {
    return authority.identity().fingerprint();
  }

  /** Connects to a server for a host, as a client that trusts nothing but the authority. */
  private static X509Certificate handshake(LocalAuthority authority, String host) throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    SSLContext client = Trust.only(IdentityFiles.certificates(authority.pem())).context();
    try (SSLServerSocket listening =
            (SSLServerSocket)
                authority.context(host).getServerSocketFactory().createServerSocket(0, 1, here);
        SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket()) {
      CompletableFuture<Void> served =
          CompletableFuture.runAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listening.accept()) {
                  accepted.getInputStream().read();
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      InetAddress named = InetAddress.getByAddress(host, here.getAddress());
      socket.connect(new InetSocketAddress(named, listening.getLocalPort()));
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      X509Certificate own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      socket.getOutputStream().write(1);
      served.get();
      return own;
    }
  }

  private static Duration validity(X509Certificate certificate) {
    return Duration.between(
        certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
  }

  private static String bits(boolean[] usage) {
    StringBuilder bits = new StringBuilder();
    for (boolean bit : usage) {
      bits.append(bit ? '1' : '0');
    }
    return bits.toString();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
