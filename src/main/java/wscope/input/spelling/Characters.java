package wscope.input.spelling;

/** Character classes. A text is read as bytes; all bytes above 0x7f count as letters. */
final class Characters {
  private static final byte[] HEX_VALUES = new byte[256];
  private static final boolean[] SEPARATORS = new boolean[256];

  static {
    for (int c = 0; c < 256; c++) {
      HEX_VALUES[c] = (byte) (c < 0x80 ? Character.digit(c, 16) : -1);
    }
    for (char c : " \t\r\n,;:|=<>{}[]()\"'`".toCharArray()) {
      SEPARATORS[c] = true;
    }
    // The two bytes of U+00A0, the no-break space of web pages.
    SEPARATORS[0xc2] = true;
    SEPARATORS[0xa0] = true;
  }

  private Characters() {}

  /** The value of a hex digit, or -1. */
  static int hexValue(byte c) {
    return HEX_VALUES[c & 0xff];
  }

  /** Whether a character separates words. */
  static boolean isSeparator(byte c) {
    return SEPARATORS[c & 0xff];
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(byte c) {
    int lower = c | 0x20;
    return c < 0 || (lower >= 'a' && lower <= 'z') || c == '_';
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }
}
