package wscope.input.list;

/** Classes of ASCII characters in a text that is read as bytes. */
final class Characters {
  private static final byte[] DIGITS = new byte[256];

  /** The bytes of U+2026 in UTF-8. */
  private static final String UTF8_ELLIPSIS = "\u00e2\u0080\u00a6";

  static {
    for (int c = 0; c < 256; c++) {
      DIGITS[c] = (byte) (c < 0x80 ? Character.digit(c, 36) : -1);
    }
  }

  private Characters() {}

  /** The value of a digit up to base 16, or -1. */
  static int hex(byte c) {
    int digit = DIGITS[c & 0xff];
    return digit < 16 ? digit : -1;
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /** Whether it is an ASCII letter or digit. */
  static boolean isAlphanumeric(byte c) {
    return DIGITS[c & 0xff] >= 0;
  }

  static boolean isQuote(byte c) {
    return c == '"' || c == '\'' || c == '`';
  }

  static boolean isWhite(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  /** The index of the first character from {@code at} that is not white space. */
  static int skipWhite(byte[] text, int at, int to) {
    int i = at;
    while (i < to && isWhite(text[i])) {
      i++;
    }
    return i;
  }

  /** The index of the first character from {@code at} that is not a hex digit. */
  static int skipHex(byte[] text, int at, int to) {
    int i = at;
    while (i < to && hex(text[i]) >= 0) {
      i++;
    }
    return i;
  }

  /** Whether hex digits are a negative number of C, as in ffffff81. */
  static boolean isSignExtended(byte[] text, int from, int to) {
    if (to - from != 8 || hex(text[from + 6]) < 8 || hex(text[from + 7]) < 0) {
      return false;
    }
    int letters = 0;
    while (letters < 6 && (text[from + letters] | 0x20) == 'f') {
      letters++;
    }
    return letters == 6;
  }

  /** Whether a text stands at an index. */
  static boolean isAt(byte[] text, int at, int to, String expected) {
    if (at < 0 || at + expected.length() > to) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if ((text[at + i] & 0xff) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The length of an ellipsis at an index, of three dots or one character; 0 if none is there. */
  static int ellipsis(byte[] text, int at, int to) {
    return isAt(text, at, to, "...") || isAt(text, at, to, UTF8_ELLIPSIS) ? 3 : 0;
  }

  /** The bytes of pairs of hex digits, without spaces. */
  static byte[] pairs(byte[] text, int from, int to) {
    byte[] bytes = new byte[(to - from) / 2];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (hex(text[from + 2 * i]) << 4 | hex(text[from + 2 * i + 1]));
    }
    return bytes;
  }
}
