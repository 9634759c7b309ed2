package wscope.input.dump;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;

/**
 * Finds the row of a dump in a line: the longest run of words that may be bytes, with the offset
 * before it, after any prefix: {@code 12:00:01 N: 0000: 81 85 37 fa ..7.}. It allocates nothing for
 * a line that has no row.
 */
final class RowScanner {
  private static final int LONGEST_CELL = 34;
  private static final int FEWEST_OFFSET_DIGITS = 4;
  private static final int MOST_OFFSET_DIGITS = 17;

  /** An offset is worth more than this many digits. */
  private static final int OFFSET_SCORE = 32;

  private final byte[] bytes = new byte[CellRun.MOST_CELLS * Notation.MOST_BYTES];
  private byte[] text = new byte[0];
  private int end;

  /** The current run, and the best one. */
  private CellRun run = new CellRun();

  private CellRun best = new CellRun();

  private int bestScore;

  /**
   * Finds the row of a line; null if it has none.
   *
   * @param open whether rows came before, which an offset alone would close
   * @param continued whether a row without an offset is just before; then a single byte is a row
   */
  @Nullable Row scan(Lines lines, int line, boolean open, boolean continued) {
    text = lines.text();
    end = lines.end(line);
    run.reset();
    best.reset();
    bestScore = 0;
    int at = lines.start(line);
    while (at < end) {
      byte c = text[at];
      if (Digits.isBlank(c)) {
        at++;
      } else {
        int bar = Digits.bar(text, at, end);
        at = bar > 0 ? bar(lines.start(line), at, bar) : word(at);
      }
    }
    close();
    return bestScore > 0 && isRow(open, continued) ? row(line) : null;
  }

  private Row row(int line) {
    return new Row(this, line);
  }

  private boolean isRow(boolean open, boolean continued) {
    if (best.offsetFrom < 0) {
      return best.cells > 0 && hasCharacters(continued ? 1 : 2);
    }
    if (best.cells > 0) {
      int last = best.to[best.cells - 1];
      return open
          || best.marked
          || Digits.areBlank(text, last, end)
          || isGap(last)
          || isZero(best.offsetFrom, best.offsetTo);
    }
    return Digits.areBlank(text, best.afterOffset, end)
        ? open
        : CharacterRow.fits(text, best.afterOffset, end);
  }

  /** Whether more than one space or a tab stands here. */
  private boolean isGap(int at) {
    byte next = at + 1 < end ? text[at + 1] : 0;
    return text[at] == '\t' || Digits.isBlank(next) || next == '>' || next == '#' || next == '.';
  }

  /** Whether the same bytes follow as characters. Only that makes a row of words without offset. */
  private boolean hasCharacters(int fewest) {
    int width = best.to[0] - best.from[0];
    int count = 0;
    for (int i = 0; i < best.cells && best.to[i] - best.from[i] <= width; i++) {
      int read = Notation.HEX.read(text, best.from[i], best.to[i], bytes, count);
      if (read < 0) {
        return false;
      }
      count += read;
      if (count >= fewest
          && CharacterColumn.compare(text, best.to[i], end, bytes, count)
              == CharacterColumn.State.SAME) {
        return true;
      }
    }
    return false;
  }

  /** A bar ends an offset that follows another bar; it may also stand between bytes. */
  private int bar(int lineStart, int at, int length) {
    boolean alone = run.cells == 1 && run.offsetFrom < 0 && run.to[0] == at;
    if (alone && offsetDigits(run.from[0], run.to[0]) && isAfterBar(lineStart, run.from[0])) {
      run.shift(text, at + length, true, false);
    }
    return at + length;
  }

  private boolean isAfterBar(int lineStart, int at) {
    return at > lineStart
        && (text[at - 1] == '|' || (at - lineStart >= 3 && Digits.bar(text, at - 3, at) == 3));
  }

  private int word(int at) {
    byte c = text[at];
    int to = wordEnd(at);
    if (!Digits.beginsNumber(c)) {
      close();
    } else if (isCell(at, to)) {
      run.add(at, to);
    } else if (isOffset(at, to)) {
      return to;
    } else if (c == '-' || c == ':') {
      punctuation(at, to);
    } else if (c == '<' && run.cells == 1 && run.offsetFrom < 0) {
      return symbol(at);
    } else if (c == '\'' && run.cells > 0) {
      return quoted(at);
    } else if (!isDashed(at, to)) {
      close();
    }
    return to;
  }

  private int wordEnd(int from) {
    int i = from + 1;
    while (i < end && !(Digits.endsWord(text[i]) && isWordEnd(i))) {
      i++;
    }
    return i;
  }

  private boolean isWordEnd(int at) {
    return text[at] >= 0 || Digits.bar(text, at, end) > 0;
  }

  private boolean isCell(int from, int to) {
    if (to - from > LONGEST_CELL) {
      return false;
    }
    if (Digits.isPrefix(text, from, to)) {
      return Digits.areHex(text, from + 2, to);
    }
    boolean negative = text[from] == '-' && to - from > 1 && to - from <= 4 && run.start >= 0;
    return Digits.areHex(text, negative ? from + 1 : from, to);
  }

