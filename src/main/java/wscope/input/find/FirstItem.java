package wscope.input.find;

/** Whether a list of numbers may begin after a bracket, or with a mark. */
final class FirstItem {
  /** With what the first item of a list may begin. */
  private static final boolean[] ITEMS = new boolean[256];

  private static final String AFTER_QUOTE = "-$#&\\";

  static {
    for (int c = 0; c < 0x80; c++) {
      ITEMS[c] = Character.digit(c, 16) >= 0 || "-$&#'\"(/[BiU".indexOf(c) >= 0;
    }
  }

  private FirstItem() {}

  /** Whether two items, or the name of one, may follow a bracket. */
  static boolean mayFollow(byte[] text, int bracket, int to) {
    boolean bar = bracket + 1 < to && text[bracket] == '[' && text[bracket + 1] == '|';
    int at = skipWhite(text, bracket + (bar ? 2 : 1), to);
    if (at == to) {
      return true;
    }
    byte c = text[at];
    if (isNamed(text, bracket + 1, to)) {
      return true;
    }
    if (!ITEMS[c & 0xff]) {
      return false;
    }
    if (c == '"' || c == '\'') {
      return at + 1 == to
          || FirstWords.hex(text[at + 1]) >= 0
          || AFTER_QUOTE.indexOf(text[at + 1]) >= 0
          || (c == '\'' && at + 2 < to && text[at + 2] == c);
    }
    return !isAlphanumeric(c) || word(text, at, to, text[bracket]);
  }

  /** Whether {@code size=}, {@code hex=} or {@code length} may follow. */
  private static boolean isNamed(byte[] text, int at, int to) {
    if (at + 1 >= to) {
      return false;
    }
    byte c = text[at];
    return (c == 's' && text[at + 1] == 'i') || ((c == 'h' || c == 'l') && text[at + 1] == 'e');
  }

  /** Whether a word may be an item that is not the only one. */
  private static boolean word(byte[] text, int from, int to, byte bracket) {
    int end = skipWord(text, from, to);
    if (end == to || text[end] == '(') {
      return true;
    }
    boolean digit = text[from] <= '9';
    if (!digit && !isHex(text, from, end)) {
      return false;
    }
    byte next = text[end];
    if (next == '.' || next == '/') {
      byte after = end + 1 < to ? text[end + 1] : 0;
      return after == 't' || after == next || after == '*';
    }
    if (isCloser(bracket, next)) {
      return false;
    }
    int second = end;
    while (second < to && (isWhite(text[second]) || text[second] == ',' || text[second] == ';')) {
      second++;
    }
    if (second == end || second == to) {
      return true;
    }
    boolean letter = isAlphanumeric(text[second]) && text[second] > '9';
    int secondEnd = skipWord(text, second, to);
    return !letter || (secondEnd < to && text[secondEnd] == '(') || isHex(text, second, secondEnd);
  }

  /** Whether digits are hex, perhaps with an h after them. */
  private static boolean isHex(byte[] text, int from, int end) {
    for (int i = from; i < end; i++) {
      boolean suffix = i == end - 1 && (text[i] | 0x20) == 'h';
      if (FirstWords.hex(text[i]) < 0 && !suffix) {
        return false;
      }
    }
    return true;
  }

  private static boolean isCloser(byte bracket, byte c) {
    return c == (bracket == '[' ? ']' : bracket == '{' ? '}' : ')');
  }

  /** Whether a marked number whose digits begin at an index may have another one after it. */
  static boolean mayGoOn(byte[] text, int digits, int to) {
    int end = skipWord(text, digits, to);
    return end == to || isWhite(text[end]) || ",+$#&(".indexOf(text[end]) >= 0;
  }

  private static int skipWord(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (isAlphanumeric(text[at]) || text[at] == '_')) {
      at++;
    }
    return at;
  }

  private static int skipWhite(byte[] text, int from, int to) {
    int at = from;
    while (at < to && isWhite(text[at])) {
      at++;
    }
    return at;
  }

  private static boolean isWhite(byte c) {
    return c == ' ' || c == '\t' || c == '\r';
  }

  private static boolean isAlphanumeric(byte c) {
    return c >= 0 && FirstWords.KINDS[c] >= 0;
  }
}
