package wscope.input.list;

import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Marks;

/**
 * Finds one number on each line, in hex, decimal or bits, alone or after the same prefix: {@code
 * 13:00:01.100 -> 81}, {@code - 129}, {@code 10000001}, {@code 0.0123,0x81,,}.
 */
final class NumberLines {
  private static final int LONGEST = 10;
  private static final int MOST_EMPTY_LINES = 1;

  private final Lines lines;
  private final byte[] text;
  private final Consumer<Candidate> found;
  private final Items items;
  private final NumberReader numbers;
  private final ListCandidates candidates;

  NumberLines(Lines lines, Consumer<Candidate> found) {
    this.lines = lines;
    this.text = lines.text();
    this.found = found;
    items = new Items(text);
    numbers = new NumberReader(text, items);
    candidates = new ListCandidates(lines);
  }

  void run() {
    int previous = -1;
    int previousStart = 0;
    for (int line = 0; line < lines.count(); line++) {
      int start = lines.lacks(line, Marks.Mark.NUMBER) ? -1 : numberStart(line);
      if (start < 0) {
        lines.setLacks(line, Marks.Mark.NUMBER);
        if (items.count() > 0 && (!lines.isEmpty(line) || line - previous > MOST_EMPTY_LINES)) {
          end();
        }
        continue;
      }
      if (items.count() > 0 && !isAlike(previous, previousStart, line, start)) {
        end();
      }
      if (!add(line, start)) {
        end();
        continue;
      }
      previous = line;
      previousStart = start;
    }
    end();
  }

  /** Where the number begins with which a line ends; -1 if it does not. */
  private int numberStart(int line) {
    int end = numberEnd(line);
    int from = lines.start(line);
    int at = end;
    while (at > from && end - at <= LONGEST && isNumber(text[at - 1])) {
      at--;
    }
    boolean apart = at == from || Characters.isWhite(text[at - 1]) || isCell(at, end);
    return at < end && end - at <= LONGEST && apart ? at : -1;
  }

  /** Whether a comma ends the cell before a number with a mark: {@code 0.0123,0x81,,}. */
  private boolean isCell(int at, int end) {
    return text[at - 1] == ',' && Characters.isAt(text, at, end, "0x");
  }

  private int numberEnd(int line) {
    int end = lines.end(line);
    int from = lines.start(line);
    while (end > from && (Characters.isWhite(text[end - 1]) || text[end - 1] == ',')) {
      end--;
    }
    return end;
  }

  private static boolean isNumber(byte c) {
    return Characters.hex(c) >= 0 || c == 'x' || c == '-' || c == 'h';
  }

  private boolean add(int line, int start) {
    int end = numberEnd(line);
    int before = items.count();
    if (numbers.read(line, start, end, false) == end && items.count() == before + 1) {
      return true;
    }
    items.truncate(before);
    return false;
  }

  /** Whether two lines are the same before their numbers, apart from other numbers. */
  private boolean isAlike(int line, int end, int otherLine, int otherEnd) {
    int at = lines.start(line);
    int other = lines.start(otherLine);
    while (at < end && other < otherEnd) {
      byte c = text[at];
      byte o = text[other];
      if (Characters.isDigit(c) && Characters.isDigit(o)) {
        at = skipDigits(at, end);
        other = skipDigits(other, otherEnd);
      } else if (Characters.isWhite(c) && Characters.isWhite(o)) {
        at = Characters.skipWhite(text, at, end);
        other = Characters.skipWhite(text, other, otherEnd);
      } else if (c == o) {
        at++;
        other++;
      } else {
        return false;
      }
    }
    return Characters.skipWhite(text, at, end) == end
        && Characters.skipWhite(text, other, otherEnd) == otherEnd;
  }

  private int skipDigits(int from, int to) {
    int at = from;
    while (at < to && Characters.isDigit(text[at])) {
      at++;
    }
    return at;
  }

  private void end() {
    if (items.count() >= 2) {
      Set<Evidence> given = Set.of(Evidence.REPEATED);
      for (Candidate candidate : candidates.of(items, false, given)) {
        found.accept(candidate);
      }
    }
    items.clear();
  }
}
