package wscope.input.spelling;

/** Distinguishes words, numbers and punctuation. */
final class Words {
  private static final int CLEARLY_LONG = 3;

  private Words() {}

  /**
   * Whether this is a word that cannot be a mistyped number: it begins with a letter and has one
   * that is not a hex digit. A word that has digits or follows bytes needs more.
   *
   * @param afterBytes whether numbers came before it on its line
   */
  static boolean isWord(byte[] text, int start, int end, boolean afterBytes) {
    int foreign = 0;
    boolean digits = false;
    for (int i = start; i < end; i++) {
      byte c = text[i];
      boolean letter = Characters.isLetter(c);
      foreign += letter && Characters.hexValue(c) < 0 ? 1 : 0;
      digits |= Characters.isDigit(c);
      if (!letter && (i == start || !(Characters.isDigit(c) || isInnerPunctuation(c)))) {
        return false;
      }
    }
    boolean clear = foreign >= 2 || (foreign == 1 && !digits);
    return clear && (end - start >= CLEARLY_LONG || !(afterBytes || digits));
  }

  /** Whether the word starts with {@code expected}. */
  static boolean starts(byte[] text, int count, String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (i >= count || text[i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the first {@code count} characters are all digits. */
  static boolean isCount(byte[] text, int count) {
    for (int i = 0; i < count; i++) {
      if (!Characters.isDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the last characters are {@code ...} or U+2026. */
  static boolean endsWithEllipsis(byte[] text, int count) {
    if (count < 3) {
      return false;
    }
    int last =
        (text[count - 3] & 0xff) << 16 | (text[count - 2] & 0xff) << 8 | (text[count - 1] & 0xff);
    return last == 0x2e2e2e || last == 0xe280a6;
  }

  private static boolean isInnerPunctuation(byte c) {
    return c == '.' || c == '-' || c == '!' || c == '?' || c == '/';
  }
}
