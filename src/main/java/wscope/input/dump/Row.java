package wscope.input.dump;

import java.util.Arrays;

/**
 * A line that may be a row of a dump.
 *
 * <p>{@code cellFrom} and {@code cellTo} are the places of words that may be bytes; the last of
 * them may belong to the characters. The digits of the offset are {@code offsetFrom} to {@code
 * offsetTo}; both are -1 if there is none.
 */
final class Row {
  final int line;
  final byte[] text;

  /** Where the offset begins, or the first cell if there is no offset. */
  final int start;

  /** The end of the line. */
  final int end;

  final int offsetFrom;
  final int offsetTo;

  /** Where the offset and its punctuation end. */
  final int afterOffset;

  /** Whether punctuation or 0x marks the offset. */
  final boolean marked;

  /** Whether a colon follows the offset. */
  final boolean colon;

  private final int[] cellFrom;
  private final int[] cellTo;

  /** The line of a {@code *} that follows this row; -1 if there is none. */
  int star = -1;

  /** Where it stands in the text. */
  int starFrom = -1;

  Row(RowScanner scanner, int line) {
    CellRun run = scanner.found();
    this.line = line;
    text = scanner.text();
    start = run.start;
    end = scanner.end();
    offsetFrom = run.offsetFrom;
    offsetTo = run.offsetTo;
    afterOffset = run.afterOffset;
    marked = run.marked;
    colon = run.colon;
    cellFrom = Arrays.copyOf(run.from, run.cells);
    cellTo = Arrays.copyOf(run.to, run.cells);
  }

  int cells() {
    return cellFrom.length;
  }

  int from(int cell) {
    return cellFrom[cell];
  }

  int to(int cell) {
    return cellTo[cell];
  }

  boolean hasOffset() {
    return offsetFrom >= 0;
  }

  int offsetDigits() {
    int digits = 0;
    for (int i = offsetFrom; i < offsetTo; i++) {
      digits += text[i] == '`' ? 0 : 1;
    }
    return digits;
  }

  /** The offset in a base; -1 if there is none, or if a digit does not exist in the base. */
  long offset(int base) {
    long value = hasOffset() ? 0 : -1;
    for (int i = Math.max(0, offsetFrom); i < offsetTo; i++) {
      if (text[i] != '`') {
        int digit = Digits.hex(text[i]);
        if (digit >= base || value >>> 58 != 0) {
          return -1;
        }
        value = value * base + digit;
      }
    }
    return value;
  }

  /** Whether the row has 0x before its bytes. */
  boolean isPrefixed() {
    return cells() > 0 && Digits.isPrefix(text, cellFrom[0], cellTo[0]);
  }

  /** Whether it has nothing but an offset. */
  boolean isClosing() {
    return cells() == 0 && Digits.areBlank(text, afterOffset, end);
  }
}
