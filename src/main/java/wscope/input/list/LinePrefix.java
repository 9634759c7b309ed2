package wscope.input.list;

import wscope.input.find.Lines;

/** The prefix that a logger writes before each line of a list, such as {@code web_1 | }. */
final class LinePrefix {
  private static final int LONGEST = 128;

  private final Lines lines;
  private int start;
  private int end;

  LinePrefix(Lines lines) {
    this.lines = lines;
  }

  /** Begins a list, whose bracket stands before an index. */
  void begin(int line, int bracket) {
    start = lines.start(line);
    end = Math.min(bracket, start + LONGEST);
  }

  /**
   * Where a later line of the list begins, after the prefix that it has in common with the first.
   */
  int skip(int line) {
    byte[] text = lines.text();
    int from = lines.start(line);
    int to = lines.end(line);
    int at = from;
    int i = start;
    int skipped = from;
    while (i < end && at < to && isAlike(text[i], text[at])) {
      boolean mark = text[at] == '|' || text[at] == '>' || text[at] == ':' || text[at] == ']';
      i++;
      at++;
      if (mark && at < to && text[at] == ' ') {
        skipped = at;
      }
    }
    return skipped;
  }

  private static boolean isAlike(byte a, byte b) {
    return a == b || (Characters.isDigit(a) && Characters.isDigit(b));
  }
}
