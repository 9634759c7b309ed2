package wscope.input.spelling;

/** Shows the line of an invalid character. */
final class Excerpts {
  private static final int SIDE = 34;
  private static final String CUT = "...";

  private Excerpts() {}

  /**
   * Finds the line and column of an error whose offset is an index of the text.
   *
   * @param from where a line begins, or a part of it
   * @param to where the known text ends
   * @param line number of the line at {@code from}
   * @param before the number of characters before {@code from} in its line
   */
  static InvalidSpelling locate(
      SpellingError error,
      Spelling spelling,
      byte[] text,
      int from,
      int to,
      long line,
      long before) {
    int index = (int) Math.max(from, Math.min(to, error.offset()));
    int start = from;
    long number = line;
    for (int i = from; i < index; i++) {
      if (text[i] == '\n') {
        start = i + 1;
        number++;
      }
    }
    long hidden = start == from ? before : 0;
    long column = 1 + hidden + characters(text, start, index);
    StringBuilder excerpt = new StringBuilder();
    int shownFrom = back(text, start, index);
    excerpt.append(shownFrom > start || hidden > 0 ? CUT : "");
    show(text, shownFrom, index, excerpt);
    int mark = excerpt.length();
    int end = lineEnd(text, index, to);
    int shownTo = forward(text, index, end);
    show(text, index, shownTo, excerpt);
    excerpt.append(shownTo < end ? CUT : "");
    return new InvalidSpelling(spelling, error, number, column, excerpt.toString(), mark);
  }

  /** How many characters of UTF-8 begin between two indices. */
  static long characters(byte[] text, int from, int to) {
    long count = 0;
    for (int i = from; i < to; i++) {
      count += isContinuation(text[i]) ? 0 : 1;
    }
    return count;
  }

  private static int back(byte[] text, int start, int index) {
    int at = index;
    for (int shown = 0; at > start && shown < SIDE; shown += isContinuation(text[at]) ? 0 : 1) {
      at--;
    }
    return at;
  }

  private static int forward(byte[] text, int index, int end) {
    int at = index;
    for (int shown = 0; at < end; at++) {
      shown += isContinuation(text[at]) ? 0 : 1;
      if (shown > SIDE) {
        break;
      }
    }
    return at;
  }

  private static int lineEnd(byte[] text, int from, int to) {
    int end = from;
    while (end < to && text[end] != '\n') {
      end++;
    }
    while (end > from && Characters.isBlank(text[end - 1])) {
      end--;
    }
    return end;
  }

  private static void show(byte[] text, int from, int to, StringBuilder excerpt) {
    for (int i = from; i < to; i++) {
      byte c = text[i];
      if (c >= ' ' && c < 0x7f) {
        excerpt.append((char) c);
      } else if (!isContinuation(c)) {
        excerpt.append(c == '\t' ? ' ' : '.');
      }
    }
  }

  private static boolean isContinuation(byte c) {
    return (c & 0xc0) == 0x80;
  }
}
