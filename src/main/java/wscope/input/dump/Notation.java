package wscope.input.dump;

/** How the bytes of a dump are written. The first that explains the most is taken. */
enum Notation {
  /** {@code 10000001}: xxd -b, gdb x/tb. */
  BITS("dump of bits", "dump"),
  /** {@code 81 85}, {@code 8185}, {@code 0x81}, in the order of the bytes. */
  HEX("hex dump", "dump"),
  /** {@code 8581} for the bytes 81 85: hexdump, od -x, xxd -e, gdb x/xw. */
  HEX_WORDS("hex dump of little-endian words", ""),
  /** {@code 201}, {@code 0201}: od -b, gdb x/ob. */
  OCTAL("octal dump", ""),
  /** {@code 129}: od -t u1, gdb x/ub. */
  DECIMAL("decimal dump", ""),
  /** {@code -127}: od -t d1, gdb x/db. */
  SIGNED("decimal dump", ""),
  /** {@code 102601} for the bytes 81 85: od, hexdump -o. */
  OCTAL_WORDS("octal dump of little-endian words", ""),
  /** {@code 34177} for the bytes 81 85: od -d, hexdump -d. */
  DECIMAL_WORDS("decimal dump of little-endian words", ""),
  /** {@code H}, {@code 201}, {@code \n}: od -c, hexdump -c. */
  CHARACTERS("dump of characters", "");

  /** The most bytes of one number. */
  static final int MOST_BYTES = 16;

  private static final int BITS_OF_A_BYTE = 8;
  private static final int OCTAL_WORD_DIGITS = 6;
  private static final int DECIMAL_WORD_DIGITS = 5;
  private static final int LARGEST_WORD = 0xffff;

  private final String form;
  private final String option;

  Notation(String form, String option) {
    this.form = form;
    this.option = option;
  }

  /** In a few words. */
  String form() {
    return form;
  }

  /** The value of {@code --from} that reads it; empty if there is none. */
  String option() {
    return option;
  }

  /** Whether numbers may stand for words in reversed order. */
  boolean isOfWords() {
    return this == HEX_WORDS || this == OCTAL_WORDS || this == DECIMAL_WORDS;
  }

  /**
   * Reads a number.
   *
   * @return how many bytes were written to {@code out}; -1 if this is not such a number
   */
  int read(byte[] text, int from, int to, byte[] out, int at) {
    return switch (this) {
      case BITS -> bits(text, from, to, out, at);
      case HEX -> hex(text, from, to, out, at);
      case HEX_WORDS -> reverse(out, at, hex(text, from, to, out, at));
      case OCTAL -> octal(text, from, to, out, at);
      case DECIMAL -> decimal(text, from, to, out, at);
      case SIGNED -> signed(text, from, to, out, at);
      case OCTAL_WORDS -> words(number(text, from, to, 8, OCTAL_WORD_DIGITS), out, at);
      case DECIMAL_WORDS ->
          words(
              to - from > DECIMAL_WORD_DIGITS ? -1 : number(text, from, to, 10, to - from),
              out,
              at);
      case CHARACTERS -> -1;
    };
  }

  private static int bits(byte[] text, int from, int to, byte[] out, int at) {
    if (to - from != BITS_OF_A_BYTE) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      if (text[i] != '0' && text[i] != '1') {
        return -1;
      }
      value = value << 1 | (text[i] - '0');
    }
    out[at] = (byte) value;
    return 1;
  }

  private static int hex(byte[] text, int from, int to, byte[] out, int at) {
    boolean prefixed = Digits.isPrefix(text, from, to);
    int first = prefixed ? from + 2 : from;
    if (prefixed && to - first == 1) {
      out[at] = (byte) Digits.hex(text[first]);
      return 1;
    }
    if ((to - first) % 2 != 0 || to - first > 2 * MOST_BYTES || text[first] == '-') {
      return -1;
    }
    for (int i = first; i < to; i += 2) {
      out[at + (i - first) / 2] = (byte) (Digits.hex(text[i]) << 4 | Digits.hex(text[i + 1]));
    }
    return (to - first) / 2;
  }

  private static int reverse(byte[] out, int at, int count) {
    for (int i = 0; i < count / 2; i++) {
      byte first = out[at + i];
      out[at + i] = out[at + count - 1 - i];
      out[at + count - 1 - i] = first;
    }
    return count;
  }

  private static int octal(byte[] text, int from, int to, byte[] out, int at) {
    boolean padded = to - from == 3 || (text[from] == '0' && to - from <= 4);
    int value = padded ? number(text, from, to, 8, to - from) : -1;
    out[at] = (byte) value;
    return value < 0 || value > 0xff ? -1 : 1;
  }

  private static int decimal(byte[] text, int from, int to, byte[] out, int at) {
    int value = to - from <= 3 ? number(text, from, to, 10, to - from) : -1;
    out[at] = (byte) value;
    return value < 0 || value > 0xff ? -1 : 1;
  }

  private static int signed(byte[] text, int from, int to, byte[] out, int at) {
    boolean negative = text[from] == '-';
    int first = negative ? from + 1 : from;
    int value = to - first <= 3 ? number(text, first, to, 10, to - first) : -1;
    out[at] = (byte) (negative ? -value : value);
    return value < 0 || value > (negative ? 0x80 : 0x7f) ? -1 : 1;
  }

  private static int words(int value, byte[] out, int at) {
    if (value < 0 || value > LARGEST_WORD) {
      return -1;
    }
    out[at] = (byte) value;
    out[at + 1] = (byte) (value >> 8);
    return 2;
  }

  /** The value of digits; -1 if they are not exactly so many, or not all of the base. */
  private static int number(byte[] text, int from, int to, int base, int digits) {
    if (to - from != digits || digits == 0) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Digits.hex(text[i]);
      if (digit < 0 || digit >= base) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }
}
