package wscope.input.list;

import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Marks;

/**
 * Finds lists with an item and its index on each line, as debuggers and consoles show them: {@code
 * 0: 129}, {@code 0 = -127}, {@code [0] 0x81 byte}, {@code buf[0]=0x81}, {@code [0]: 129 '\x81'},
 * {@code 0 129} and {@code │ 0 │ 129 │}; and rows that begin with the index of their first item,
 * {@code [20] 129 5}.
 */
final class IndexedLines {
  private static final int LONGEST_NAME = 32;
  private static final int LARGEST_INDEX = 1 << 24;

  /** The bytes of U+2502, a vertical line, in UTF-8. */
  private static final String UTF8_BAR = "\u00e2\u0094\u0082";

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Items items;
  private final NumberReader numbers;
  private final ListCandidates candidates;
  private int index;
  private int at;
  private boolean bare;

  IndexedLines(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    items = new Items(text);
    numbers = new NumberReader(text, items);
    candidates = new ListCandidates(lines);
  }

  void run() {
    int line = 0;
    while ((line = lines.next(line, Marks.Mark.INDEX)) < lines.count()) {
      if (index(line) && index <= 1) {
        line = list(line);
      } else {
        lines.setLacks(line, Marks.Mark.INDEX);
      }
    }
  }

  /** Reads the list that begins on a line; returns the line after it. */
  private int list(int first) {
    items.clear();
    int base = index;
    int next = first;
    boolean rows = false;
    while (next < lines.count() && index(next)) {
      if (index != base + items.count()) {
        break;
      }
      int before = items.count();
      int start = at;
      if (!item(next)) {
        break;
      }
      rows |= items.count() > before + 1;
      if (items.count() == before || start == at) {
        break;
      }
      next++;
    }
    int lineCount = next - first;
    if (rows ? lineCount >= 1 && items.count() > 2 : lineCount >= 2) {
      Set<Evidence> given =
          lineCount > 1 ? Set.of(Evidence.OFFSETS) : Set.of(Evidence.FIRST_OFFSET);
      for (Candidate candidate : candidates.of(items, false, given)) {
        found.accept(candidate);
      }
    }
    return Math.max(next, first + 1);
  }

  /** Reads the index that a line begins with, and what separates it from the item. */
  private boolean index(int line) {
    int to = lines.end(line);
    at = skipFrame(lines.start(line), to);
    if (at < to && text[at] == '(') {
      while (at < to && text[at] != ')') {
        at++;
      }
      at = skipFrame(Math.min(to, at + 1), to);
    }
    at = skipName(at, to);
    boolean bracket = at < to && text[at] == '[';
    at += bracket ? 1 : 0;
    int digits = at;
    index = 0;
    while (at < to && Characters.isDigit(text[at]) && index < LARGEST_INDEX) {
      index = 10 * index + text[at++] - '0';
    }
    boolean closed = !bracket || (at < to && text[at] == ']');
    if (at == digits || !closed) {
      return false;
    }
    at += bracket ? 1 : 0;
    bare = !bracket;
    return separator(to);
  }

  /** Skips the name of an array before its index, as in {@code buf[0]}. */
  private int skipName(int from, int to) {
    int next = from;
    boolean name = from < to && (text[from] | 0x20) >= 'a';
    while (name && next < to && next - from < LONGEST_NAME && isName(text[next])) {
      next++;
    }
    return next < to && text[next] == '[' ? next : from;
  }

  private static boolean isName(byte c) {
    return Characters.isAlphanumeric(c) || c == '_' || c == '.';
  }

  private boolean separator(int to) {
    int from = at;
    at = skipFrame(at, to);
    bare &= at == from || isBlank(from, at);
    if (at < to && (text[at] == '=' || text[at] == ':')) {
      at += Characters.isAt(text, at, to, "=>") ? 2 : 1;
      bare = false;
    }
    at = skipFrame(at, to);
    return at > from && at < to;
  }

  private boolean isBlank(int from, int to) {
    return Characters.skipWhite(text, from, to) == to;
  }

  /** Skips white space and the lines of a table. */
  private int skipFrame(int from, int to) {
    int next = from;
    while (next < to) {
      if (Characters.isWhite(text[next]) || text[next] == '|') {
        next++;
      } else if (Characters.isAt(text, next, to, UTF8_BAR)) {
        next += 3;
      } else {
        return next;
      }
    }
    return next;
  }

  /** Reads one item, or the items of a row up to the end of the line. */
  private boolean item(int line) {
    int to = lines.end(line);
    int next = numbers.read(line, at, to, false);
    if (next < 0 || (next < to && !isEnd(text[next]))) {
      return false;
    }
    int rest = skipFrame(next, to);
    boolean comma = rest < to && text[rest] == ',';
    rest = comma ? skipFrame(rest + 1, to) : rest;
    at = rest;
    if (rest == to) {
      return true;
    }
    return !bare && (row(line, to) || !startsItem(rest));
  }

  private boolean startsItem(int from) {
    return Characters.isDigit(text[from]) || text[from] == '-';
  }

  /** Reads the other items of a row; nothing else may stand on its line. */
  private boolean row(int line, int to) {
    int next = at;
    if (!startsItem(next) && Characters.hex(text[next]) < 0) {
      return false;
    }
    int before = items.count();
    while (next < to) {
      int end = numbers.read(line, next, to, false);
      if (end < 0 || (end < to && !isEnd(text[end]))) {
        items.truncate(before);
        return false;
      }
      next = skipFrame(end, to);
      next = next < to && text[next] == ',' ? skipFrame(next + 1, to) : next;
    }
    at = to;
    return true;
  }

  private static boolean isEnd(byte c) {
    return Characters.isWhite(c) || c == ',' || c == '|' || c < 0;
  }
}
