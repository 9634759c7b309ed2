package wscope.net.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A self-signed identity for localhost, 127.0.0.1 and ::1. It is created once and stored in a
 * directory that is private to the user. Users need to trust it only once.
 *
 * @param pem the file with the certificate, for clients to trust
 */
public record LocalIdentity(Identity identity, Path pem) {
  private static final String NAME = "localhost";
  private static final List<String> HOSTS = List.of("localhost", "127.0.0.1", "::1");
  private static final Duration VALIDITY = Duration.ofDays(730);

  /**
   * Returns the identity in a directory. Creates a new one, unless the directory, which may then be
   * read-only, has a valid one that does not expire soon.
   *
   * @param onWait runs before waiting for another process that creates the identity
   * @throws IOException if the directory cannot be created or written, although it must be, or if
   *     other users can change it
   */
  public static LocalIdentity in(Path directory, Runnable onWait)
      throws IOException, InvalidIdentity {
    return of(
        KeptIdentity.in(directory, NAME, InstantSource.system(), onWait, LocalIdentity::make));
  }

  /**
   * Creates an identity whose private key is kept in memory only. The certificate, which is not
   * secret, is in the temporary directory until Java exits.
   *
   * @throws IOException if the temporary directory cannot be written
   */
  public static LocalIdentity temporary() throws IOException, InvalidIdentity {
    return of(KeptIdentity.temporary(NAME, LocalIdentity::make));
  }

  static LocalIdentity in(Path directory, InstantSource clock) throws IOException, InvalidIdentity {
    return of(KeptIdentity.in(directory, NAME, clock, () -> {}, LocalIdentity::make));
  }

  private static LocalIdentity of(KeptIdentity kept) {
    return new LocalIdentity(kept.identity(), kept.pem());
  }

  private static Identity make(Instant now) throws InvalidIdentity {
    return CertificateMaker.server(HOSTS, now, VALIDITY);
  }
}
