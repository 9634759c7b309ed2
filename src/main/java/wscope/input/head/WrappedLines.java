package wscope.input.head;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Lines of heads that wscope has wrapped for a narrow terminal, as one line each. A backslash marks
 * each break, and four more spaces begin each further line:
 *
 * <pre>
 * &gt; Cookie: session=abcdef0123456789; theme=dark; \
 * &gt;     language=en-GB
 * </pre>
 *
 * Wscope shows a backslash that was sent as two, so an odd number of them marks a break.
 */
final class WrappedLines {
  private static final int INDENT = 4;

  /** A time, the number of a connection and an arrow are shorter. */
  private static final int LONGEST_PREFIX = 40;

  private static final byte[] NOTHING = {};

  private final Lines lines;
  private final Lines joined;

  /** The first line of each joined line; one more for the end. */
  private final int[] firsts;

  private WrappedLines(Lines lines) {
    this.lines = lines;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int[] first = new int[lines.count() + 1];
    int count = 0;
    for (int line = 0; line < lines.count(); count++) {
      first[count] = line;
      line = join(line, text);
      text.write('\n');
    }
    first[count] = lines.count();
    firsts = Arrays.copyOf(first, count + 1);
    joined = new Lines(text.toByteArray(), 0, text.size(), lines.number(0), lines.isEnd());
  }

  /** The wrapped lines among some lines; null if there are none. */
  static @Nullable WrappedLines of(Lines lines) {
    for (int line = 0; line < lines.count(); line++) {
      if (continues(lines, line, line)) {
        return new WrappedLines(lines);
      }
    }
    return null;
  }

  /** All lines, of which those that were wrapped are one. */
  Lines joined() {
    return joined;
  }

  /** Appends a line with its further lines; returns the line after them. */
  private int join(int first, ByteArrayOutputStream text) {
    int line = first;
    int from = lines.start(first);
    while (continues(lines, first, line)) {
      text.write(lines.text(), from, mark(lines, line) - from);
      line++;
      from = lines.start(line) + prefix(lines, first) + INDENT;
    }
    text.write(lines.text(), from, lines.end(line) - from);
    return line + 1;
  }

  /** The same candidate in the lines that were not joined. */
  Candidate original(Candidate found) {
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : found.pieces()) {
      int line = firsts[piece.line()];
      int last = firsts[piece.line() + 1] - 1;
      int shift = lines.start(line) - joined.start(piece.line());
      boolean whole = last == line || piece.to() + shift < mark(lines, line);
      int to = whole ? piece.to() + shift : lines.end(line);
      int from = Math.min(piece.from() + shift, to - 1);
      pieces.add(new Piece(line, from, to, piece.bytes(), piece.way()));
      for (int next = line + 1; next <= last && !whole; next++) {
        int start = lines.start(next) + prefix(lines, line) + INDENT;
        pieces.add(new Piece(next, start, lines.end(next), NOTHING, piece.way()));
      }
    }
    return new Candidate(found.kind(), found.form(), found.option(), pieces, found.evidence());
  }

  /** Whether a line, which is or follows the first one, continues in the next line. */
  private static boolean continues(Lines lines, int first, int line) {
    if (mark(lines, line) < 0 || line + 1 == lines.count()) {
      return false;
    }
    int prefix = prefix(lines, first);
    byte[] text = lines.text();
    int from = lines.start(line + 1);
    int to = lines.end(line + 1);
    if (prefix < 0 || to - from <= prefix + INDENT) {
      return false;
    }
    for (int i = 0; i < prefix; i++) {
      byte before = text[lines.start(first) + i];
      if (text[from + i] != before && !(text[from + i] == ' ' && isOfTime(before))) {
        return false;
      }
    }
    int content = Chars.skipSpaces(text, from + prefix, to);
    return content >= from + prefix + INDENT && content < to;
  }

  /** The index of the mark at the end of a line; -1 if it has none. */
  private static int mark(Lines lines, int line) {
    byte[] text = lines.text();
    int end = Chars.trim(text, lines.start(line), lines.end(line));
    int at = end;
    while (at > lines.start(line) && text[at - 1] == '\\') {
      at--;
    }
    return (end - at) % 2 == 1 ? end - 1 : -1;
  }

  /** The length of what stands before a line of a head: an arrow or spaces; -1 if neither does. */
  private static int prefix(Lines lines, int line) {
    byte[] text = lines.text();
    int from = lines.start(line);
    int to = Math.min(lines.end(line), from + LONGEST_PREFIX);
    int at = from;
    while (at < to && (isOfTime(text[at]) || text[at] == ' ' || text[at] == '#')) {
      at++;
    }
    if (at + 1 < to && (text[at] == '<' || text[at] == '>') && text[at + 1] == ' ') {
      return at + 2 - from;
    }
    int spaces = Chars.skipSpaces(text, from, to) - from;
    return spaces == INDENT ? spaces : -1;
  }

  private static boolean isOfTime(byte c) {
    return Chars.isDigit(c) || c == ':' || c == '.' || c == ',';
  }
}
