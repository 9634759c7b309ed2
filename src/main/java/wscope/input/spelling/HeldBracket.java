package wscope.input.spelling;

/**
 * Holds the characters after an opening bracket until they can be classified. A bracket that does
 * not close soon is a list.
 */
final class HeldBracket {
  private static final int LONGEST = 24;
  private static final int LONGEST_INDEX = 6;

  /** What a closed bracket contains. */
  enum Content {
    NOTHING,
    /** At least one word, as in {@code (byte)} and {@code (3 bytes)}. */
    WORDS,
    /** One short number, which may be an index or a count. */
    INDEX,
    /** Anything else. */
    LIST,
  }

  private final byte[] text = new byte[LONGEST];
  private int length;
  private long start;
  private int lastStart;
  private int lastEnd;

  boolean isOpen() {
    return length > 0;
  }

  boolean isFull() {
    return length == LONGEST;
  }

  void open(byte c, long offset) {
    start = offset;
    text[0] = c;
    length = 1;
  }

  void add(byte c) {
    text[length++] = c;
  }

  /** Closes the bracket and returns its length. Its characters can still be read. */
  int close() {
    int count = length;
    length = 0;
    return count;
  }

  byte character(int index) {
    return text[index];
  }

  /** The offset of the opening bracket. */
  long start() {
    return start;
  }

  /** Classifies a closed bracket. */
  Content content() {
    int words = 0;
    boolean hasWord = false;
    for (int at = 1; at < length; at++) {
      if (Characters.isSeparator(text[at])) {
        continue;
      }
      lastStart = at;
      while (!Characters.isSeparator(text[at])) {
        at++;
      }
      lastEnd = at;
      words++;
      hasWord |= lastEnd - lastStart > 1 && Words.isWord(text, lastStart, lastEnd, false);
    }
    if (words == 0) {
      return Content.NOTHING;
    }
    boolean index = words == 1 && lastEnd - lastStart <= LONGEST_INDEX;
    return hasWord ? Content.WORDS : index ? Content.INDEX : Content.LIST;
  }

  /** Copies the number that {@link #content} found and returns its length. */
  int copyIndex(byte[] into) {
    System.arraycopy(text, lastStart, into, 0, lastEnd - lastStart);
    return lastEnd - lastStart;
  }

  /** The offset of that number. */
  long indexStart() {
    return start + lastStart;
  }
}
