package wscope.connect;

import org.jspecify.annotations.Nullable;
import wscope.net.Tunnel;

/**
 * A proxy between a client and its server.
 *
 * @param host the name or IP address of the proxy, without brackets
 * @param credentials the user and the password for the proxy; null for none
 */
public record Proxy(Tunnel.Kind kind, String host, int port, @Nullable String credentials) {
  /** The tunnel to a server. */
  Tunnel to(Target target) {
    return new Tunnel(kind, target.host(), target.port(), credentials);
  }
}
