package wscope.connect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.net.TlsClient;

/**
 * How to connect to a server.
 *
 * @param route the way to the server
 * @param timeout the time for name resolution, TCP and TLS together
 * @param tls the settings of TLS; null for none
 * @param opaque whether the link passes anything on, even TLS of others
 */
public record DialSettings(Route route, Duration timeout, @Nullable TlsClient tls, boolean opaque) {
  /** The settings for a link that speaks TLS or HTTP. */
  public DialSettings(Route route, Duration timeout, @Nullable TlsClient tls) {
    this(route, timeout, tls, false);
  }

  /** The settings for a link that passes anything on. */
  public static DialSettings opaque(Route route, Duration timeout) {
    return new DialSettings(route, timeout, null, true);
  }
}
