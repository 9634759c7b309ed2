package wscope.input.head;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Lines;

/**
 * Reads heads from what developer tools show of them. Its start line is put together from lines
 * before the fields:
 *
 * <pre>
 * Request URL: ws://localhost:3000/cable
 * Request Method: GET
 * Status Code: 101 Switching Protocols
 * Response Headers
 * Upgrade: websocket
 * </pre>
 *
 * Names and values may also stand on alternating lines.
 */
final class PanelReader {
  /** More empty lines end a list. */
  private static final int MOST_EMPTY = 2;

  /** A longer line is not a name. */
  private static final int LONGEST_NAME = 64;

  private final Lines lines;
  private final byte[] text;
  private final General general;
  private final FieldList list;
  private @Nullable Kind label;
  private boolean labelled;
  private boolean alternating;
  private int empty;

  PanelReader(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.general = new General(lines);
    this.list = new FieldList(lines, general, found);
  }

  /**
   * Reads from a line on.
   *
   * @return the index of the line after what was read; that of the line if it is nothing of this
   */
  int read(int first) {
    label = null;
    labelled = false;
    alternating = false;
    empty = 0;
    int line = first;
    while (line < lines.count()) {
      int next = readLine(line);
      if (next < 0) {
        break;
      }
      line = next;
    }
    if (line == lines.count()) {
      list.endOpen();
    } else {
      list.end();
    }
    return line;
  }

  /** Whether anything may be read from a line on: a quick test that most lines fail. */
  boolean mayBegin(int line) {
    int end = lines.end(line);
    int at = Chars.skipSpaces(text, lines.start(line), end);
    if (end - at < 3) {
      return false;
    }
    int c = Chars.lower(text[at]);
    if (c == 'r' && Chars.isAt(text, at, end, "re")) {
      if (Chars.isAt(text, at, end, "request ") || Chars.isAt(text, at, end, "response h")) {
        return true;
      }
    }
    if (!Chars.isLetter(c)) {
      return c == ':'
          ? Chars.isAt(text, at, end, ":authority") || Chars.isAt(text, at, end, ":method")
          : !Chars.isDigit(c) && Labels.kind(text, at, end) != null;
    }
    return (c == 's' && Chars.isAt(text, at, end, "status "))
        || (c == 'g' && Chars.isAt(text, at, end, "ge"))
        || FieldLine.isKnown(text, at, end);
  }

  /** Reads a line, or two. Returns the index of the line after them; -1 if it ends the list. */
  private int readLine(int line) {
    int from = Chars.skipSpaces(text, lines.start(line), lines.end(line));
    int to = Chars.trim(text, from, lines.end(line));
    if (from == to) {
      if (!list.isEmpty()) {
        list.end();
        label = null;
      }
      return ++empty > MOST_EMPTY ? -1 : line + 1;
    }
    empty = 0;
    Kind labelOf = Labels.kind(text, from, to);
    if (labelOf != null) {
      list.end();
      label = labelOf;
      labelled = true;
      return line + 1;
    }
    if (Labels.isOther(text, from, to)) {
      return line + 1;
    }
    int next = general.read(line);
    if (next >= 0) {
      alternating |= next > line + 1;
      return next;
    }
    return alternating ? readPair(line, from, to) : readField(line, from, to);
  }

  private int readField(int line, int from, int to) {
    int colon = text[from] == ':' ? FieldLine.colon(text, from + 1, to) : colon(from, to);
    if (colon < 0) {
      return labelled || general.isKnown() ? readPair(line, from, to) : -1;
    }
    int value = Chars.skipSpaces(text, colon + 1, to);
    if (value == to && (labelled || general.isKnown()) && isPair(line)) {
      return readPair(line, from, to);
    }
    String name = FieldLine.name(text, from, colon);
    list.add(new ListField(name, line, from, colon, line, value, to), label);
    return line + 1;
  }

  private int colon(int from, int to) {
    boolean field = labelled ? FieldLine.is(text, from, to) : FieldLine.isTypical(text, from, to);
    boolean start = field && !FieldLine.isTypical(text, from, to) && hasStart(from, to);
    return field && !start ? FieldLine.colon(text, from, to) : -1;
  }

  /** {@code Response: HTTP/1.1 101}. */
  private boolean hasStart(int from, int to) {
    return StartLine.find(new Lines(text, from, to, 1, true), 0) != null;
  }

  /** Whether the line after a name with a colon is its value. */
  private boolean isPair(int line) {
    int next = line + 1;
    return next < lines.count()
        && !lines.isEmpty(next)
        && !FieldLine.isKnown(
            text, Chars.skipSpaces(text, lines.start(next), lines.end(next)), lines.end(next));
  }

  /** A name and, on the next line, its value. */
  private int readPair(int line, int from, int to) {
    int nameTo = to > from + 1 && text[to - 1] == ':' ? to - 1 : to;
    int next = line + 1;
    if (!isName(from, nameTo) || next >= lines.count() || lines.isEmpty(next)) {
      return -1;
    }
    alternating = true;
    int value = Chars.skipSpaces(text, lines.start(next), lines.end(next));
    int valueTo = Chars.trim(text, value, lines.end(next));
    String name = FieldLine.name(text, from, nameTo);
    list.add(new ListField(name, line, from, nameTo, next, value, valueTo), label);
    return next + 1;
  }

  private boolean isName(int from, int to) {
    int first = text[from] == ':' ? from + 1 : from;
    if (to - first < 2 || to - first > LONGEST_NAME) {
      return false;
    }
    boolean hyphen = false;
    for (int i = first; i < to; i++) {
      if (!Chars.isToken(text[i])) {
        return false;
      }
      hyphen |= text[i] == '-' && i > first && Chars.isLetter(text[i - 1]);
    }
    return hyphen || first > from || FieldLine.isKnownName(text, from, to);
  }
}
