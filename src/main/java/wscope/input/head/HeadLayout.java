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

  /** So many lines of others may stand before the first field. */
  private static final int MOST_OTHERS = 8;

  private final Lines lines;
  private final byte[] text;
  private final StartLine start;
  private final LinePrefix own;
  private LinePrefix prefix;
  private LineEnd end;
  private int first;
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
    if (end.fits(text, lines.start(start.line()), start.from()) && hasFields(next)) {
      return true;
    }
    prefix = own;
    boolean optional = end.isLiteral() || start.kind() == Kind.RESPONSE;
    if (end == LineEnd.NONE || !optional) {
      return false;
    }
    end = LineEnd.NONE;
    return hasFields(next);
  }

  private boolean hasFields(int next) {
    first = next;
    if (hasField(next) || hasGaps(next)) {
      return true;
    }
    if (end.allowsOthers()) {
      while (first < lines.count() && isNote(first)) {
        first++;
      }
      return first < lines.count() && hasField(first);
    }
    return (!own.isBlank() && hasFieldAfterOthers(next)) || hasOtherPrefix();
  }

  /** Whether a field stands a few lines after the start line. */
  private boolean hasFieldAfterOthers(int next) {
    int last = Math.min(lines.count(), next + MOST_OTHERS);
    for (int i = next; i < last; i++) {
      if (isTypical(i)) {
        first = i;
        return true;
      }
      if (StartLine.find(lines, i) != null) {
        return false;
      }
    }
    return false;
  }

  private boolean hasOtherPrefix() {
    int next = first;
    int last = end == LineEnd.QUOTE ? Math.min(lines.count(), next + MOST_OTHERS) : next + 1;
    for (int i = next; i < last; i++) {
      if (hasOtherPrefix(i)) {
        first = i;
        return true;
      }
    }
    prefix = own;
    return false;
  }

  /**
   * Whether a line explains the one before it, as in a tree: it has more indentation, or brackets.
   */
  boolean isNote(int line) {
    int begin = lines.start(line);
    int indentation = Chars.skipSpaces(text, begin, lines.end(line)) - begin;
    int least = start.from() - lines.start(start.line());
    boolean bracket = begin + indentation < lines.end(line) && text[begin + indentation] == '[';
    return end.allowsOthers()
        && (indentation > least || (indentation == least && bracket))
        && begin + indentation < lines.end(line);
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
    return !FieldLine.isTypical(text, from, to) && StartLine.find(lines, line) != null;
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
    return (at == first
            || !Chars.isToken(text[at - 1])
            || text[at - 1] == '*'
            || text[at - 1] == '\'')
        && Chars.isLetter(text[at])
        && FieldLine.isKnown(text, at, last);
  }

  /** The index of the line with the first field. */
  int first() {
    return first;
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
