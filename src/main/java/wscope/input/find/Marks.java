package wscope.input.find;

import java.util.BitSet;

/**
 * Remembers on which lines of a window nothing begins. A window is looked at again whenever it has
 * grown: then a matcher can pass over such lines, unless something before them continues. Threads
 * may set different marks at the same time.
 */
@SuppressWarnings("EnumOrdinal") // Nothing depends on the order of the marks.
public final class Marks {
  /** What may begin on a line. */
  public enum Mark {
    /** A head of HTTP, or what developer tools show of one. */
    HEAD,
    /** A start line with a version of HTTP. */
    VERSION,
    /** What wscope prints. */
    SCREEN,
    /** A run of bytes. */
    RUN,
    /** A run of bytes that is worth a candidate without other lines. */
    LONE_RUN,
    /** The first row of a dump. */
    ROW,
    /** A list in brackets. */
    BRACKET,
    /** Numbers with marks, without brackets. */
    MARKED_NUMBER,
    /** An item with its index. */
    INDEX,
    /** A number at the end of the line. */
    NUMBER,
    /** A call with its result. */
    CALL,
    /** A literal. */
    LITERAL,
    /** A word of base64. */
    BASE64;

    int bit() {
      return 1 << ordinal();
    }
  }

  private final BitSet[] lacks = new BitSet[Mark.values().length];

  /** The lines that were looked at once. */
  private int looked;

  /** For a window of which no line was looked at. */
  public Marks() {
    for (int i = 0; i < lacks.length; i++) {
      lacks[i] = new BitSet();
    }
  }

  boolean lacks(int line, Mark mark) {
    return lacks[mark.ordinal()].get(line);
  }

  /** The first line, from a line on, that is not known to lack this. */
  int next(int line, Mark mark) {
    return lacks[mark.ordinal()].nextClearBit(line);
  }

  void setLacks(int line, Mark mark) {
    lacks[mark.ordinal()].set(line);
  }

  /** How many lines were looked at once. */
  int looked() {
    return looked;
  }

  void setLooked(int lines) {
    looked = lines;
  }

  /** Forgets all, for another window, or if a line may have changed. */
  public void clear() {
    looked = 0;
    for (BitSet each : lacks) {
      each.clear();
    }
  }
}
