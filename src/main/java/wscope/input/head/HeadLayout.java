package wscope.input.head;

import wscope.input.find.Candidate.Kind;
import wscope.input.find.Lines;

/**
 * How the lines of one head stand in the text: what is before and after each of them. It is known
 * from the start line and the line after it.
 */
final class HeadLayout {
  /** A field that begins later on its line is not found. */
  private static final int LONGEST_PREFIX = 300;

  private final Lines lines;
  private final byte[] text;
  private final StartLine start;
  private final LinePrefix own;
  private LinePrefix prefix;
  private LineEnd end;
  private int indent;
  private boolean gaps;
  private int from;
  private int to;

  HeadLayout(Lines lines, StartLine start) {
    this.lines = lines;
    this.text = lines.text();
    this.start = start;
    this.own = LinePrefix.of(text, lines.start(start.line()), start.from());
    this.prefix = own;
    this.end = start.end();
  }

  /** Finds out how the lines after the start line stand. Returns whether fields follow it. */
  boolean find() {
    int next = start.line() + 1;
    if (next == lines.count()) {
      return false;
    }
    boolean fits = end.fits(text, lines.start(start.line()), start.from());
    if (fits && (hasField(next) || hasGaps(next) || hasOtherPrefix(next))) {
      return true;
    }
    prefix = own;
    if (!end.isDoubtful() || start.kind() == Kind.REQUEST) {
      return false;
    }
    end = LineEnd.NONE;
    return hasField(next) || hasGaps(next) || hasOtherPrefix(next);
  }

  private boolean hasField(int line) {
    if (!read(line)) {
      return false;
    }
    int field = Chars.skipSpaces(text, from, to);
    boolean found =
        (start.sure() && field == from)
            ? FieldLine.is(text, field, to)
            : FieldLine.isTypical(text, field, to);
    if (found && !isStart(line)) {
      indent = field - from;
      return true;
    }
    return false;
  }

  private boolean isStart(int line) {
    return !FieldLine.isTypical(text, from, to)
        && StartLine.find(lines, line, lines.start(line)) != null;
  }

  /** Whether an empty line stands between any two lines. */
  private boolean hasGaps(int line) {
    gaps =
        line + 2 < lines.count()
            && isEmpty(line)
            && isTypical(line + 1)
            && isEmpty(line + 2)
            && (line + 3 == lines.count() || isTypical(line + 3));
    return gaps;
  }

  private boolean isEmpty(int line) {
    return read(line) && isEmpty();
  }

  private boolean isTypical(int line) {
    return read(line) && FieldLine.isTypical(text, from, to);
  }

  /** Whether the fields have another prefix than the start line. */
  private boolean hasOtherPrefix(int line) {
    int first = lines.start(line);
    int last = Math.min(lines.end(line), first + LONGEST_PREFIX);
    int at = first;
    boolean words = false;
    while (at < last && !isFieldAt(first, at, lines.end(line))) {
      words |= Chars.isAlphanumeric(text[at]);
      at++;
    }
    if (at == last) {
      return false;
    }
    prefix = LinePrefix.of(text, first, at);
    return read(line) && (!words || (line + 1 < lines.count() && isTypical(line + 1)));
  }

  private boolean isFieldAt(int first, int at, int last) {
    return (at == first || !Chars.isToken(text[at - 1]) || text[at - 1] == '*')
        && Chars.isLetter(text[at])
        && FieldLine.isKnown(text, at, last);
  }

  /** Reads a line: what is between its prefix and its end. Returns whether it has both. */
  boolean read(int line) {
    int last = lines.end(line);
    int at = prefix.match(text, lines.start(line), last);
    if (at < 0) {
      return false;
    }
    int stop = end.strip(text, at, last);
    if (stop < 0 && Chars.trim(text, at, last) > at) {
      return false;
    }
    from = at;
    to = Math.max(at, stop);
    while (to > from && text[to - 1] == '\r') {
      to--;
    }
    while (from < to && from < at + indent && Chars.isSpace(text[from])) {
      from++;
    }
    return true;
  }

  /** Where the line that was read last begins. */
  int from() {
    return from;
  }

  /** Where the line that was read last ends. */
  int to() {
    return to;
  }

  /** Whether the line that was read last is the empty line of a head. */
  boolean isEmpty() {
    if (end == LineEnd.DOT && to - from == 1 && text[from] == '.') {
      return true;
    }
    return Chars.trim(text, from, to) == from;
  }

  /** Whether single empty lines do not end the head. */
  boolean hasGaps() {
    return gaps;
  }

  /** Whether a line begins as the start line does, while the fields do not. */
  boolean isNextRecord(int line) {
    return prefix != own
        && !own.isBlank()
        && own.match(text, lines.start(line), lines.end(line)) >= 0;
  }

  /** Whether a line has visible characters before what belongs to the head. */
  boolean hasPrefix() {
    return !prefix.isBlank();
  }

  LineEnd end() {
    return end;
  }

  /** Whether the start line stands at the beginning of its line, or after what others have too. */
  boolean isRepeated() {
    int line = start.line();
    return own.isBlank() || begins(line - 1) || begins(line + 1);
  }

  private boolean begins(int line) {
    return line >= 0
        && line < lines.count()
        && own.match(text, lines.start(line), lines.end(line)) >= 0;
  }
}
