package wscope.input.spelling;

/**
 * The offset at the start of a dump row: four to sixteen digits, or any number of digits after 0x.
 * The base is the one in which the offsets grow by the length of each row: once known, it holds.
 */
final class DumpOffset {
  private static final int FEWEST_DIGITS = 4;
  private static final int MOST_DIGITS = 16;

  /** The default of od, whose offsets have seven digits. No other tool writes seven. */
  private static final int[] OCTAL_FIRST = {8, 10, 16};

  private static final int[] HEX_FIRST = {16, 10, 8};
  private static final int[] NONE = {};
  private static final int OCTAL_DIGITS = 7;

  private final byte[] text = new byte[MOST_DIGITS];
  private int digits;
  private boolean prefixed;
  private boolean tooLong;
  private boolean colon;

  private final byte[] before = new byte[MOST_DIGITS];
  private int digitsBefore;

  /** Bases in which an offset did not grow by the length of its row, while it did in another. */
  private boolean notHex;

  private boolean notDecimal;
  private boolean notOctal;

  /** Starts a line. */
  void reset() {
    digits = 0;
    prefixed = false;
    tooLong = false;
    colon = false;
  }

  /** Takes a character. Returns false if the offset ends before it. */
  boolean take(byte c) {
    if (Characters.hexValue(c) >= 0) {
      tooLong = digits == MOST_DIGITS;
      text[tooLong ? 0 : digits++] = c;
      return !tooLong;
    }
    if (digits == 1 && text[0] == '0' && c == 'x' && !prefixed) {
      prefixed = true;
      digits = 0;
      return true;
    }
    colon = c == ':';
    return digits == 0 && !prefixed && Characters.isBlank(c);
  }

  /** Whether the offset is complete if this character follows. */
  boolean endsBefore(byte c) {
    return (digits >= FEWEST_DIGITS || (prefixed && digits > 0))
        && !tooLong
        && (c == ':' || c == '\n' || Characters.isBlank(c));
  }

  /** Whether a colon ended it. */
  boolean hasColon() {
    return colon;
  }

  /** Whether it began with 0x. */
  boolean isPrefixed() {
    return prefixed;
  }

  /** The layout of its row. */
  DumpColumn column() {
    if (colon) {
      return digits == FEWEST_DIGITS && !prefixed ? DumpColumn.CURL : DumpColumn.XXD;
    }
    return digits == OCTAL_DIGITS || digits == OCTAL_DIGITS - 1
        ? DumpColumn.OD
        : DumpColumn.HEXDUMP;
  }

  /** Whether the number of digits, seven, shows an octal offset of od. */
  boolean isOctalLike() {
    return digits == OCTAL_DIGITS;
  }

  /** Whether it is zero, the offset at which dumps begin. */
  boolean isZero() {
    return value(text, digits, 16) == 0;
  }

  /**
   * Whether it is the previous offset plus {@code count}.
   *
   * @param count of bytes between them
   */
  boolean follows(long count) {
    boolean follows = false;
    for (int base : bases()) {
      follows |= isPossible(base) && distance(base) == count;
    }
    for (int base : follows ? bases() : NONE) {
      exclude(base, distance(base) != count);
    }
    return follows;
  }

  /**
   * How many rows a {@code *} line stands for.
   *
   * @param count of bytes in the row above
   * @return -1 if it is not a whole number of rows
   */
  long repetitions(int count) {
    for (int base : bases()) {
      long skipped = distance(base) - count;
      if (isPossible(base) && skipped > 0 && skipped % count == 0) {
        return skipped / count;
      }
    }
    return -1;
  }

  private boolean isPossible(int base) {
    return !(base == 16 ? notHex : base == 10 ? notDecimal : notOctal);
  }

  private void exclude(int base, boolean excluded) {
    notHex |= excluded && base == 16;
    notDecimal |= excluded && base == 10;
    notOctal |= excluded && base == 8;
  }

  /** Keeps this offset, to compare the next one with it. */
  void keep() {
    System.arraycopy(text, 0, before, 0, digits);
    digitsBefore = digits;
  }

  private int[] bases() {
    return digits == OCTAL_DIGITS ? OCTAL_FIRST : HEX_FIRST;
  }

  private long distance(int base) {
    long from = value(before, digitsBefore, base);
    long to = value(text, digits, base);
    return from < 0 || to < 0 ? -1 : to - from;
  }

  /** The number, or -1 if a digit is not in the base. */
  private static long value(byte[] digits, int count, int base) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int digit = Characters.hexValue(digits[i]);
      if (digit >= base) {
        return -1;
      }
      value = value * base + digit;
    }
    return value;
  }
}
