package wscope.input.find;

import java.util.Arrays;

/**
 * Remembers on which lines of a window nothing begins. A window is looked at again whenever it has
 * grown: then a matcher can pass over such lines, unless something before them continues.
 */
public final class Marks {
  /** What may begin on a line. */
  public enum Mark {
    /** A head of HTTP, or what developer tools show of one. */
    HEAD(1),
    /** What wscope prints. */
    SCREEN(1 << 1),
    /** A run of bytes. */
    RUN(1 << 2),
    /** A run of bytes that is worth a candidate without other lines. */
    LONE_RUN(1 << 3),
    /** The first row of a dump. */
    ROW(1 << 4),
    /** A list in brackets. */
    BRACKET(1 << 5),
    /** Numbers with marks, without brackets. */
    MARKED_NUMBER(1 << 6),
    /** A literal. */
    LITERAL(1 << 7),
    /** A word of base64. */
    BASE64(1 << 8);

    private final int bit;

    Mark(int bit) {
      this.bit = bit;
    }
  }

  private int[] ofLine = {};

  boolean lacks(int line, Mark mark) {
    return line < ofLine.length && (ofLine[line] & mark.bit) != 0;
  }

  void setLacks(int line, Mark mark) {
    if (line >= ofLine.length) {
      ofLine = Arrays.copyOf(ofLine, Math.max(64, 2 * line));
    }
    ofLine[line] |= mark.bit;
  }

  /** Forgets all, for another window, or if a line may have changed. */
  public void clear() {
    Arrays.fill(ofLine, 0);
  }
}
