package wscope.input.find;

import java.util.Arrays;

/**
 * Remembers on which lines of a window nothing begins. A window is looked at again whenever it has
 * grown: then a matcher can pass over such lines, unless something before them goes on.
 */
public final class Marks {
  /** What may begin on a line. */
  public enum Mark {
    HEAD,
    SCREEN,
    /** A run of bytes. */
    RUN,
    /** A run of bytes that is worth a candidate without other lines. */
    LONE_RUN,
    ROW,
    BRACKET,
    MARKED_NUMBER,
    LITERAL,
    BASE64
  }

  private int[] ofLine = {};

  boolean lacks(int line, Mark mark) {
    return line < ofLine.length && (ofLine[line] & 1 << mark.ordinal()) != 0;
  }

  void setLacks(int line, Mark mark) {
    if (line >= ofLine.length) {
      ofLine = Arrays.copyOf(ofLine, Math.max(64, 2 * line));
    }
    ofLine[line] |= 1 << mark.ordinal();
  }

  /** Forgets all, for another window, or if a line may have changed. */
  public void clear() {
    Arrays.fill(ofLine, 0);
  }
}
