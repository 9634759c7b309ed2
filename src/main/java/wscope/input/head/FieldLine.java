package wscope.input.head;

import java.util.Locale;

/** What a line says as a header field: {@code Host: example.com}. */
final class FieldLine {
  /** A longer name is not worth reading. */
  private static final int LONGEST_NAME = 80;

  private static final int TABLE = 1024;

  private static final String NAMES =
      "accept accept-charset accept-encoding accept-language accept-ranges"
          + " access-control-allow-origin access-control-allow-credentials"
          + " access-control-allow-headers access-control-allow-methods"
          + " access-control-request-headers access-control-request-method age allow alt-svc"
          + " authorization cache-control cf-cache-status cf-ray connection content-disposition"
          + " content-encoding content-language content-length content-location content-range"
          + " content-security-policy content-type cookie date dnt etag expect expires forwarded"
          + " from host if-match if-modified-since if-none-match keep-alive last-modified link"
          + " location nel origin permissions-policy pragma priority proxy-authenticate"
          + " proxy-authorization proxy-connection range referer referrer-policy report-to"
          + " retry-after server set-cookie strict-transport-security te timing-allow-origin"
          + " trailer transfer-encoding upgrade upgrade-insecure-requests user-agent vary via"
          + " warning www-authenticate websocket-origin websocket-location websocket-protocol";

  private static final String[] KNOWN = new String[TABLE];

  static {
    for (String name : NAMES.split(" ", -1)) {
      int slot = slot(name.hashCode());
      while (KNOWN[slot] != null) {
        slot = slot(slot + 1);
      }
      KNOWN[slot] = name;
    }
  }

  private FieldLine() {}

  private static int slot(int hash) {
    return (hash ^ (hash >>> 10)) & (TABLE - 1);
  }

  /** The index of the colon after a name, with or without spaces before it; -1 if none. */
  static int colon(byte[] text, int from, int to) {
    int at = from;
    int most = Math.min(to, from + LONGEST_NAME);
    while (at < most && Chars.isToken(text[at])) {
      at++;
    }
    if (at == from) {
      return -1;
    }
    at = Chars.skipSpaces(text, at, most);
    return at < to && text[at] == ':' ? at : -1;
  }

  /** Whether a line is a field, and not an offset, a URL or a label of bytes. */
  static boolean is(byte[] text, int from, int to) {
    int colon = colon(text, from, to);
    if (colon < 0 || isOffset(text, from, colon)) {
      return false;
    }
    if (colon + 2 < to && text[colon + 1] == '/' && text[colon + 2] == '/') {
      return false;
    }
    return isTypicalName(text, from, colon) || !isBytes(text, colon + 1, to);
  }

  /** Whether it is a field with a name that HTTP messages have, or with a hyphen in its name. */
  static boolean isTypical(byte[] text, int from, int to) {
    int colon = colon(text, from, to);
    return colon > 0 && isTypicalName(text, from, colon);
  }

  /** Whether it is a field with a name that HTTP messages have. */
  static boolean isKnown(byte[] text, int from, int to) {
    int colon = colon(text, from, to);
    return colon > 0 && isKnownName(text, from, Chars.trim(text, from, colon));
  }

  private static boolean isTypicalName(byte[] text, int from, int colon) {
    int end = Chars.trim(text, from, colon);
    boolean hyphen = false;
    for (int i = from + 1; i < end - 1; i++) {
      hyphen |= text[i] == '-' && Chars.isLetter(text[i - 1]) && Chars.isLetter(text[i + 1]);
    }
    return hyphen || isKnownName(text, from, end);
  }

  /** Whether HTTP messages have a name, in any case. */
  static boolean isKnownName(byte[] text, int from, int to) {
    int length = to - from;
    if (length < 2 || length > LONGEST_NAME) {
      return false;
    }
    int first = Chars.lower(text[from]);
    if (first == 'x' || first == 's') {
      if (Chars.isAt(text, from, to, "x-") || Chars.isAt(text, from, to, "sec-")) {
        return length > 4;
      }
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + Chars.lower(text[i]);
    }
    int slot = slot(hash);
    while (KNOWN[slot] != null) {
      if (KNOWN[slot].length() == length && Chars.isAt(text, from, to, KNOWN[slot])) {
        return true;
      }
      slot = slot(slot + 1);
    }
    return false;
  }

  /** The name in lower case. */
  static String name(byte[] text, int from, int colon) {
    return Chars.string(text, from, Chars.trim(text, from, colon)).toLowerCase(Locale.ROOT);
  }

  private static boolean isOffset(byte[] text, int from, int colon) {
    boolean digit = false;
    for (int i = from; i < colon; i++) {
      if (!Chars.isHex(text[i])) {
        return false;
      }
      digit |= Chars.isDigit(text[i]);
    }
    return digit;
  }

  /** Whether a text looks like bytes: {@code 81 05}, {@code 0x81}, {@code b'\x81'}. */
  static boolean isBytes(byte[] text, int from, int to) {
    int at = Chars.skipSpaces(text, from, to);
    int end = Math.min(to, at + LONGEST_NAME);
    if (Chars.isAt(text, at, end, "<buffer") || Chars.isAt(text, at, end, "0x")) {
      return true;
    }
    int pairs = 0;
    for (int i = at; i + 1 < end && Chars.isHex(text[i]) && Chars.isHex(text[i + 1]); i += 3) {
      boolean ends = i + 2 >= end || !Chars.isAlphanumeric(text[i + 2]);
      if (!ends) {
        break;
      }
      pairs++;
    }
    for (int i = at; i + 3 < end; i++) {
      if (text[i] == '\\' && text[i + 1] == 'x' && Chars.isHex(text[i + 2])) {
        return true;
      }
    }
    return pairs > 1;
  }
}
