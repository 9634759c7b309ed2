package wscope.net;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * The TLS settings for a server that we connect to.
 *
 * @param context holds the client's trusted certificates, and its key and certificate, if any
 * @param host the name or IP address that the server's certificate must contain, without brackets;
 *     a name is sent to the server as well (SNI, RFC 6066 §3)
 * @param protocols to offer with ALPN (RFC 7301), the preferred one first; none if empty
 */
public record TlsClient(SSLContext context, String host, List<String> protocols)
    implements TlsSettings {}
