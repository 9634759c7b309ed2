package wscope.input.dump;

import java.io.ByteArrayOutputStream;

/**
 * The row of a dump as characters, after its offset: cells of four columns with the octal value, an
 * escape or the character itself at their right, as {@code od -c} and {@code hexdump -c} print
 * them: {@code 0000000 201 005 H e l l o}.
 */
final class CharacterRow {
  private static final int WIDTH = 4;
  private static final String ESCAPES = "0abtnvfr\\";
  private static final byte[] VALUES = {0, 7, 8, 9, 10, 11, 12, 13, '\\'};

  private CharacterRow() {}

  /** Whether the text after an offset is such a row. */
  static boolean fits(byte[] text, int from, int end) {
    int to = trim(text, from, end);
    if (to - from < WIDTH) {
      return false;
    }
    for (int i = from; i < to; i += WIDTH) {
      if (value(text, i, to) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of a row that fits. */
  static byte[] read(byte[] text, int from, int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int to = trim(text, from, end);
    for (int i = from; i < to; i += WIDTH) {
      bytes.write(value(text, i, to));
    }
    return bytes.toByteArray();
  }

  /** Where the last cell ends. */
  static int trim(byte[] text, int from, int end) {
    int to = end;
    while (to > from && (Digits.isBlank(text[to - 1]) || text[to - 1] == '\r')) {
      to--;
    }
    return Math.min(end, from + (to - from + WIDTH - 1) / WIDTH * WIDTH);
  }

  /** The value of a cell; -1 if it is not one. */
  private static int value(byte[] text, int at, int end) {
    if (end - at < WIDTH || text[at] != ' ') {
      return -1;
    }
    byte a = text[at + 1];
    byte b = text[at + 2];
    byte c = text[at + 3];
    if (a == ' ' && b == ' ') {
      return c >= ' ' && c < 0x7f ? c : -1;
    }
    if (a == ' ' && b == '\\') {
      int escape = ESCAPES.indexOf(c);
      return escape < 0 ? -1 : VALUES[escape];
    }
    boolean octal = a >= '0' && a <= '3' && isOctal(b) && isOctal(c);
    return octal ? (a - '0') << 6 | (b - '0') << 3 | (c - '0') : -1;
  }

  private static boolean isOctal(byte c) {
    return c >= '0' && c <= '7';
  }
}
