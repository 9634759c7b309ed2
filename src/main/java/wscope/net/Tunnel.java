package wscope.net;

import org.jspecify.annotations.Nullable;

/**
 * A server that is reached through a proxy.
 *
 * @param kind the protocol of the proxy
 * @param host the name or IP address of the server, without brackets; the proxy resolves a name
 * @param port the port of the server
 * @param credentials the user and the password for the proxy, with a colon between them; null for
 *     none
 */
public record Tunnel(Kind kind, String host, int port, @Nullable String credentials) {
  /** The protocol of a proxy. */
  public enum Kind {
    /** HTTP CONNECT (RFC 9110 §9.3.6). */
    HTTP,
    /** SOCKS version 5 (RFC 1928). */
    SOCKS5
  }

  /** The server as in a URL. */
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  /** The conversation that opens the tunnel. */
  ProxyDialogue dialogue() {
    return kind == Kind.HTTP ? new HttpConnect(this) : new Socks5(this);
  }
}
