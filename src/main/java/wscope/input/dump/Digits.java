package wscope.input.dump;

import java.util.Arrays;

/** The characters of numbers, and of the spaces and bars between them. */
final class Digits {
  private static final byte[] VALUES = new byte[256];

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 10; i++) {
      VALUES['0' + i] = (byte) i;
    }
    for (int i = 0; i < 6; i++) {
      VALUES['a' + i] = (byte) (10 + i);
      VALUES['A' + i] = (byte) (10 + i);
    }
  }

  private static final byte BEGINS_NUMBER = 1;
  private static final byte ENDS_WORD = 2;
  private static final byte[] ROLES = new byte[256];

  static {
    for (int i = 0; i < 256; i++) {
      ROLES[i] = VALUES[i] >= 0 || "[-:<'".indexOf(i) >= 0 ? BEGINS_NUMBER : 0;
    }
    ROLES[' '] = ENDS_WORD;
    ROLES['\t'] = ENDS_WORD;
    ROLES['|'] = ENDS_WORD;
    ROLES[0xe2] = ENDS_WORD;
  }

  private Digits() {}

  /** Whether a number of a dump, or punctuation around one, may begin with this character. */
  static boolean beginsNumber(byte c) {
    return ROLES[c & 0xff] == BEGINS_NUMBER;
  }

  /** Whether this character is a space or a bar, or may be the first byte of a bar. */
  static boolean endsWord(byte c) {
    return ROLES[c & 0xff] == ENDS_WORD;
  }

  /** The value of a hex digit, or -1. */
  static int hex(byte c) {
    return VALUES[c & 0xff];
  }

  static boolean isDecimal(byte c) {
    return c >= '0' && c <= '9';
  }

  static boolean isBlank(byte c) {
    return c == ' ' || c == '\t';
  }

  /** Whether {@code 0x} stands here. */
  static boolean isPrefix(byte[] text, int from, int to) {
    return to - from > 2 && text[from] == '0' && (text[from + 1] == 'x' || text[from + 1] == 'X');
  }

  /** Whether all characters are hex digits; false if there are none. */
  static boolean areHex(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (hex(text[i]) < 0) {
        return false;
      }
    }
    return to > from;
  }

  /**
   * The length of a vertical bar: 1 for {@code |}, 3 for a vertical line of box drawing, 0 if there
   * is none.
   */
  static int bar(byte[] text, int at, int end) {
    if (text[at] == '|') {
      return 1;
    }
    boolean box =
        text[at] == (byte) 0xe2
            && end - at >= 3
            && (text[at + 1] == (byte) 0x94 || text[at + 1] == (byte) 0x95);
    return box ? 3 : 0;
  }

  /** Whether nothing but white space stands here. */
  static boolean areBlank(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isBlank(text[i]) && text[i] != '\r') {
        return false;
      }
    }
    return true;
  }
}
