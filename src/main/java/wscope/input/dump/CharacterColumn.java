package wscope.input.dump;

/**
 * The column that shows the bytes of a row as characters: {@code ..7.!=.. MQX....}, {@code
 * |..7.!=..|}, {@code >..7.<}. Bytes that are not printable are shown by a placeholder.
 */
final class CharacterColumn {
  private static final int MIDDLE = 8;

  /** Empty columns may stand before the characters. */
  private static final int MOST_BARS = 4;

  /** Spaces at the end of a line may have been lost. */
  private static final int LOST_SPACES = 16;

  /** What a column says of the bytes. */
  enum State {
    /** There is no column. */
    NONE,
    /** It shows the same bytes. */
    SAME,
    /** It shows something else. */
    OTHER
  }

  private CharacterColumn() {}

  /** Compares the text after the bytes of a row with the first {@code count} bytes. */
  static State compare(byte[] text, int from, int end, byte[] bytes, int count) {
    int first = from;
    while (first < end && (Digits.isBlank(text[first]) || text[first] == '\r')) {
      first++;
    }
    if (first == end) {
      return State.NONE;
    }
    int length = end - first;
    if (count == 0 || length < count - LOST_SPACES || isLonger(text, first, end, 4 * count)) {
      return State.OTHER;
    }
    return matches(text, from, first, end, bytes, count) ? State.SAME : State.OTHER;
  }

  /** Whether there are clearly more characters than bytes. Empty columns may stand before them. */
  private static boolean isLonger(byte[] text, int from, int end, int most) {
    int spaces = 0;
    for (int i = from; i < end && i - from - spaces <= most + 2 * LOST_SPACES; i++) {
      spaces += Digits.isBlank(text[i]) ? 1 : 0;
    }
    return end - from - spaces > most + 2 * LOST_SPACES;
  }

  private static boolean matches(
      byte[] text, int from, int first, int end, byte[] bytes, int count) {
    int lead = 0;
    while (lead < count && bytes[lead] == ' ' && first - lead - 1 > from) {
      lead++;
    }
    if (both(text, first - lead, end, bytes, count) || both(text, first, end, bytes, count)) {
      return first > from;
    }
    int at = first;
    for (int i = 0; i < MOST_BARS && at < end; i++) {
      int bar = Digits.bar(text, at, end);
      int open = bar > 0 ? bar : isOpening(text[at]) ? 1 : 0;
      if (open == 0) {
        return false;
      }
      int inside = at + open;
      boolean spaced = inside < end && text[inside] == ' ';
      if (both(text, inside, end, bytes, count)
          || (spaced && both(text, inside + 1, end, bytes, count))) {
        return true;
      }
      at = inside;
      while (at < end && Digits.isBlank(text[at])) {
        at++;
      }
      boolean dashed = text[at - 1] != '-' && at > inside && text[inside - 1] == '-';
      if (dashed && both(text, at, end, bytes, count)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpening(byte c) {
    return c == '>' || c == '-' || c == '#' || c == ':' || c == '[' || c == '"' || c == '*'
        || c == '\'' || c == '(';
  }

  private static boolean both(byte[] text, int from, int end, byte[] bytes, int count) {
    return matches(text, from, end, bytes, count, false)
        || (count > MIDDLE && matches(text, from, end, bytes, count, true));
  }

  /**
   * @param divided whether a space or a bar stands after each eight characters
   */
  private static boolean matches(
      byte[] text, int from, int end, byte[] bytes, int count, boolean divided) {
    int at = from;
    for (int i = 0; i < count; i++) {
      if (divided && i > 0 && i % MIDDLE == 0 && at < end) {
        int bar = Digits.bar(text, at, end);
        at += bar > 0 ? bar : text[at] == ' ' ? 1 : 0;
      }
      if (at >= end) {
        return onlySpaces(bytes, i, count) && i > 0;
      }
      int length = length(text, at, end);
      if (!shows(bytes[i], text, at, length)) {
        return false;
      }
      at += length;
    }
    return isEnd(text, at, end);
  }

  private static boolean onlySpaces(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  private static boolean isEnd(byte[] text, int from, int end) {
    int at = from;
    while (at < end) {
      int bar = Digits.bar(text, at, end);
      byte c = text[at];
      boolean closes = c == '<' || c == '*' || c == '"' || c == ']' || c == '\'' || c == ')';
      if (bar == 0 && !Digits.isBlank(c) && c != '\r' && !closes) {
        return false;
      }
      at += Math.max(1, bar);
    }
    return true;
  }

  /** The length of the UTF-8 character here; 1 for a byte that is not one. */
  private static int length(byte[] text, int at, int end) {
    int c = text[at] & 0xff;
    int length = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 1;
    for (int i = 1; i < length; i++) {
      if (at + i >= end || (text[at + i] & 0xc0) != 0x80) {
        return 1;
      }
    }
    return length;
  }

  private static boolean shows(byte value, byte[] text, int at, int length) {
    byte c = text[at];
    boolean printable = value > ' ' && value < 0x7f;
    if (printable) {
      return c == value;
    }
    if (value == ' ') {
      return c == ' ' || c == '.' || c == '_' || length > 1;
    }
    return c < 0
        || length > 1
        || c == '.'
        || c == ' '
        || c == '_'
        || c == '?'
        || c == '~'
        || c == value
        || (value == 0 && c == '0');
  }
}
