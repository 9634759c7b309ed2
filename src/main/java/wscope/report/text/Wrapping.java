package wscope.report.text;

/** The ways to wrap a line that is too long for the width of a terminal. */
enum Wrapping {
  /** Between words. */
  WORDS,
  /** Only where two or more spaces separate the columns of a table, if each column fits. */
  TABLE,
  /** As a line of an HTTP head. */
  HEAD;

  /**
   * The least number of columns for wrapping. With fewer, lines broken by the terminal are easier
   * to read.
   */
  private static final int NARROWEST = 20;

  /**
   * Wraps a text.
   *
   * @param text the text in UTF-8
   * @param breakable the number of bytes that may be broken; the rest is one word
   * @param used the number of columns before the text, after the margin; negative if the text
   *     begins before the margin
   * @param room the number of columns in a line, after the margin
   * @param margin the bytes at the beginning of each further line
   * @return the same array if the room is too narrow
   */
  byte[] wrapped(byte[] text, int breakable, int used, int room, byte[] margin) {
    if (room < NARROWEST) {
      return text;
    }
    return switch (this) {
      case WORDS -> WordWrap.wrapped(text, breakable, 1, used, room, margin);
      case TABLE -> WordWrap.wrapped(text, breakable, 2, used, room, margin);
      case HEAD -> HeadWrap.wrapped(text, room - used, room, margin);
    };
  }
}
