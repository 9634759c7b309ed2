package wscope.input.list;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/** Reads the hex digits of SQL: {@code X'810548656c6c6f'} and {@code \x810548656c6c6f}. */
final class HexLiteral {
  private static final int FEWEST_DIGITS = 4;

  private final Lines lines;
  private final Consumer<Candidate> found;

  HexLiteral(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.found = found;
  }

  /** Whether a quote is that of a hex literal. */
  boolean isPrefix(byte[] text, int from, int quote) {
    boolean x = quote > from && (text[quote - 1] | 0x20) == 'x';
    return x && (quote - 1 == from || !Characters.isAlphanumeric(text[quote - 2]));
  }

  /** Reads the digits after a quote; returns where to go on. */
  int quoted(int line, int quote) {
    byte[] text = lines.text();
    int end = Characters.skipHex(text, quote + 1, lines.end(line));
    boolean closed = end < lines.end(line) && text[end] == '\'';
    if (closed && isBytes(quote + 1, end)) {
      emit(line, quote + 1, end);
    }
    return Math.max(end, quote + 1);
  }

  /**
   * Reads the digits after a backslash and an x, if they make frames only together.
   *
   * @return the index after them, or -1
   */
  int bytea(int line, int from, int x) {
    byte[] text = lines.text();
    if (text[x] != 'x') {
      return -1;
    }
    int end = Characters.skipHex(text, x + 1, lines.end(line));
    boolean more = end < lines.end(line) && text[end] == '\\' && end - x > 2;
    boolean valid = !more && isBytes(x + 1, end);
    if (valid && FrameCheck.of(Characters.pairs(text, x + 1, end)).isWhole()) {
      emit(line, from, x + 1, end);
      return end;
    }
    return -1;
  }

  private boolean isBytes(int from, int to) {
    return to - from >= FEWEST_DIGITS
        && (to - from) % 2 == 0
        && FrameCheck.canBegin(Characters.pairs(lines.text(), from, from + 4), 0, 2);
  }

  private void emit(int line, int from, int to) {
    emit(line, from, from, to);
  }

  private void emit(int line, int from, int digits, int to) {
    byte[] bytes = Characters.pairs(lines.text(), digits, to);
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.MARKED);
    evidence.addAll(Continued.endOfLine(lines, line, to));
    if (Counts.agree(lines, line, from, line, to, bytes.length)) {
      evidence.add(Evidence.COUNTED);
    }
    List<Piece> pieces = List.of(new Piece(line, from, to, bytes, null));
    found.accept(new Candidate(Candidate.Kind.BYTES, "hex", "hex", pieces, evidence));
  }
}
