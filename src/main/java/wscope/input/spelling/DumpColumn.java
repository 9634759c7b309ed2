package wscope.input.spelling;

/** Where the byte column of a dump row ends, and what its groups hold. */
enum DumpColumn {
  /** Two spaces end it. Groups hold any number of bytes. xxd, tcpdump -X. */
  XXD,
  /** The sixteenth byte ends it. Spaces pad a short row. curl --trace. */
  CURL,
  /** Only {@code >} ends it. Groups hold one byte. od -t x1z. */
  OD,
  /**
   * The sixteenth byte, a {@code |} or a gap ends it, except a gap of two spaces in the middle.
   * Groups hold one byte. hexdump -C, Wireshark.
   */
  HEXDUMP;

  private static final int LONGEST = 16;

  /** Whether the column ends after this many bytes. */
  boolean endsAfter(int count) {
    return count == LONGEST && (this == CURL || this == HEXDUMP);
  }

  /** Whether this many spaces after the last byte end the column. */
  boolean endsWithGap(int spaces, int count) {
    return switch (this) {
      case XXD, CURL -> spaces == 2;
      case OD -> false;
      case HEXDUMP -> spaces == 3 || (spaces == 2 && count != LONGEST / 2);
    };
  }

  /** Whether each group is one byte. */
  boolean hasSingleBytes() {
    return this == OD || this == HEXDUMP;
  }
}
