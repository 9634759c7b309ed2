package wscope.net.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/**
 * An identity that is created once and stored in a directory that is private to the user. Users
 * need to trust it only once.
 *
 * @param pem the file with the certificate, for clients to trust
 */
record KeptIdentity(Identity identity, Path pem) {
  private static final String LOCK = "lock";

  /** The beginning of the names of files that are being created. */
  private static final String UNFINISHED = "new";

  private static final Duration LEAST_VALIDITY = Duration.ofDays(30);

  /** Creates an identity. */
  interface Maker {
    Identity make(Instant now) throws InvalidIdentity;
  }

  /**
   * Returns the identity in a directory. Creates a new one, unless the directory, which may then be
   * read-only, has a valid one that does not expire soon.
   *
   * @param name the beginning of the names of its files, and the password of its keystore: the
   *     files are private, but the format requires a password
   * @param onWait runs before waiting for another process that creates the identity
   * @throws IOException if the directory cannot be created or written, although it must be, or if
   *     other users can change it
   */
  static KeptIdentity in(
      Path directory, String name, InstantSource clock, Runnable onWait, Maker maker)
      throws IOException, InvalidIdentity {
    // A lock on a file keeps out other processes, but not other threads.
    synchronized (KeptIdentity.class) {
      Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
      checkPrivate(directory);
      Path store = directory.resolve(name + ".p12");
      Path pem = directory.resolve(name + ".pem");
      Identity stored = stored(store, name, clock);
      Identity identity = stored == null ? createLocked(store, name, clock, onWait, maker) : stored;
      if (!Files.exists(pem) || !Files.readString(pem).equals(identity.pem())) {
        write(pem, ".pem", identity.pem().getBytes(StandardCharsets.US_ASCII));
      }
      return new KeptIdentity(identity, pem);
    }
  }

  /**
   * Creates an identity whose private key is kept in memory only. The certificate, which is not
   * secret, is in the temporary directory until Java exits.
   *
   * @throws IOException if the temporary directory cannot be written
   */
  static KeptIdentity temporary(String name, Maker maker) throws IOException, InvalidIdentity {
    Path directory = Files.createTempDirectory("wscope");
    Path pem = directory.resolve(name + ".pem");
    // Java deletes these in reverse order, so the directory is the last.
    directory.toFile().deleteOnExit();
    pem.toFile().deleteOnExit();
    Identity identity = maker.make(Instant.now());
    write(pem, ".pem", identity.pem().getBytes(StandardCharsets.US_ASCII));
    return new KeptIdentity(identity, pem);
  }

  /**
   * Creates the identity under a lock: if two processes start at the same time, one creates it and
   * the other reads it.
   */
  private static Identity createLocked(
      Path store, String name, InstantSource clock, Runnable onWait, Maker maker)
      throws IOException, InvalidIdentity {
    try (FileChannel channel = lockFile(store.resolveSibling(LOCK));
        FileLock lock = lock(channel, onWait)) {
      assert lock.isValid();
      Identity stored = stored(store, name, clock);
      if (stored != null) {
        return stored;
      }
      removeUnfinished(store);
      Identity made = maker.make(clock.instant());
      write(store, ".p12", keystore(made, name));
      return made;
    }
  }

  private static FileLock lock(FileChannel channel, Runnable onWait) throws IOException {
    FileLock lock = channel.tryLock();
    if (lock == null) {
      onWait.run();
      return channel.lock();
    }
    return lock;
  }

  /** Removes what killed processes have left. The lock ensures that nobody else needs it. */
  private static void removeUnfinished(Path store) throws IOException {
    Path directory = store.resolveSibling("");
    try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, UNFINISHED + "*")) {
      for (Path path : left) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Checks that no other user could replace the identity. */
  static void checkPrivate(Path directory) throws IOException {
    if (isPosix(directory)
        && Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          "other users can write to " + directory + "; to prevent that: chmod o-w " + directory);
    }
  }

  private static FileChannel lockFile(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * The stored identity; null unless it is currently valid, even if the clock was set back, and
   * does not expire soon.
   */
  private static @Nullable Identity stored(Path store, String password, InstantSource clock) {
    if (!Files.exists(store)) {
      return null;
    }
    try {
      Identity identity = IdentityFiles.pkcs12(store, password.toCharArray());
      X509Certificate certificate = identity.chain().get(0);
      Instant now = clock.instant();
      certificate.checkValidity(Date.from(now));
      certificate.checkValidity(Date.from(now.plus(LEAST_VALIDITY)));
      return identity;
    } catch (InvalidIdentity | CertificateException e) {
      return null;
    }
  }

  private static byte[] keystore(Identity identity, String password) throws InvalidIdentity {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      X509Certificate[] chain = identity.chain().toArray(X509Certificate[]::new);
      store.setKeyEntry("own", identity.key(), password.toCharArray(), chain);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      store.store(out, password.toCharArray());
      return out.toByteArray();
    } catch (IOException | GeneralSecurityException e) {
      throw new InvalidIdentity("this Java cannot store a key: " + e.getMessage(), e);
    }
  }

  /** Writes a private file, which appears with its whole content at once. */
  private static void write(Path file, String suffix, byte[] content) throws IOException {
    Path directory = file.resolveSibling("");
    Path fresh = Files.createTempFile(directory, UNFINISHED, suffix, ownerOnly(file, "rw-------"));
    try {
      Files.write(fresh, content);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /** Creates a directory, or changes it, so that only its user can read it. */
  static void restrict(Path directory) throws IOException {
    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    if (isPosix(directory)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
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
