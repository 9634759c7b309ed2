package wscope.input.screen;

import wscope.input.find.Lines;

/**
 * Rows of a payload at the start of lines that continue another part of the text: the header of
 * their frame is in that part.
 *
 * <pre>
 *  4998  61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70
 * </pre>
 */
final class LostRows {
  private static final int OFFSET_WIDTH = 5;

  /** A connection and a time are shorter. */
  private static final int LONGEST_PREFIX = 40;

  private final Lines lines;
  private final Streams streams;

  LostRows(Lines lines, Streams streams) {
    this.lines = lines;
    this.streams = streams;
  }

  /** Claims two rows or more, and returns the index of the line after them. */
  int skip() {
    if (lines.count() == 0 || lines.number(0) == 1) {
      return 0;
    }
    long first = offset(0);
    int count = 0;
    while (first >= 0
        && count < lines.count()
        && offset(count) == first + (long) count * Cursor.BYTES_IN_A_ROW) {
      count++;
    }
    if (count < 2) {
      return 0;
    }
    for (int line = 0; line < count; line++) {
      streams.claim(Covers.of(lines, line, lines.start(line), null));
    }
    return count;
  }

  /** The offset of a row of a whole sixteen bytes; -1 if the line is not one. */
  private long offset(int line) {
    byte[] text = lines.text();
    int from = lines.start(line);
    int at = from;
    for (int i = from; i < Math.min(lines.end(line), from + LONGEST_PREFIX); i++) {
      at = (text[i] == '<' || text[i] == '>') && at == from ? i + 1 : at;
    }
    Cursor cursor = new Cursor(text, at, lines.end(line));
    cursor.spaces();
    int start = cursor.at();
    boolean padded = cursor.isAt("0");
    long offset = cursor.number();
    int digits = cursor.at() - start;
    boolean spaced = cursor.spaces() == (digits == OFFSET_WIDTH + 1 ? 1 : 2);
    boolean whole = cursor.hex(Cursor.BYTES_IN_A_ROW).length == Cursor.BYTES_IN_A_ROW;
    return spaced && whole && !padded ? offset : -1;
  }
}
