package wscope.input.list;

import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Marks;

/**
 * Finds numbers with marks that stand without brackets, over as many lines as they have: {@code
 * $81, $05}, {@code #$81#$05}, {@code #x81 #x05}, {@code &H81, &H05}, {@code 81h, 05h}, {@code
 * 0x81, 0x5} over several lines, {@code ffffff81 5} and {@code (byte) 0x81, (byte) 0x05}.
 */
final class MarkedRuns {
  /** The first characters of marks. */
  private static final boolean[] MARKS = new boolean[256];

  /** Those that must begin a word. */
  private static final boolean[] BEGIN_WORD = new boolean[256];

  static {
    for (char c : "$#&".toCharArray()) {
      MARKS[c] = true;
    }
    for (char c : "0fF8Cc".toCharArray()) {
      MARKS[c] = true;
      BEGIN_WORD[c] = true;
    }
  }

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Items items;
  private final NumberReader numbers;
  private final ListCandidates candidates;
  private int line;
  private int at;

  MarkedRuns(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    items = new Items(text);
    numbers = new NumberReader(text, items);
    candidates = new ListCandidates(lines);
  }

  void run() {
    line = 0;
    at = 0;
    while ((line = lines.next(line, Marks.Mark.MARKED_NUMBER)) < lines.count()) {
      int from = lines.start(line);
      at = Math.max(at, from);
      boolean whole = at == from;
      int to = lines.end(line);
      skipToMark(to);
      if (at >= to) {
        if (whole) {
          lines.setLacks(line, Marks.Mark.MARKED_NUMBER);
        }
        line++;
      } else {
        match();
      }
    }
  }

  private void skipToMark(int to) {
    while (at < to && !(MARKS[text[at] & 0xff] && isMark(to))) {
      at++;
    }
  }

  private boolean isMark(int to) {
    byte c = text[at];
    if (at + 2 >= to || (BEGIN_WORD[c & 0xff] && !startsWord())) {
      return false;
    }
    byte next = text[at + 1];
    return switch (c) {
      case '$' -> Characters.hex(next) >= 0;
      case '#' -> next == '$' || next == 'x';
      case '&' -> next == 'H' || next == 'h';
      case '0' -> next == 'x';
      case 'f', 'F' -> Characters.isSignExtended(text, at, Math.min(to, at + 8));
      case '8', 'C', 'c' -> Characters.hex(next) >= 0 && text[at + 2] == 'h';
      default -> false;
    };
  }

  private boolean startsWord() {
    return at == lines.start(line)
        || !(Characters.isAlphanumeric(text[at - 1]) || isOffset(at - 1));
  }

  /** Whether a plus sign makes what follows an offset, as in {@code main+0x81}. */
  private boolean isOffset(int plus) {
    return text[plus] == '+'
        && plus > lines.start(line)
        && Characters.isAlphanumeric(text[plus - 1]);
  }

  /**
   * Reads a run. Of {@code 0x81 0x05} on one line, which may be a row of a dump, frames are needed.
   */
  private void match() {
    items.clear();
    int first = line;
    int from = at;
    int end = -1;
    while (true) {
      skipCast();
      int count = items.count();
      int next = numbers.read(line, at, lines.end(line), false);
      if (next < 0 || !items.isMarked() || !isEnd(next)) {
        items.truncate(count);
        break;
      }
      end = next;
      at = next;
      if (!skipSeparator(text[from])) {
        break;
      }
    }
    if (items.count() >= 2 && !isCut(end)) {
      boolean part = text[from] == '0' && items.lastLine() == first;
      for (Candidate candidate : candidates.of(items, part, Set.of())) {
        found.accept(candidate);
      }
    }
    boolean none = end < 0 || (line == first && at <= from);
    at = none ? Math.max(at, from + 1) : at;
  }

  /** Whether more items follow that are not written out. */
  private boolean isCut(int end) {
    int to = text.length;
    return Characters.ellipsis(text, end, to) > 0 || Characters.isAt(text, end, to, " <repeats ");
  }

  /** Whether a number ends at an index; before a point and a digit it is part of a fraction. */
  private boolean isEnd(int next) {
    int to = lines.end(line);
    if (next == to) {
      return true;
    }
    boolean fraction = text[next] == '.' && next + 1 < to && Characters.isDigit(text[next + 1]);
    return !fraction && !Characters.isAlphanumeric(text[next]) && text[next] != '_';
  }

  private void skipCast() {
    int to = lines.end(line);
    at += Characters.isAt(text, at, to, "(byte)") ? 6 : 0;
    at = Characters.skipWhite(text, at, to);
  }

  /**
   * Skips to the next item, which may be on the next line: with a mark of its own, or after a
   * comma, or among sign-extended numbers.
   *
   * @param first the first character of the run
   */
  private boolean skipSeparator(byte first) {
    int to = lines.end(line);
    boolean goesOn = first == 'f' || first == 'F';
    while (at < to && (Characters.isWhite(text[at]) || text[at] == ',' || text[at] == '+')) {
      goesOn |= text[at++] == ',';
    }
    if (at < to) {
      return isMark(to) || text[at] == '(' || Characters.hex(text[at]) >= 0;
    }
    if (line + 1 >= lines.count()) {
      return false;
    }
    int next = Characters.skipWhite(text, lines.start(line + 1), lines.end(line + 1));
    if (next == lines.end(line + 1)) {
      return false;
    }
    line++;
    at = next;
    return isMark(lines.end(line)) || (goesOn && Characters.hex(text[at]) >= 0);
  }
}
