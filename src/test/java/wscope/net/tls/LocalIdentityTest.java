package wscope.net.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalIdentityTest {
  @TempDir private Path temporary;

  @Test
  void isMadeOnceAndReused() throws Exception {
    Path directory = temporary.resolve("a").resolve("b");
    LocalIdentity made = LocalIdentity.in(directory, () -> {});
    LocalIdentity kept = LocalIdentity.in(directory, () -> {});
    assertEquals(made.identity().fingerprint(), kept.identity().fingerprint());
    assertEquals(directory.resolve("localhost.pem"), kept.pem());
    assertEquals(List.of("localhost.p12", "localhost.pem", "lock"), names(directory));
    assertTrue(made.identity().matches());
    // Its directory may be read-only.
    Files.delete(directory.resolve("lock"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
    assertEquals(made, LocalIdentity.in(directory, () -> {}));
    assertEquals(List.of("localhost.p12", "localhost.pem"), names(directory));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void isForLocalhostAndTwoYears() throws Exception {
    LocalIdentity made = LocalIdentity.in(temporary, () -> {});
    X509Certificate certificate = made.identity().chain().get(0);
    assertEquals(
        "[[2, localhost], [7, 127.0.0.1], [7, 0:0:0:0:0:0:0:1]]",
        certificate.getSubjectAlternativeNames().toString());
    assertEquals("CN=localhost", certificate.getSubjectX500Principal().getName());
    assertEquals(List.of("1.3.6.1.5.5.7.3.1"), certificate.getExtendedKeyUsage());
    Duration validity =
        Duration.between(
            certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant());
    assertEquals(730, validity.toDays());
    assertTrue(certificate.getNotBefore().toInstant().isBefore(Instant.now()));
  }

  @Test
  void pemContainsTheCertificate() throws Exception {
    LocalIdentity made = LocalIdentity.in(temporary, () -> {});
    byte[] pem = Files.readAllBytes(made.pem());
    assertEquals(
        made.identity().chain().get(0),
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    Files.writeString(made.pem(), "something else");
    LocalIdentity.in(temporary, () -> {});
    assertEquals(new String(pem, StandardCharsets.US_ASCII), Files.readString(made.pem()));
  }

  @Test
  void filesArePrivate() throws Exception {
    Path directory = temporary.resolve("wscope");
    LocalIdentity.in(directory, () -> {});
    assertEquals("rwx------", permissions(directory));
    assertEquals("rw-------", permissions(directory.resolve("localhost.p12")));
  }

  /** A process that was killed leaves a file with a private key. */
  @Test
  void removesWhatAKilledProcessHasLeft() throws Exception {
    Files.writeString(temporary.resolve("new123.p12"), "unfinished");
    Files.writeString(temporary.resolve("new456.pem"), "unfinished");
    LocalIdentity.in(temporary, () -> {});
    assertEquals(List.of("localhost.p12", "localhost.pem", "lock"), names(temporary));
  }

  /** Another user could replace the identity, and read what is sent to its clients. */
  @Test
  void refusesADirectoryThatOthersCanWriteTo() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxrwxrwx"));
    IOException refused =
        assertThrows(IOException.class, () -> LocalIdentity.in(temporary, () -> {}));
    assertEquals(
        "other users can write to " + temporary + "; to prevent that: chmod o-w " + temporary,
        refused.getMessage());
  }

  /** Only the certificate is in a file, and the key nowhere. */
  @Test
  void aTemporaryIdentityKeepsItsKeyInMemory() throws Exception {
    LocalIdentity made = LocalIdentity.temporary();
    Path directory = made.pem().getParent();
    assertEquals(List.of("localhost.pem"), names(directory));
    assertEquals(made.identity().pem(), Files.readString(made.pem()));
    assertEquals("rwx------", permissions(directory));
    Files.delete(made.pem());
    Files.delete(directory);
  }

  @Test
  void isMadeAgainIfItCannotBeRead() throws Exception {
    String first = LocalIdentity.in(temporary, () -> {}).identity().fingerprint();
    Files.writeString(temporary.resolve("localhost.p12"), "broken");
    LocalIdentity again = LocalIdentity.in(temporary, () -> {});
    assertNotEquals(first, again.identity().fingerprint());
    assertEquals(again.identity().pem(), Files.readString(again.pem()));
  }

  /** It is used from its first second to a month before its last. */
  @Test
  void isMadeAgainIfItIsNotValid() throws Exception {
    LocalIdentity made = LocalIdentity.in(temporary, () -> {});
    X509Certificate certificate = made.identity().chain().get(0);
    Instant first = certificate.getNotBefore().toInstant();
    Instant last = certificate.getNotAfter().toInstant().minus(Duration.ofDays(30));
    assertEquals(made, LocalIdentity.in(temporary, InstantSource.fixed(first)));
    assertEquals(made, LocalIdentity.in(temporary, InstantSource.fixed(last)));
    Path store = temporary.resolve("localhost.p12");
    byte[] kept = Files.readAllBytes(store);
    for (Instant now : List.of(first.minusMillis(1), last.plusMillis(1))) {
      Files.write(store, kept);
      LocalIdentity again = LocalIdentity.in(temporary, InstantSource.fixed(now));
      assertNotEquals(made.identity().fingerprint(), again.identity().fingerprint(), now::toString);
      assertEquals(again.identity().pem(), Files.readString(again.pem()));
    }
  }

  @Test
  void isTheSameForTwoThreads() throws Exception {
    CompletableFuture<String> one = CompletableFuture.supplyAsync(this::fingerprint);
    CompletableFuture<String> two = CompletableFuture.supplyAsync(this::fingerprint);
    assertEquals(one.get(), two.get());
  }

  @Test
  void throwsIfTheDirectoryCannotBeMade() throws Exception {
    Path file = Files.createFile(temporary.resolve("file"));
    assertThrows(IOException.class, () -> LocalIdentity.in(file.resolve("wscope"), () -> {}));
  }

  @Test
  void formatsFingerprintsAsBrowsersDo() throws Exception {
    Identity identity = LocalIdentity.in(temporary, () -> {}).identity();
    assertTrue(identity.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"));
    assertTrue(identity.publicKeyPin().matches("[A-Za-z0-9+/]{43}="));
    assertFalse(identity.pem().contains("\r"));
  }

  private String fingerprint() {
    try {
      return LocalIdentity.in(temporary, () -> {}).identity().fingerprint();
    } catch (IOException | InvalidIdentity e) {
      throw new IllegalStateException(e);
    }
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
