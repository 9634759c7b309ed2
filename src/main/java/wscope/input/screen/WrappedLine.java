package wscope.input.screen;

import java.io.ByteArrayOutputStream;
import wscope.input.find.Lines;

/**
 * A line of columns that wscope has wrapped for a narrow terminal. Each further line begins below
 * the first column after the number of the frame:
 *
 * <pre>
 * frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 0
 *            length 3   bytes 0-4   "Hel"
 * </pre>
 */
final class WrappedLine {
  private static final int MARGIN = 11;

  /** A line has one column on each further line, at most. */
  private static final int MOST = 7;

  private static final byte[] GAP = {' ', ' ', ' '};

  private WrappedLine() {}

  /** The last of the lines into which a line is wrapped; the line itself if it is not wrapped. */
  static int last(Lines lines, int line, Prefix prefix) {
    int last = line;
    while (last + 1 < lines.count() && last - line < MOST && continues(lines, last + 1, prefix)) {
      last++;
    }
    return last;
  }

  private static boolean continues(Lines lines, int line, Prefix prefix) {
    int at = prefix.match(lines, line);
    return at >= 0 && new Cursor(lines.text(), at, lines.end(line)).spaces() == MARGIN;
  }

  /** The line from an index on and its further lines as one line. */
  static byte[] joined(Lines lines, int line, int from, int last, Prefix prefix) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(lines.text(), from, lines.end(line) - from);
    for (int next = line + 1; next <= last; next++) {
      int start = prefix.match(lines, next) + MARGIN;
      joined.writeBytes(GAP);
      joined.write(lines.text(), start, lines.end(next) - start);
    }
    return joined.toByteArray();
  }
}
