package wscope.input.spelling;

/** The bytes of a dump row. */
final class DumpRow {
  private static final int LONGEST = 1024;
  private static final int BITS_GROUP = 8;
  private static final int FEWEST_BIT_GROUPS = 5;
  private static final int MOST_BIT_GROUPS = 6;

  private final byte[] bytes = new byte[LONGEST];
  private DumpColumn column = DumpColumn.XXD;
  private int count;
  private int high;
  private int groupDigits;
  private int groups;
  private int spaces;
  private boolean binary;
  private boolean zero;
  private boolean bits;

  /** Starts a row and forgets the previous one. */
  void start(DumpColumn column) {
    this.column = column;
    count = 0;
    groupDigits = 0;
    groups = 0;
    spaces = 0;
    binary = true;
    zero = true;
  }

  /** How many bytes are here. */
  int count() {
    return count;
  }

  /** Whether the row has no digits yet. */
  boolean isEmpty() {
    return count == 0 && groupDigits == 0;
  }

  /**
   * Takes a character of the column.
   *
   * @return whether the column may go on after it
   */
  boolean take(byte c, long offset) throws SpellingError {
    if (c == ' ' || c == '\t' || c == '\r') {
      endGroup(offset);
      spaces++;
      return !(count > 0 && column.endsWithGap(spaces, count));
    }
    if ((c == '|' || c == '>') && spaces > 0) {
      return false;
    }
    int digit = Characters.hexValue(c);
    if (digit < 0) {
      return takePrefix(c, offset);
    }
    digit(digit, offset);
    return groupDigits % 2 != 0 || !column.endsAfter(count);
  }

  /** gdb writes 0x before each byte. */
  private boolean takePrefix(byte c, long offset) throws SpellingError {
    if (c == 'x' && groupDigits == 1 && high == 0) {
      groupDigits = 0;
      return true;
    }
    throw SpellingError.unexpected(
        c, "a hex digit", "two spaces or a bar end the bytes of a row", offset);
  }

  private void digit(int digit, long offset) throws SpellingError {
    spaces = 0;
    binary &= digit <= 1;
    zero &= digit == 0;
    groupDigits++;
    if (groupDigits % 2 != 0) {
      high = digit;
      return;
    }
    if (count == LONGEST) {
      throw new SpellingError(
          "a row of more than " + LONGEST + " bytes", "print shorter rows", offset);
    }
    if (groupDigits > 2 && column.hasSingleBytes()) {
      throw new SpellingError(
          "a group of several bytes in machine byte order",
          "print single bytes: hexdump -C, od -t x1 or xxd",
          offset);
    }
    bytes[count++] = (byte) (high << 4 | digit);
  }

  private void endGroup(long offset) throws SpellingError {
    if (groupDigits % 2 != 0) {
      boolean three = groupDigits > 2 && column.hasSingleBytes();
      throw new SpellingError(
          three ? "a group of three digits ends" : "an odd number of hex digits ends",
          three ? "print bytes in hex: od -t x1" : "write 05 for 5",
          offset - 1);
    }
    if (groupDigits > 0) {
      groups++;
      binary &= groupDigits == BITS_GROUP;
    }
    groupDigits = 0;
  }

  /**
   * The row is complete.
   *
   * @param first whether it is the first of its dump
   */
  void end(boolean first, long offset) throws SpellingError {
    endGroup(offset);
    boolean fewOrMany = groups < FEWEST_BIT_GROUPS || groups > MOST_BIT_GROUPS;
    bits = binary && count > 0 && (bits || !fewOrMany || (first && !zero));
    if (bits) {
      joinBits();
    }
  }

  /** Joins the bits of xxd -b: eight digits, read as four hex bytes, are one byte. */
  private void joinBits() {
    int joined = 0;
    for (int i = 0; i < count; i += BITS_GROUP / 2) {
      int b = 0;
      for (int j = i; j < i + BITS_GROUP / 2; j++) {
        b = b << 2 | (bytes[j] >> 3 & 2) | (bytes[j] & 1);
      }
      bytes[joined++] = (byte) b;
    }
    count = joined;
  }

  void write(Octets out) {
    out.put(bytes, 0, count);
  }
}
