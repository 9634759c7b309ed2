package wscope.input.head;

import java.nio.charset.StandardCharsets;

/** Characters of ASCII in a text of bytes. */
final class Chars {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (int c = 0; c < TOKEN.length; c++) {
      TOKEN[c] = isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0;
    }
  }

  private Chars() {}

  static boolean isSpace(int c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'z';
  }

  static boolean isAlphanumeric(int c) {
    return isDigit(c) || isLetter(c);
  }

  static boolean isHex(int c) {
    return Character.digit(c, 16) >= 0;
  }

  /** Whether a byte may occur in the name of a header field (RFC 9110 §5.6.2). */
  static boolean isToken(byte c) {
    return TOKEN[c & 0xff];
  }

  static int lower(int c) {
    return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
  }

  /** The first index that has neither a space nor a tab. */
  static int skipSpaces(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isSpace(text[at])) {
      at++;
    }
    return at;
  }

  /** The index after the last character that is not white space. */
  static int trim(byte[] text, int from, int to) {
    int at = to;
    while (at > from && isSpace(text[at - 1])) {
      at--;
    }
    return at;
  }

  /** Whether the text has these characters at an index. Letters of either case are equal. */
  static boolean isAt(byte[] text, int at, int to, String lowerCase) {
    if (to - at < lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (lower(text[at + i]) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a part of the text has exactly these bytes at its end. */
  static boolean endsWith(byte[] text, int from, int to, String mark) {
    int at = to - mark.length();
    if (at < from) {
      return false;
    }
    for (int i = 0; i < mark.length(); i++) {
      if ((text[at + i] & 0xff) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A part of the text as a string of one character for each byte. */
  static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
