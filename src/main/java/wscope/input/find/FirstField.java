package wscope.input.find;

/** Whether a line may be a header field, or what developer tools show of a head. */
final class FirstField {
  /** The first two letters of what is not a field, in lower case. */
  private static final String[] LABELS = {"re", "st", "ge"};

  /** Marks before a label are not longer. */
  private static final int LONGEST_MARK = 8;

  private static final int LONGEST_NAME = 128;

  private FirstField() {}

  static boolean may(byte[] text, int from, int to) {
    int at = skipSpaces(text, from, to);
    if (to - at < 2) {
      return false;
    }
    byte c = text[at];
    if (isLetter(c)) {
      return isLabel(text, at) || isName(text, at, to);
    }
    return c == ':' || ((c < '0' || c > '9') && isMark(text, at, to));
  }

  private static boolean isLabel(byte[] text, int at) {
    for (String label : LABELS) {
      if ((text[at] | 0x20) == label.charAt(0) && (text[at + 1] | 0x20) == label.charAt(1)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a colon follows a word, perhaps after spaces. */
  private static boolean isName(byte[] text, int from, int to) {
    int most = Math.min(to, from + LONGEST_NAME);
    int at = from;
    while (at < most && text[at] > ' ' && text[at] != ':') {
      at++;
    }
    at = skipSpaces(text, at, to);
    return at < to && text[at] == ':';
  }

  /** Whether the r of a request or a response follows a mark. */
  private static boolean isMark(byte[] text, int from, int to) {
    for (int i = from; i < Math.min(to, from + LONGEST_MARK); i++) {
      if ((text[i] | 0x20) == 'r') {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(byte c) {
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
  }

  private static int skipSpaces(byte[] text, int from, int to) {
    int at = from;
    while (at < to && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) {
      at++;
    }
    return at;
  }
}
