package wscope.net.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority of this user, and the identities that it issues. Its key is stored in a
 * directory that only the user can read. The key of the identities is in memory only. One thread
 * uses it.
 */
public final class LocalAuthority {
  private static final String NAME = "authority";
  private static final Duration VALIDITY = Duration.ofDays(730);
  private static final Duration ISSUED_VALIDITY = Duration.ofDays(7);

  /** The age at which an issued certificate is replaced. */
  private static final Duration OLDEST = Duration.ofDays(5);

  /** How late the clock of a client may be. */
  private static final Duration SKEW = Duration.ofHours(1);

  /** The number of hosts whose certificates are kept. */
  private static final int MOST_HOSTS = 256;

  private final Identity authority;
  private final Path pem;
  private final InstantSource clock;
  private final int mostHosts;
  private final KeyPair keys;
  private final Map<String, Issued> issued = new LinkedHashMap<>(16, 0.75f, true);

  private record Issued(SSLContext context, Instant at) {}

  private LocalAuthority(KeptIdentity kept, InstantSource clock, int mostHosts)
      throws InvalidIdentity {
    authority = kept.identity();
    pem = kept.pem();
    this.clock = clock;
    this.mostHosts = mostHosts;
    keys = CertificateMaker.keys();
  }

  /**
   * Returns the authority in a directory inside another one. Creates a new one, unless there is a
   * valid one that does not expire soon.
   *
   * @param onWait runs before waiting for another process that creates the authority
   * @throws IOException if a directory cannot be created or written, although it must be, or if
   *     other users can change it
   */
  public static LocalAuthority in(Path parent, Runnable onWait)
      throws IOException, InvalidIdentity {
    return in(parent, InstantSource.system(), onWait);
  }

  /**
   * Returns the authority like {@link #in(Path, Runnable)}.
   *
   * @param clock the clock for the validity of certificates
   */
  public static LocalAuthority in(Path parent, InstantSource clock, Runnable onWait)
      throws IOException, InvalidIdentity {
    return in(parent, clock, MOST_HOSTS, onWait);
  }

  /**
   * Returns the authority like {@link #in(Path, InstantSource, Runnable)}.
   *
   * @param mostHosts the number of hosts whose certificates are kept
   */
  static LocalAuthority in(Path parent, InstantSource clock, int mostHosts, Runnable onWait)
      throws IOException, InvalidIdentity {
    Path directory = parent.resolve(NAME);
    KeptIdentity.restrict(directory);
    KeptIdentity.checkPrivate(parent);
    return new LocalAuthority(
        KeptIdentity.in(directory, NAME, clock, onWait, LocalAuthority::make), clock, mostHosts);
  }

  /**
   * Creates an authority whose private key is kept in memory only. The certificate, which is not
   * secret, is in the temporary directory until Java exits.
   *
   * @throws IOException if the temporary directory cannot be written
   */
  public static LocalAuthority temporary() throws IOException, InvalidIdentity {
    return new LocalAuthority(
        KeptIdentity.temporary(NAME, LocalAuthority::make), InstantSource.system(), MOST_HOSTS);
  }

  private static Identity make(Instant now) throws InvalidIdentity {
    String day = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
    return CertificateMaker.authority("wscope proxy CA " + day, now.minus(SKEW), VALIDITY);
  }

  /** The file with the certificate of the authority, for clients to trust. */
  public Path pem() {
    return pem;
  }

  /** The authority itself. */
  public Identity identity() {
    return authority;
  }

  /**
   * The TLS context of a server for a host. Issues a certificate, unless a fresh one exists. This
   * takes no longer than a TLS handshake.
   *
   * @param host a valid name in lower case, or an IP address
   */
  public SSLContext context(String host) throws InvalidIdentity {
    Instant now = clock.instant();
    Issued known = issued.get(host);
    if (known != null && now.isBefore(known.at.plus(OLDEST)) && !now.isBefore(known.at)) {
      return known.context;
    }
    Instant end = authority.chain().get(0).getNotAfter().toInstant();
    if (now.isAfter(end)) {
      throw new InvalidIdentity(
          "the authority's certificate has expired; start wscope again to create another");
    }
    X509Certificate certificate =
        CertificateMaker.issue(authority, keys.getPublic(), host, now.minus(SKEW), ISSUED_VALIDITY);
    List<X509Certificate> chain = List.of(certificate, authority.chain().get(0));
    // Clients are asked for no certificate. Not to read the trusted ones saves much time.
    SSLContext context = new Identity(keys.getPrivate(), chain).context(Trust.insecure());
    issued.put(host, new Issued(context, now));
    if (issued.size() > mostHosts) {
      issued.remove(issued.keySet().iterator().next());
    }
    return context;
  }
}
