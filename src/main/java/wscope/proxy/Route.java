package wscope.proxy;

import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wscope.connect.DialSettings;
import wscope.connect.Target;
import wscope.net.TlsDetails;
import wscope.protocol.event.Event;

/**
 * The server for the requests whose path begins in a certain way.
 *
 * @param prefix the beginning of the path, which ends at a slash or at the end of the path
 * @param dial how to reach the server
 * @param certificates describes the certificate of the server; null if it sent none
 * @param rewrites the parts of a request that are changed
 */
public record Route(
    String prefix,
    Target target,
    DialSettings dial,
    Function<TlsDetails, Event.@Nullable Certificate> certificates,
    Set<Rewrite> rewrites) {
  /** Whether another proxy is on the way to the server. */
  public boolean isThroughProxy() {
    return dial.route() instanceof wscope.connect.Route.Tcp tcp && tcp.proxy() != null;
  }

  /** Whether a path, without its query, belongs to this route. */
  boolean isFor(String path) {
    return path.startsWith(prefix)
        && (prefix.endsWith("/")
            || path.length() == prefix.length()
            || path.charAt(prefix.length()) == '/');
  }
}
