package wscope.net;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake has agreed on.
 *
 * @param version as the JDK names it: TLSv1.3
 * @param protocol that ALPN (RFC 7301) has agreed on; null if none
 * @param peerCertificates the peer's own first; empty if it has shown none
 */
public record TlsDetails(
    String version,
    String cipherSuite,
    @Nullable String protocol,
    List<X509Certificate> peerCertificates) {
  /** What an engine has agreed on whose handshake is done. */
  static TlsDetails of(SSLEngine engine) {
    SSLSession session = engine.getSession();
    String protocol = engine.getApplicationProtocol();
    return new TlsDetails(
        session.getProtocol(),
        session.getCipherSuite(),
        protocol == null || protocol.isEmpty() ? null : protocol,
        peerCertificates(session));
  }

  private static List<X509Certificate> peerCertificates(SSLSession session) {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (Certificate certificate : session.getPeerCertificates()) {
        certificates.add((X509Certificate) certificate);
      }
    } catch (SSLPeerUnverifiedException e) {
      // It has shown none.
    }
    return List.copyOf(certificates);
  }
}
