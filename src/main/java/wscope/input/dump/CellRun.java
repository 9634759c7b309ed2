package wscope.input.dump;

/** Words of a line that may be bytes, with the offset before them. A scanner uses it again. */
final class CellRun {
  static final int MOST_CELLS = 1024;

  final int[] from = new int[MOST_CELLS];
  final int[] to = new int[MOST_CELLS];
  int cells;
  int digits;
  boolean tooLong;
  int start;
  int offsetFrom;
  int offsetTo;
  int afterOffset;
  boolean marked;
  boolean colon;
  int quotedTo;

  void reset() {
    cells = 0;
    digits = 0;
    tooLong = false;
    start = -1;
    offsetFrom = -1;
    offsetTo = -1;
    afterOffset = -1;
    marked = false;
    colon = false;
    quotedTo = -1;
  }

  void add(int cellFrom, int cellTo) {
    if (cells == MOST_CELLS) {
      tooLong = true;
      return;
    }
    if (start < 0) {
      start = cellFrom;
    }
    from[cells] = cellFrom;
    to[cells++] = cellTo;
    digits += cellTo - cellFrom;
  }

  void offset(int wordFrom, int digitsFrom, int digitsTo, int after, boolean hasColon) {
    start = wordFrom;
    offsetFrom = digitsFrom;
    offsetTo = digitsTo;
    afterOffset = after;
    marked = true;
    colon = hasColon;
  }

  /** Takes the first cell for the offset. */
  void shift(byte[] text, int after, boolean punctuated, boolean hasColon) {
    boolean prefixed = Digits.isPrefix(text, from[0], to[0]);
    offset(from[0], from[0] + (prefixed ? 2 : 0), to[0], after, hasColon);
    marked = punctuated || prefixed;
    digits -= to[0] - from[0];
    cells--;
    System.arraycopy(from, 1, from, 0, cells);
    System.arraycopy(to, 1, to, 0, cells);
  }
}
