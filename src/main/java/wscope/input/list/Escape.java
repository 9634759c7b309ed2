package wscope.input.list;

/**
 * Reads one escape after its backslash: {@code x81}, {@code u0081}, <code>u{81}</code>, {@code
 * U00000081}, octal {@code 201} or decimal {@code 129}, {@code n}, or a name as in {@code STX}.
 */
final class Escape {
  /** No bytes: a line that continues, or what Haskell writes between a number and a digit. */
  static final int NOTHING = -1;

  /** Not an escape: the backslash stands for itself. */
  static final int NONE = -2;

  /** Of C0; in Haskell, DEL is 127. */
  private static final String[] NAMES = {
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR",
    "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
    "FS", "GS", "RS", "US", "SP"
  };

  private static final String LETTERS = "abfnrtvez";
  private static final String CONTROLS = "\u0007\b\f\n\r\t\u000b\u001b\u0000";
  private static final int LONGEST_NUMBER = 3;

  private int value;
  private int end;
  private boolean character;
  private boolean numeric;

  /** A byte, the code of a character, {@link #NOTHING} or {@link #NONE}. */
  int value() {
    return value;
  }

  /** The index after the escape. */
  int end() {
    return end;
  }

  /** Whether the value is the code of a character, which may be one byte or several in UTF-8. */
  boolean isCharacter() {
    return character;
  }

  /** Whether it is written as a number, so that it may be any byte. */
  boolean isNumeric() {
    return numeric;
  }

  /**
   * Reads an escape.
   *
   * @param at index after the backslash
   * @param decimal whether numbers are decimal, as in Lua and Haskell, and not octal
   */
  void read(byte[] text, int at, int to, boolean decimal) {
    value = NONE;
    end = at;
    character = false;
    numeric = false;
    if (at >= to) {
      value = NOTHING;
      return;
    }
    byte c = text[at];
    if (c == 'x') {
      number(text, at + 1, Math.min(to, at + 3), 16);
    } else if (c == 'u' || c == 'U') {
      character(text, at + 1, to, c == 'u' ? 4 : 8);
    } else if (Characters.isDigit(c)) {
      number(text, at, Math.min(to, at + LONGEST_NUMBER), decimal ? 10 : 8);
    } else if (c >= 'A' && c <= 'Z') {
      name(text, at, to);
    } else {
      control(c, at);
    }
  }

  private void number(byte[] text, int from, int to, int base) {
    int at = from;
    int number = 0;
    while (at < to) {
      int digit = Characters.hex(text[at]);
      if (digit < 0 || digit >= base || number * base + digit > 255) {
        break;
      }
      number = number * base + digit;
      at++;
    }
    if (at > from) {
      value = number;
      end = at;
      numeric = true;
    }
  }

  private void character(byte[] text, int from, int to, int digits) {
    boolean braces = from < to && text[from] == '{';
    int start = braces ? from + 1 : from;
    int last = Characters.skipHex(text, start, Math.min(to, start + (braces ? 6 : digits)));
    boolean valid =
        braces ? last > start && last < to && text[last] == '}' : last - start == digits;
    if (!valid) {
      return;
    }
    int code = 0;
    for (int i = start; i < last; i++) {
      code = code << 4 | Characters.hex(text[i]);
    }
    if (code >= 0 && code <= Character.MAX_CODE_POINT) {
      value = code;
      end = braces ? last + 1 : last;
      character = true;
      numeric = true;
    }
  }

  private void name(byte[] text, int at, int to) {
    int length = 0;
    for (int code = 0; code < NAMES.length; code++) {
      if (NAMES[code].length() > length && Characters.isAt(text, at, to, NAMES[code])) {
        length = NAMES[code].length();
        value = code;
      }
    }
    if (Characters.isAt(text, at, to, "DEL")) {
      length = 3;
      value = 127;
    }
    end = at + length;
  }

  private void control(byte c, int at) {
    int letter = LETTERS.indexOf(c);
    if (letter >= 0) {
      value = c == 'z' ? NOTHING : CONTROLS.charAt(letter);
    } else if (c == 'd') {
      value = 127;
    } else if (c == '&') {
      value = NOTHING;
    } else if (c > ' ' && !Characters.isAlphanumeric(c)) {
      value = c;
    }
    end = value == NONE ? at : at + 1;
  }
}
