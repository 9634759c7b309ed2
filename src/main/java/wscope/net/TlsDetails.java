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
 * The result of a TLS handshake.
 *
 * @param version the version as the JDK names it, such as TLSv1.3
 * @param protocol the protocol negotiated with ALPN (RFC 7301); null for none
 * @param peerCertificates the certificates of the peer, its own first; empty if the peer sent none
 */
public record TlsDetails(
    String version,
    String cipherSuite,
    @Nullable String protocol,
    List<X509Certificate> peerCertificates) {
  /** Returns the result of an engine whose handshake is done. */
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
      // The peer sent no certificates.
    }
    return List.copyOf(certificates);
  }
}
