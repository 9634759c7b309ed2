package wscope.protocol.deflate;

import java.util.Arrays;

/** A canonical prefix code (RFC 1951 §3.2.2), decoded bit by bit. */
final class PrefixCode {
  /** More bits belong to the symbol. */
  static final int MORE = -1;

  /** No symbol has these bits. */
  static final int INVALID = -2;

  private static final int LONGEST = 15;

  /** The number of symbols with each code length. */
  private final short[] counts = new short[LONGEST + 1];

  /** The symbols in the order of their codes. */
  private final short[] symbols;

  private int length;
  private int code;
  private int first;
  private int index;

  PrefixCode(int most) {
    symbols = new short[most];
  }

  /** Sets the code lengths of all symbols; 0 for a symbol that is not used. */
  void set(byte[] lengths, int from, int count) {
    Arrays.fill(counts, (short) 0);
    for (int i = 0; i < count; i++) {
      counts[lengths[from + i]]++;
    }
    counts[0] = 0;
    int[] next = new int[LONGEST + 1];
    for (int i = 1; i < LONGEST; i++) {
      next[i + 1] = next[i] + counts[i];
    }
    for (int i = 0; i < count; i++) {
      int bits = lengths[from + i];
      if (bits > 0) {
        symbols[next[bits]++] = (short) i;
      }
    }
    restart();
  }

  /** Reads a bit and returns the symbol that it completes, {@link #MORE} or {@link #INVALID}. */
  int bit(int bit) {
    code |= bit;
    length++;
    int count = counts[length];
    if (code - count < first) {
      int symbol = symbols[index + code - first];
      restart();
      return symbol;
    }
    if (length == LONGEST) {
      return INVALID;
    }
    index += count;
    first = (first + count) << 1;
    code <<= 1;
    return MORE;
  }

  private void restart() {
    length = 0;
    code = 0;
    first = 0;
    index = 0;
  }
}
