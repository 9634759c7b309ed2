package wscope.net;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS settings for clients that connect to us.
 *
 * @param context holds the server's key and certificate, and whose certificates it trusts
 * @param request whether clients are asked for a certificate
 * @param protocols for ALPN (RFC 7301), the preferred one first; none is selected for a client that
 *     offers none of them
 * @param responseToHttp sent unencrypted to a client that speaks plain HTTP
 */
public record TlsServer(
    SSLContext context,
    CertificateRequest request,
    List<String> protocols,
    ByteBuffer responseToHttp)
    implements TlsSettings {
  /** Whether a server asks its clients for a certificate. */
  public enum CertificateRequest {
    /** It does not. */
    NONE,
    /** It does, and accepts clients without one. */
    OPTIONAL,
    /** It does, and rejects clients without one. */
    REQUIRED
  }
}
