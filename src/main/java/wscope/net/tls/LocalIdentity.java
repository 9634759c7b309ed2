package wscope.net.tls;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A self-signed identity for localhost, 127.0.0.1 and ::1. It is created with the JDK's keytool and
 * stored in a directory that is private to the user. Users need to trust it only once.
 *
 * @param pem the file with the certificate, for clients to trust
 */
public record LocalIdentity(Identity identity, Path pem) {
  private static final String STORE = "localhost.p12";
  private static final String PEM = "localhost.pem";
  private static final String LOCK = "lock";

  /** The names of all files in the directory. */
  public static final List<String> FILES = List.of(STORE, PEM, LOCK);

  /** The password of the keystore. The files are private, but the format requires one. */
  private static final String PASSWORD = "localhost";

  private static final String PASSWORD_VARIABLE = "WSCOPE_STORE_PASSWORD";
  private static final Duration LEAST_VALIDITY = Duration.ofDays(30);
  private static final int DAYS = 730;
  private static final int KEYTOOL_SECONDS = 60;

  /**
   * Returns the identity in a directory. Creates a new one, unless the directory, which may then be
   * read-only, has a valid one that does not expire soon.
   *
   * @throws IOException if the directory cannot be created or written, although it must be
   */
  public static LocalIdentity in(Path directory) throws IOException, InvalidIdentity {
    return in(directory, InstantSource.system());
  }

  static synchronized LocalIdentity in(Path directory, InstantSource clock)
      throws IOException, InvalidIdentity {
    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    Path store = directory.resolve(STORE);
    Path pem = directory.resolve(PEM);
    Identity stored = stored(store, clock);
    Identity identity = stored == null ? createLocked(directory, store, clock) : stored;
    if (!Files.exists(pem) || !Files.readString(pem).equals(identity.pem())) {
      write(directory, pem, identity.pem());
    }
    return new LocalIdentity(identity, pem);
  }

  /**
   * Creates the identity under a lock: if two processes start at the same time, one creates it and
   * the other reads it.
   */
  private static Identity createLocked(Path directory, Path store, InstantSource clock)
      throws IOException, InvalidIdentity {
    try (FileChannel channel = lockFile(directory.resolve(LOCK));
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      Identity stored = stored(store, clock);
      return stored == null ? create(directory, store) : stored;
    }
  }

  private static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * The stored identity; null unless it is currently valid, even if the clock was set back, and
   * does not expire soon.
   */
  private static @Nullable Identity stored(Path store, InstantSource clock) {
    if (!Files.exists(store)) {
      return null;
    }
    try {
      Identity identity = IdentityFiles.pkcs12(store, PASSWORD.toCharArray());
      X509Certificate certificate = identity.chain().get(0);
      Instant now = clock.instant();
      certificate.checkValidity(Date.from(now));
      certificate.checkValidity(Date.from(now.plus(LEAST_VALIDITY)));
      return identity;
    } catch (InvalidIdentity | CertificateException e) {
      return null;
    }
  }

  private static Identity create(Path directory, Path store) throws IOException, InvalidIdentity {
    Path temporary = Files.createTempDirectory(directory, "new", ownerOnly(directory, "rwx------"));
    Path fresh = temporary.resolve(STORE);
    try {
      keytool(fresh);
      restrict(fresh);
      Identity identity = IdentityFiles.pkcs12(fresh, PASSWORD.toCharArray());
      Files.move(fresh, store, StandardCopyOption.ATOMIC_MOVE);
      return identity;
    } finally {
      Files.deleteIfExists(fresh);
      Files.delete(temporary);
    }
  }

  /** Creates an EC P-256 key, which every TLS 1.2 client supports and which signs fast. */
  private static void keytool(Path store) throws IOException, InvalidIdentity {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    ProcessBuilder builder =
        new ProcessBuilder(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "localhost",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-validity",
            String.valueOf(DAYS),
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1,ip:::1",
            "-ext",
            "eku=serverAuth",
            "-storetype",
            "PKCS12",
            "-storepass:env",
            PASSWORD_VARIABLE,
            "-keystore",
            store.toString());
    builder.environment().put(PASSWORD_VARIABLE, PASSWORD);
    builder.redirectErrorStream(true);
    Process process = start(builder);
    try {
      process.getOutputStream().close();
      // The output of keytool fits into the pipe, so reading it can wait.
      if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
        throw new InvalidIdentity(
            "keytool created no certificate within " + KEYTOOL_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        throw new InvalidIdentity("keytool created no certificate: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InvalidIdentity("interrupted while keytool created a certificate", e);
    } finally {
      process.destroy();
    }
  }

  private static Process start(ProcessBuilder builder) throws InvalidIdentity {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new NoKeytool("this Java has no keytool to create a certificate with", e);
    }
  }

  private static void write(Path directory, Path file, String text) throws IOException {
    Path fresh = Files.createTempFile(directory, "new", ".pem", ownerOnly(file, "rw-------"));
    try {
      Files.writeString(fresh, text, StandardCharsets.US_ASCII);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void restrict(Path file) throws IOException {
    if (isPosix(file)) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return isPosix(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
