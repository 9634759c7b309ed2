package wscope.protocol.event;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of a captured connection with TLS. In texts from the wire, all but printable ASCII
 * is escaped.
 *
 * @param version the version as the JDK names it, such as TLSv1.3
 * @param serverName the name of the server that the client asked for (RFC 6066 §3); null without it
 * @param protocol the protocol negotiated with ALPN (RFC 7301); null for none, or if the capture
 *     does not show it
 * @param resumed whether the client resumed an earlier session
 */
public record TlsSession(
    String version,
    String cipherSuite,
    @Nullable String serverName,
    @Nullable String protocol,
    boolean resumed) {}
