package wscope.input.head;

/** Recognizes the column of characters of a dump, which is not a head: bytes stand before it. */
final class DumpRow {
  /** As many groups of digits are a row of bytes. */
  private static final int GROUPS = 4;

  /** A group with as many digits is a row of bytes. */
  private static final int LONG_GROUP = 12;

  /** So many characters may mark the column of characters. */
  private static final int MARK = 4;

  private DumpRow() {}

  /** Whether bytes as digits end just before an index. */
  static boolean isBefore(byte[] text, int start, int index) {
    int at = index;
    int least = Math.max(start, index - MARK);
    while (at > least && !Chars.isSpace(text[at - 1])) {
      at--;
    }
    at = Chars.trim(text, start, at);
    if (at > start && !Chars.isAlphanumeric(text[at - 1])) {
      at--;
    }
    int groups = 0;
    while (groups < GROUPS) {
      at = Chars.trim(text, start, at);
      int end = at;
      least = Math.max(start, end - LONG_GROUP);
      while (at > least && Chars.isHex(text[at - 1])) {
        at--;
      }
      if (end - at >= LONG_GROUP) {
        return true;
      }
      if (end - at < 2) {
        return false;
      }
      groups++;
    }
    return true;
  }
}
