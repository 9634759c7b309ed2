package wscope.connect;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The server and the resource that a URL names (RFC 6455 §3).
 *
 * @param secure whether the client uses TLS
 * @param host a name or an IP address, without brackets
 * @param port the port
 * @param resource the path and the query, visible ASCII only
 * @param credentials the user and the password in the URL, decoded; null if there are none
 * @param notes what was changed or assumed, in words
 */
public record Target(
    boolean secure,
    String host,
    int port,
    String resource,
    @Nullable String credentials,
    List<String> notes) {
  private static final int PLAIN_PORT = 80;
  private static final int TLS_PORT = 443;

  /**
   * Parses a URL with the scheme ws, wss, http or https. Short forms are {@code host:port/path} and
   * {@code :port/path}, which use ws and localhost.
   */
  public static Target parse(String url) throws InvalidTarget {
    return new TargetReader(url).read();
  }

  /** The port of a URL that names none. */
  static int defaultPort(boolean secure) {
    return secure ? TLS_PORT : PLAIN_PORT;
  }

  /** The value of the Host header field: without the port if that is the default. */
  public String authority() {
    String shown = shownHost();
    return port == defaultPort(secure) ? shown : shown + ":" + port;
  }

  /** The host as in a URL. */
  private String shownHost() {
    if (host.indexOf(':') < 0) {
      return host;
    }
    // The zone of an address has a meaning only on this machine (RFC 6874 §3).
    int zone = host.indexOf('%');
    return "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
  }

  /** The URL, without credentials. */
  public String url() {
    return (secure ? "wss" : "ws") + "://" + authority() + resource;
  }

  /** The URL. Picocli asks for a text of each argument; that of a record takes long to prepare. */
  @Override
  public String toString() {
    return url();
  }

  /** Whether a URL begins with the scheme of TLS. */
  static boolean isSecure(String scheme) {
    String lower = scheme.toLowerCase(Locale.ROOT);
    return lower.equals("wss") || lower.equals("https");
  }
}
