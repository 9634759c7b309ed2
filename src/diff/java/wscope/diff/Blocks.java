package wscope.diff;

import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Facts about the blocks in compressed messages, which are read as one DEFLATE stream.
 *
 * @param finalBlock whether one of them has BFINAL set
 * @param openBlock whether a message ends inside one, and its tail inflates to data
 */
record Blocks(boolean finalBlock, boolean openBlock) {
  /** What a sender removes at the end of a message (RFC 7692 §7.2.1). */
  private static final byte[] TAIL = {0, 0, -1, -1};

  static Blocks of(List<AcceptedFrame> frames) {
    Inflater inflater = new Inflater(true);
    boolean openBlock = false;
    try {
      boolean inside = false;
      for (AcceptedFrame frame : frames) {
        inside |= frame.beginsCompressed();
        if (inside && !frame.isControl()) {
          inflatedLength(inflater, frame.bytes());
          openBlock |= frame.fin() && inflatedLength(inflater, TAIL) > 0;
          inside = !frame.fin();
        }
      }
      return new Blocks(inflater.finished(), openBlock);
    } catch (DataFormatException e) {
      return new Blocks(false, openBlock);
    } finally {
      inflater.end();
    }
  }

  private static int inflatedLength(Inflater inflater, byte[] compressed)
      throws DataFormatException {
    byte[] plain = new byte[1 << 12];
    inflater.setInput(compressed);
    int sum = 0;
    int count = inflater.inflate(plain);
    while (count > 0) {
      sum += count;
      count = inflater.inflate(plain);
    }
    return sum;
  }
}
