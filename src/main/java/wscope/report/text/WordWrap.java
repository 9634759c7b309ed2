package wscope.report.text;

import java.io.ByteArrayOutputStream;

/** Wraps text that is too long for the width of a terminal. */
final class WordWrap {
  private WordWrap() {}

  /**
   * Breaks words at gaps, whose spaces are dropped at the break. What is longer than a line between
   * two wide gaps is broken at single spaces. A word that is longer than a line stays whole.
   *
   * @param words the words in UTF-8, with escape sequences for colours
   * @param breakable the number of bytes that may be broken; the rest is one word
   * @param gap the number of spaces between two words, at least
   * @param used the number of columns before the words, after the margin; negative if the words
   *     begin before the margin
   * @param room the number of columns in a line, after the margin
   * @param margin the bytes at the beginning of each further line
   * @return the same array if the words fit
   */
  static byte[] wrapped(byte[] words, int breakable, int gap, int used, int room, byte[] margin) {
    if (used + columns(words, 0, words.length) <= room) {
      return words;
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream(2 * words.length);
    int column = used;
    boolean begins = used == 0;
    int at = 0;
    while (at < words.length) {
      int start = at;
      while (start < breakable && words[start] == ' ') {
        start++;
      }
      int end = endOfWord(words, start, breakable, gap);
      int wide = columns(words, start, end);
      if (gap > 1 && wide > room) {
        end = endOfWord(words, start, breakable, 1);
        wide = columns(words, start, end);
      }
      if (!begins && column + start - at + wide > room) {
        lines.write('\n');
        lines.writeBytes(margin);
        column = 0;
        at = start;
      }
      lines.write(words, at, end - at);
      column += start - at + wide;
      begins = false;
      at = end;
    }
    return lines.toByteArray();
  }

  private static int endOfWord(byte[] words, int start, int breakable, int gap) {
    int spaces = 0;
    for (int i = start; i < breakable; i++) {
      spaces = words[i] == ' ' ? spaces + 1 : 0;
      if (spaces == gap) {
        return i + 1 - gap;
      }
    }
    return words.length;
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
