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

  static {
    for (char c : "$#&0fF8Cc".toCharArray()) {
      MARKS[c] = true;
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
    while (line < lines.count()) {
      if (lines.lacks(line, Marks.Mark.MARKED_NUMBER)) {
        line++;
        continue;
      }
      int from = lines.start(line);
      at = Math.max(at, from);
      boolean whole = at == from;
      int to = lines.end(line);
      while (at < to && !(MARKS[text[at] & 0xff] && isMark(to))) {
        at++;
      }
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

  private boolean isMark(int to) {
    byte c = text[at];
    if (at + 2 >= to) {
      return false;
    }
    byte next = text[at + 1];
    return switch (c) {
      case '$' -> Characters.hex(next) >= 0;
      case '#' -> next == '$' || next == 'x';
      case '&' -> next == 'H' || next == 'h';
      case '0' -> next == 'x' && startsWord();
      case 'f', 'F' -> startsWord() && Characters.isSignExtended(text, at, Math.min(to, at + 8));
      case '8', 'C', 'c' -> startsWord() && Characters.hex(next) >= 0 && text[at + 2] == 'h';
      default -> false;
    };
  }

  private boolean startsWord() {
    return at == lines.start(line) || !Characters.isAlphanumeric(text[at - 1]);
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
      int next = numbers.read(line, at, lines.end(line), false);
      if (next < 0 || !items.isMarked() || !isEnd(next)) {
        break;
      }
      end = next;
      at = next;
      if (!skipSeparator()) {
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

  private boolean isEnd(int next) {
    return next == lines.end(line) || !(Characters.isAlphanumeric(text[next]) || text[next] == '_');
  }

  private void skipCast() {
    int to = lines.end(line);
    at += Characters.isAt(text, at, to, "(byte)") ? 6 : 0;
    at = Characters.skipWhite(text, at, to);
  }

  /** Skips to the next item, which may be on the next line. */
  private boolean skipSeparator() {
    int to = lines.end(line);
    while (at < to && (Characters.isWhite(text[at]) || text[at] == ',' || text[at] == '+')) {
      at++;
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
    return isMark(lines.end(line)) || Characters.hex(text[at]) >= 0;
  }
}
