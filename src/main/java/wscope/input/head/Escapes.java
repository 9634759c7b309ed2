package wscope.input.head;

/**
 * The escapes of string literals, by a letter, in hexadecimal, octal, or as in Java: {@code \x0d}.
 */
final class Escapes {
  private static final String SIMPLE = "rntabfve0";
  private static final String VALUES = "\r\n\t\u0007\b\f\u000b\u001b\0";
  private static final String[] LINE_ENDS = {
    "\\r", "\\n", "\\x0d", "\\x0a", "\\u000d", "\\u000a", "\\015", "\\012"
  };

  /** What {@link #decode} returns for an escape that stands for more than a byte. */
  static final long INVALID = -1;

  private Escapes() {}

  /** Whether an escape for CR or LF begins at an index. */
  static boolean isLineEnd(byte[] text, int at, int to) {
    if (text[at] != '\\') {
      return false;
    }
    for (String escape : LINE_ENDS) {
      if (Chars.isAt(text, at, to, escape)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Decodes the escape at an index.
   *
   * @return the index after it, times 256, plus the byte; or {@link #INVALID}
   */
  static long decode(byte[] text, int at, int to) {
    if (at + 1 >= to) {
      return result(at + 1, text[at]);
    }
    byte c = text[at + 1];
    if (c == 'x' && at + 2 < to && Chars.isHex(text[at + 2])) {
      return number(text, at + 2, Math.min(to, at + 4), 16);
    }
    if (c >= '0' && c <= '7') {
      return number(text, at + 1, Math.min(to, at + 4), 8);
    }
    if (c == 'u' && at + 2 < to) {
      return unicode(text, at + 2, to);
    }
    int simple = SIMPLE.indexOf(c);
    return result(at + 2, simple >= 0 ? VALUES.charAt(simple) : c);
  }

  private static long unicode(byte[] text, int from, int to) {
    if (text[from] != '{') {
      return number(text, from, Math.min(to, from + 4), 16);
    }
    long found = number(text, from + 1, Math.min(to, from + 7), 16);
    int end = (int) (found >> 8);
    return found != INVALID && end < to && text[end] == '}' ? found + 256 : INVALID;
  }

  private static long number(byte[] text, int from, int to, int radix) {
    int value = 0;
    int at = from;
    while (at < to && Character.digit(text[at], radix) >= 0) {
      value = radix * value + Character.digit(text[at], radix);
      at++;
    }
    return at == from || value > 0xff ? INVALID : result(at, value);
  }

  private static long result(int next, int value) {
    return ((long) next << 8) | (value & 0xff);
  }
}
