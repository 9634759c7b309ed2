package wscope.protocol.handshake;

/** The character classes of HTTP (RFC 9110 §5.6), for single bytes. */
public final class Ascii {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private Ascii() {}

  /** Whether a character may occur in a token: {@code tchar}. */
  static boolean isToken(int c) {
    return isLetter(c) || isDigit(c) || (c > 0 && TOKEN_MARKS.indexOf(c) >= 0);
  }

  /** Whether a whole string is a token. */
  public static boolean isToken(String text) {
    return !text.isEmpty() && text.chars().allMatch(Ascii::isToken);
  }

  /**
   * Whether a character may occur in a field value. Space, tab, visible characters and bytes above
   * 7f may.
   */
  static boolean isFieldValue(int c) {
    return c == '\t' || (c >= ' ' && c != 0x7f);
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isSpaceOrTab(int c) {
    return c == ' ' || c == '\t';
  }

  /** Formats a character for an error message: a visible one as itself, any other as its code. */
  static String show(char c) {
    return c > ' ' && c < 0x7f ? "'" + c + "'" : "byte " + hex(c);
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return digits.length() < 2 ? "0" + digits : digits;
  }
}
