package wscope.net;

import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How TLS is spoken with those who connect to us.
 *
 * @param context holds the server's key and certificate, and whose certificates it trusts
 * @param request whether clients are asked for a certificate
 * @param protocols for ALPN (RFC 7301), the preferred one first; with a client that offers none of
 *     them, none is agreed on
 * @param responseToHttp what a client that speaks plain HTTP is sent as it is
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
    /** It does, and takes clients without one as well. */
    OPTIONAL,
    /** It does, and rejects clients without one. */
    REQUIRED
  }
}
