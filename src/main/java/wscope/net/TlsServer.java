package wscope.net;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS settings for clients that connect to us.
 *
 * @param context the context with the server's key and certificate, and the certificates that the
 *     server trusts
 * @param request whether clients are asked for a certificate
 * @param protocols the protocols for ALPN (RFC 7301), the preferred one first; for a client that
 *     offers none of them, no protocol is selected
 * @param responseToHttp the response sent unencrypted to a client that speaks plain HTTP
 */
public record TlsServer(
    SSLContext context,
    CertificateRequest request,
    List<String> protocols,
    ByteBuffer responseToHttp)
    implements TlsSettings, Speech {
  /** Whether a server asks its clients for a certificate. */
  public enum CertificateRequest {
    /** The server does not ask. */
    NONE,
    /** The server asks, and accepts clients without a certificate. */
    OPTIONAL,
    /** The server asks, and rejects clients without a certificate. */
    REQUIRED
  }
}
