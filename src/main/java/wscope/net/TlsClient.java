package wscope.net;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS settings for a server that we connect to.
 *
 * @param context the context with the certificates that the client trusts, and its own key and
 *     certificate, if any
 * @param host the name or IP address that the server's certificate must contain, without brackets;
 *     a name is sent to the server as well (SNI, RFC 6066 §3)
 * @param protocols the protocols to offer with ALPN (RFC 7301), the preferred one first; empty for
 *     none
 * @param versions the versions of TLS to offer, as the JDK names them
 */
public record TlsClient(
    SSLContext context, String host, List<String> protocols, List<String> versions)
    implements TlsSettings {
  /** The supported versions. Older ones are obsolete (RFC 8996). */
  public static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  /** Creates settings that offer all supported versions. */
  public TlsClient(SSLContext context, String host, List<String> protocols) {
    this(context, host, protocols, VERSIONS);
  }
}
