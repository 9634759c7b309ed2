package wscope.input;

/** Where the column of bytes ends in the row of a dump, and what its groups are. */
enum DumpColumn {
  /** Two blanks end it; groups of any number of bytes. xxd, tcpdump -X. */
  XXD,
  /** Ends with its sixteenth byte; a short row is filled with blanks. curl --trace. */
  CURL,
  /** Only {@code >} ends it; single bytes. od -t x1z. */
  OD,
  /**
   * Ends with its sixteenth byte, at {@code |}, or with a gap, but there may be one of two blanks
   * in the middle; single bytes. hexdump -C, Wireshark.
   */
  HEXDUMP;

  private static final int LONGEST = 16;

  /** Whether no byte follows in a row of so many. */
  boolean endsAfter(int count) {
    return count == LONGEST && (this == CURL || this == HEXDUMP);
  }

  /** Whether a gap of so many blanks behind the last byte ends the column. */
  boolean endsWithGap(int blanks, int count) {
    return switch (this) {
      case XXD, CURL -> blanks == 2;
      case OD -> false;
      case HEXDUMP -> blanks == 3 || (blanks == 2 && count != LONGEST / 2);
    };
  }

  /** Whether each group is one byte. */
  boolean hasSingleBytes() {
    return this == OD || this == HEXDUMP;
  }
}
