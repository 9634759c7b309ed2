package wscope.input;

/**
 * The spelling of a text, found from its beginning: hex if every word has an even number of hex
 * digits or begins with 0x, decimal if every word is a number from 0 to 255 written without leading
 * zeros, as {@code 129 131 61 84}. What fits both, such as {@code 81 10}, is taken for hex.
 *
 * @param spelling that fits, or that fits longest
 * @param alsoDecimal whether the text could just as well be decimal
 */
public record Guess(Spelling spelling, boolean alsoDecimal) {

  /**
   * Looks at the beginning of a text.
   *
   * @param complete whether this is the whole text; else its last word does not count
   */
  static Guess of(byte[] text, int length, boolean complete) {
    int hexWords = 0;
    int decimalWords = 0;
    boolean hex = true;
    boolean decimal = true;
    int start = skipSeparators(text, 0, length);
    while (start < length && (hex || decimal)) {
      int end = endOfWord(text, start, length);
      if (end < length || complete) {
        hex &= isHex(text, start, end);
        decimal &= isDecimal(text, start, end);
        hexWords += hex ? 1 : 0;
        decimalWords += decimal ? 1 : 0;
      }
      start = skipSeparators(text, end, length);
    }
    boolean hexFits = hex || hexWords >= decimalWords;
    return new Guess(hexFits ? Spelling.HEX : Spelling.DECIMAL, hex && decimal && hexWords > 0);
  }

  private static boolean isHex(byte[] text, int start, int end) {
    boolean prefixed = end - start > 2 && text[start] == '0' && (text[start + 1] | 0x20) == 'x';
    int first = prefixed ? start + 2 : start;
    for (int at = first; at < end; at++) {
      if (Character.digit(text[at], 16) < 0) {
        return false;
      }
    }
    return (end - first) % 2 == 0 || (prefixed && end - first == 1);
  }

  private static boolean isDecimal(byte[] text, int start, int end) {
    int value = 0;
    for (int at = start; at < end; at++) {
      if (text[at] < '0' || text[at] > '9' || end - start > 3) {
        return false;
      }
      value = 10 * value + text[at] - '0';
    }
    return value <= 255 && (text[start] != '0' || end - start == 1);
  }

  private static int skipSeparators(byte[] text, int from, int length) {
    int at = from;
    while (at < length && Spelling.isSeparator(text[at])) {
      at++;
    }
    return at;
  }

  private static int endOfWord(byte[] text, int from, int length) {
    int at = from;
    while (at < length && !Spelling.isSeparator(text[at])) {
      at++;
    }
    return at;
  }
}
