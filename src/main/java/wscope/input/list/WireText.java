package wscope.input.list;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Ways;

/**
 * Reads bytes as Apache HttpClient logs them, with brackets around all but printable characters:
 * {@code >> "[0x81][0x5]Hello[\r][\n]"}.
 */
final class WireText {
  private static final String START = "[0x";

  private final Lines lines;
  private final Consumer<Candidate> found;
  private final Octets octets = new Octets();

  WireText(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.found = found;
  }

  /** Whether a byte in brackets may begin at an index. */
  static boolean begins(byte[] text, int at, int to) {
    return Characters.isAt(text, at, to, START);
  }

  /** Reads the text that begins with a byte in brackets; returns where to go on. */
  int match(int line, int from) {
    byte[] text = lines.text();
    int to = lines.end(line);
    octets.clear();
    int at = read(text, from, to);
    if (octets.count() < 2 || !FrameCheck.canBegin(octets.array(), 0, octets.count())) {
      return at;
    }
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.MARKED);
    evidence.addAll(Continued.endOfLine(lines, line, at));
    List<Piece> pieces =
        List.of(new Piece(line, from, at, octets.copy(), Ways.of(lines, line, from)));
    found.accept(new Candidate(Candidate.Kind.BYTES, "bracketed bytes", "", pieces, evidence));
    return at;
  }

  /** Reads up to the quote at the end of the line. Other quotes stand for themselves. */
  private int read(byte[] text, int from, int to) {
    int end = to > from && text[to - 1] == '"' ? to - 1 : to;
    int at = from;
    while (at < end) {
      int next = text[at] == '[' ? bracket(text, at, end) : -1;
      if (next < 0) {
        octets.add(text[at]);
        next = at + 1;
      }
      at = next;
    }
    return at;
  }

  /** Reads what stands in brackets; returns the index after it, or -1 if this is not a byte. */
  private int bracket(byte[] text, int at, int end) {
    if (Characters.isAt(text, at, end, "[\\r]") || Characters.isAt(text, at, end, "[\\n]")) {
      octets.add(text[at + 2] == 'r' ? '\r' : '\n');
      return at + 4;
    }
    int digits = at + START.length();
    int digitsEnd = Characters.skipHex(text, digits, Math.min(end, digits + 2));
    boolean closed = digitsEnd < end && text[digitsEnd] == ']';
    if (!Characters.isAt(text, at, end, START) || digitsEnd == digits || !closed) {
      return -1;
    }
    int high = digitsEnd - digits == 2 ? Characters.hex(text[digits]) << 4 : 0;
    octets.add(high | Characters.hex(text[digitsEnd - 1]));
    return digitsEnd + 1;
  }
}
