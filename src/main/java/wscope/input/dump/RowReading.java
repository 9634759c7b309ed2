package wscope.input.dump;

/** A row read in one notation. */
final class RowReading {
  /** A row that cannot be read. */
  static final RowReading NONE =
      new RowReading(new byte[0], -1, CharacterColumn.State.OTHER, false);

  private final byte[] bytes;
  private final int last;
  private final CharacterColumn.State characters;
  private final boolean follows;

  /**
   * @param bytes of the row
   * @param last the last cell that is a part of them; -1 if they are not in cells
   * @param characters what the character column says
   * @param follows whether the next offset confirms their number
   */
  RowReading(byte[] bytes, int last, CharacterColumn.State characters, boolean follows) {
    this.bytes = bytes;
    this.last = last;
    this.characters = characters;
    this.follows = follows;
  }

  byte[] bytes() {
    return bytes;
  }

  int last() {
    return last;
  }

  CharacterColumn.State characters() {
    return characters;
  }

  boolean follows() {
    return follows;
  }

  boolean isRead() {
    return bytes.length > 0;
  }

  /** Whether the same characters follow. */
  boolean isConfirmed() {
    return characters == CharacterColumn.State.SAME;
  }
}
