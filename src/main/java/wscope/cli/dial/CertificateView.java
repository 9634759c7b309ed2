package wscope.cli.dial;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.net.TlsDetails;
import wscope.net.tls.Trust;
import wscope.protocol.event.Event;

/**
 * Describes the certificate of a server.
 *
 * @param clock the clock for the days that are left
 * @param untrustedHost the host for which to judge the certificate; null if TLS has judged it
 */
public record CertificateView(InstantSource clock, @Nullable String untrustedHost)
    implements Function<TlsDetails, Event.@Nullable Certificate> {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  @Override
  public Event.@Nullable Certificate apply(TlsDetails details) {
    if (details.peerCertificates().isEmpty()) {
      return null;
    }
    X509Certificate own = details.peerCertificates().get(0);
    Duration left = Duration.between(clock.instant(), own.getNotAfter().toInstant());
    List<String> names = names(own);
    return new Event.Certificate(
        names,
        own.getIssuerX500Principal().getName(),
        Math.floorDiv(left.toSeconds(), Duration.ofDays(1).toSeconds()),
        untrustedHost == null ? null : distrust(details.peerCertificates(), names, untrustedHost));
  }

  private static @Nullable String distrust(
      List<X509Certificate> chain, List<String> names, String host) {
    String reason = Trust.distrust(chain);
    return reason == null && names.stream().noneMatch(name -> matches(name, host))
        ? "it is not for " + host
        : reason;
  }

  /** Whether a name of a certificate, which may begin with an asterisk, is a host (RFC 6125). */
  private static boolean matches(String name, String host) {
    int dot = host.indexOf('.');
    return name.equalsIgnoreCase(host)
        || (name.startsWith("*.")
            && dot > 0
            && name.substring(1).equalsIgnoreCase(host.substring(dot)));
  }

  /** The names and addresses of a certificate; if it has none, its subject. */
  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      if (certificate.getSubjectAlternativeNames() != null) {
        for (List<?> entry : certificate.getSubjectAlternativeNames()) {
          if (entry.get(0) instanceof Integer type && (type == DNS_NAME || type == IP_ADDRESS)) {
            names.add(String.valueOf(entry.get(1)));
          }
        }
      }
    } catch (CertificateParsingException e) {
      // The names cannot be read, so the subject must do.
    }
    return names.isEmpty()
        ? List.of(certificate.getSubjectX500Principal().getName())
        : List.copyOf(names);
  }
}
