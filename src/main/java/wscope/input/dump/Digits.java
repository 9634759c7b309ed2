package wscope.input.dump;

/** The characters of numbers, and of the spaces and bars between them. */
final class Digits {
  private static final byte[] VALUES = new byte[256];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 10; i++) {
      VALUES['0' + i] = (byte) i;
    }
    for (int i = 0; i < 6; i++) {
      VALUES['a' + i] = (byte) (10 + i);
      VALUES['A' + i] = (byte) (10 + i);
    }
  }

  private Digits() {}

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