  /** Reads {@code 0010:}, {@code [0010]}, {@code 000001d5`8a3c1040} and {@code 0CD1:0100}. */
  private boolean isOffset(int from, int to) {
    int first = text[from] == '[' ? from + 1 : from;
    int digits = first + (Digits.isPrefix(text, first, to) ? 2 : 0);
    int i = digits;
    while (i < to && i - digits <= MOST_OFFSET_DIGITS && isOffsetDigit(i, digits)) {
      i++;
    }
    if (i == digits || i - digits > MOST_OFFSET_DIGITS) {
      return false;
    }
    boolean quarter = i - digits == 4 && to - i == 5 && text[i] == ':';
    if (quarter && first == from && Digits.areHex(text, i + 1, to)) {
      open(from, i + 1, to, to, true);
      return true;
    }
    if (first > from && (i == to || text[i++] != ']')) {
      return false;
    }
    boolean colon = i < to && text[i] == ':';
    if (i + (colon ? 1 : 0) != to) {
      return false;
    }
    int digitsTo = first > from ? i - 1 : i;
    open(from, digits, digitsTo, to, colon);
    return true;
  }

  private boolean isOffsetDigit(int i, int first) {
    return Digits.hex(text[i]) >= 0 || (text[i] == '`' && i - first == 8);
  }

  private void open(int from, int digits, int digitsTo, int after, boolean colon) {
    close();
    run.offset(from, digits, digitsTo, after, colon);
  }

  /** A dash or a colon alone ends an offset; a dash may stand between bytes too. */
  private void punctuation(int at, int to) {
    boolean alone = to - at == 1 && run.cells == 1 && run.offsetFrom < 0;
    if (alone && offsetDigits(run.from[0], run.to[0])) {
      run.shift(text, to, true, text[at] == ':');
    } else if (to - at > 1 || text[at] == ':') {
      close();
    }
  }

  private boolean offsetDigits(int from, int to) {
    int digits = to - from - (Digits.isPrefix(text, from, to) ? 2 : 0);
    return digits >= FEWEST_OFFSET_DIGITS && digits <= MOST_OFFSET_DIGITS && text[from] != '-';
  }

  /** The {@code <buffer+8>:} that gdb writes after an address. */
  private int symbol(int at) {
    int i = at;
    while (i < end && text[i] != '>') {
      i++;
    }
    boolean colon = i + 1 < end && text[i + 1] == ':';
    if (i == end || !colon || !offsetDigits(run.from[0], run.to[0])) {
      close();
      return wordEnd(at);
    }
    run.shift(text, i + 2, true, true);
    return i + 2;
  }

  /** The {@code '\201'} that gdb writes after a number. */
  private int quoted(int at) {
    int i = at + 1;
    while (i < end && i - at <= 5 && (text[i] != '\'' || i == at + 1 || isEscaped(i, at))) {
      i++;
    }
    if (i < end && text[i] == '\'') {
      run.quotedTo = i + 1;
      return i + 1;
    }
    close();
    return wordEnd(at);
  }

  private boolean isEscaped(int i, int at) {
    return text[i - 1] == '\\' && i - 2 == at;
  }

  /** Two bytes that a dash joins in the middle of a row: {@code 7f 9f-4d 51}. */
  private boolean isDashed(int from, int to) {
    int before = run.cells - (run.offsetFrom < 0 ? 1 : 0);
    boolean middle = before == 7 || before == 3;
    if (!middle || to - from != 5 || text[from + 2] != '-') {
      return false;
    }
    if (!Digits.areHex(text, from, from + 2) || !Digits.areHex(text, from + 3, to)) {
      return false;
    }
    run.add(from, from + 2);
    run.add(from + 3, to);
    return true;
  }

  /** Ends the run, and keeps it if it is the best so far. */
  private void close() {
    if (run.start < 0) {
      return;
    }
    if (!run.tooLong) {
      boolean sure = run.offsetFrom >= 0 || takeOffset();
      int score = run.digits + (sure ? OFFSET_SCORE : 0);
      if (score > bestScore && (run.cells > 0 || run.offsetFrom >= 0)) {
        bestScore = score;
        CellRun other = best;
        best = run;
        run = other;
      }
    }
    run.reset();
  }

  /**
   * Takes the first word for the offset if it has enough digits.
   *
   * @return whether it differs in form from the words after it
   */
  private boolean takeOffset() {
    if (run.cells == 0 || !(offsetDigits(run.from[0], run.to[0]) || isApart())) {
      return false;
    }
    int length = run.to[0] - run.from[0];
    boolean prefixed = Digits.isPrefix(text, run.from[0], run.to[0]);
    boolean same =
        run.cells > 1
            && run.to[1] - run.from[1] == length
            && prefixed == Digits.isPrefix(text, run.from[1], run.to[1]);
    boolean sure = !same && length > FEWEST_OFFSET_DIGITS;
    run.shift(text, run.to[0], false, false);
    return sure || isZero(run.offsetFrom, run.offsetTo);
  }

  /** Whether a gap follows the first word, but not the second: {@code 16 81 85}. */
  private boolean isApart() {
    return run.cells > 2
        && run.from[1] - run.to[0] > 1
        && run.from[2] - run.to[1] == 1
        && text[run.from[0]] != '-'
        && !Digits.isPrefix(text, run.from[0], run.to[0]);
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] != '0') {
        return false;
      }
    }
    return true;
  }

  byte[] text() {
    return text;
  }

  /** The row that was found. */
  CellRun found() {
    return best;
  }

  /** The end of the line, or of the bytes if only their characters in quotes follow. */
  int end() {
    boolean quoted = best.quotedTo > 0 && Digits.areBlank(text, best.quotedTo, end);
    return quoted ? best.to[best.cells - 1] : end;
  }
}
