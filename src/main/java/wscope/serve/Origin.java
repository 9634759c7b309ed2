package wscope.serve;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a web page (RFC 6454), as in the Origin field. Two origins are equal if their
 * normalized texts are equal: these are in lower case, without the default port of the scheme.
 *
 * @param text {@code null}, or scheme, host and port. It is safe to show, because it has only
 *     letters, digits and {@code + - . _ : / [ ]}
 * @param loopback whether the origin is an http or https page from this machine, at any port
 */
record Origin(String text, boolean loopback) {
  private static final String MARK = "://";

  /** Parses one origin. Returns null if it is invalid, for example with a path or a user name. */
  static @Nullable Origin parse(String value) {
    if (value.equals("null")) {
      return new Origin(value, false);
    }
    int mark = value.indexOf(MARK);
    if (mark < 1 || !isScheme(value.substring(0, mark))) {
      return null;
    }
    String scheme = value.substring(0, mark).toLowerCase(Locale.ROOT);
    String rest = value.substring(mark + MARK.length());
    if (rest.isEmpty()) {
      return new Origin(scheme + MARK, false);
    }
    Authority authority = Authority.parse(rest);
    if (authority == null) {
      return null;
    }
    boolean web = scheme.equals("http") || scheme.equals("https");
    return new Origin(
        scheme + MARK + authority.urlHost() + port(scheme, authority.port()),
        web && authority.loopback());
  }

  private static String port(String scheme, int port) {
    boolean usual =
        port == Authority.NO_PORT
            || (scheme.equals("http") && port == 80)
            || (scheme.equals("https") && port == 443);
    return usual ? "" : ":" + port;
  }

  /** Whether a string is a URI scheme (RFC 3986 §3.1). */
  private static boolean isScheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !later)) {
        return false;
      }
    }
    return true;
  }
}
