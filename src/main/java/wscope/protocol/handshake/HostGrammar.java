package wscope.protocol.handshake;

import org.jspecify.annotations.Nullable;

/** The grammar of hosts and request targets (RFC 3986 §2, §3). */
final class HostGrammar {
  private static final int HIGHEST_PORT = 65535;
  private static final String UNRESERVED_MARKS = "-._~";
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  private HostGrammar() {}

  /**
   * The index of the first character of a target that is not allowed in a URI; -1 if there is none.
   * A fragment and everything before the path of a URL belong to other rules.
   */
  static int wrongInTarget(String target) {
    int end = target.indexOf('#') < 0 ? target.length() : target.indexOf('#');
    int start = target.startsWith("/") ? 0 : Math.max(0, target.indexOf("://") + 3);
    for (int at = start; at < end; at++) {
      char c = target.charAt(at);
      boolean inAuthority = (c == '[' || c == ']') && start > 0;
      if (!isAllowed(target, at) && "/?:@".indexOf(c) < 0 && !inAuthority) {
        return at;
      }
    }
    return -1;
  }

  /** Formats a wrong character of a target. */
  static String show(String target, int at) {
    return target.charAt(at) == '%' ? "% without two hex digits" : Ascii.show(target.charAt(at));
  }

  /** What is wrong with the value of a Host field (RFC 9112 §3.2); null if nothing is. */
  static @Nullable String wrongInHost(String value) {
    boolean literal = value.startsWith("[");
    int close = value.indexOf(']');
    if (literal && close < 0) {
      return "no ] after [";
    }
    int colon = value.indexOf(':', literal ? close : 0);
    String host = colon < 0 ? value : value.substring(0, colon);
    if (host.isEmpty()) {
      return "no host before the port";
    }
    String wrong = literal ? wrongInLiteral(host) : wrongInName(host);
    return wrong != null || colon < 0 ? wrong : wrongInPort(value.substring(colon + 1));
  }

  private static @Nullable String wrongInName(String host) {
    for (int at = 0; at < host.length(); at++) {
      if (!isAllowed(host, at)) {
        return show(host, at) + " in the host";
      }
    }
    return null;
  }

  /** An address in brackets may have a zone, although the grammar has none. */
  private static @Nullable String wrongInLiteral(String host) {
    for (int at = 1; at < host.length() - 1; at++) {
      char c = host.charAt(at);
      if (c != ':' && c != '%' && !isAllowed(host, at)) {
        return show(host, at) + " in the address";
      }
    }
    if (host.indexOf(']') < host.length() - 1) {
      return show(host, host.indexOf(']') + 1) + " after ]";
    }
    return host.length() == 2 ? "no address between [ and ]" : null;
  }

  private static @Nullable String wrongInPort(String port) {
    int number = 0;
    for (int at = 0; at < port.length(); at++) {
      if (!Ascii.isDigit(port.charAt(at))) {
        return Ascii.show(port.charAt(at)) + " in the port";
      }
      number = Math.min(HIGHEST_PORT + 1, 10 * number + port.charAt(at) - '0');
    }
    return number > HIGHEST_PORT
        ? "a port above 65535, which the grammar allows but TCP does not have"
        : null;
  }

  /** Whether a character may occur in a host, a path and a query. */
  private static boolean isAllowed(String text, int at) {
    char c = text.charAt(at);
    return Ascii.isLetter(c)
        || Ascii.isDigit(c)
        || UNRESERVED_MARKS.indexOf(c) >= 0
        || SUB_DELIMITERS.indexOf(c) >= 0
        || (c == '%' && isHex(text, at + 1) && isHex(text, at + 2));
  }

  private static boolean isHex(String text, int at) {
    return at < text.length() && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 128;
  }
}
