package wscope.report.text;

import java.io.ByteArrayOutputStream;

/** Wraps text that is too long for the width of a terminal. */
final class WordWrap {
  /**
   * The least number of columns for wrapping. With fewer, lines broken by the terminal are easier
   * to read.
   */
  private static final int NARROWEST = 20;

  private WordWrap() {}

  /**
   * Breaks words at spaces, which are dropped at the break. A word that is longer than a line stays
   * whole.
   *
   * @param words the words in UTF-8, with escape sequences for colours
   * @param used the number of columns before the words, after the margin
   * @param room the number of columns in a line, after the margin
   * @param margin the bytes at the beginning of each further line
   * @return the same array if the words fit, or if the room is too narrow
   */
  static byte[] wrapped(byte[] words, int used, int room, byte[] margin) {
    if (room < NARROWEST || used + columns(words, 0, words.length) <= room) {
      return words;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * words.length);
    int column = used;
    int at = 0;
    while (at < words.length) {
      int start = at;
      while (start < words.length && words[start] == ' ') {
        start++;
      }
      int end = start;
      while (end < words.length && words[end] != ' ') {
        end++;
      }
      int wide = columns(words, start, end);
      if (column > 0 && column + start - at + wide > room) {
        lines.write('\n');
        lines.writeBytes(margin);
        column = 0;
        at = start;
      }
      lines.write(words, at, end - at);
      column += start - at + wide;
      at = end;
    }
    return lines.toByteArray();
  }

  /**
   * The number of columns that the bytes occupy: one for each character, none for escape sequences.
   */
  private static int columns(byte[] text, int from, int to) {
    int columns = 0;
    boolean escaped = false;
    for (int i = from; i < to; i++) {
      if (text[i] == 0x1b) {
        escaped = true;
      } else if (escaped) {
        escaped = text[i] != 'm';
      } else if ((text[i] & 0xc0) != 0x80) {
        columns++;
      }
    }
    return columns;
  }
}
