package wscope.connect;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/** The target that the Location of a response names (RFC 9110 §10.2.2). */
final class Redirection {
  private static final List<String> SCHEMES = List.of("ws", "wss", "http", "https");

  private Redirection() {}

  /**
   * Reads a Location, which may be relative to the target that responded. A fragment and
   * credentials in it have no effect.
   */
  static Target target(Target from, String location) throws InvalidTarget {
    URI uri;
    try {
      uri = new URI(from.url()).resolve(new URI(location));
    } catch (URISyntaxException e) {
      throw new InvalidTarget(0, "it is not a URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    String authority = uri.getRawAuthority();
    if (!SCHEMES.contains(scheme) || authority == null) {
      throw new InvalidTarget(0, "its scheme is not ws, wss, http or https");
    }
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    return Target.parse(scheme + "://" + host + path + query);
  }

  /**
   * Whether a target may get what the user gave for another one: it has the same host and port, and
   * TLS if that one has it. A change from the default port of ws to that of wss is none.
   */
  static boolean keepsTrust(Target from, Target to) {
    boolean samePort =
        from.port() == to.port()
            || (from.port() == Target.defaultPort(from.secure())
                && to.port() == Target.defaultPort(to.secure()));
    return samePort && from.host().equalsIgnoreCase(to.host()) && (to.secure() || !from.secure());
  }
}
