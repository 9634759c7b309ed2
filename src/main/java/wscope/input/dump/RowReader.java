package wscope.input.dump;

import java.util.Arrays;

/**
 * Decides where the bytes of a row end and its characters begin. The next offset says it, or the
 * characters do, or nothing follows the bytes. A row whose end is not clear is not read: no byte is
 * ever left out.
 */
final class RowReader {
  private static final int SURE_COUNT = 4;
  private static final int LOSSY_EXTRA = 8;

  private byte[] buffer = new byte[0];
  private int[] ends = new int[0];
  private final Notation notation;

  /** Where the characters of other rows begin, after the offset; 0 if not known. */
  private int column;

  private int cells;

  RowReader(Notation notation) {
    this.notation = notation;
  }

  /**
   * Reads a row.
   *
   * @param expected how many bytes the next offset says that it has; not positive if not known
   * @param repeated whether a {@code *} line repeats it up to there
   * @param closed whether the offset is that of the end
   */
  RowReading read(Row row, long expected, boolean repeated, boolean closed) {
    if (notation == Notation.CHARACTERS) {
      return characters(row, expected, repeated);
    }
    readCells(row);
    if (cells == 0) {
      return RowReading.NONE;
    }
    if (expected > 0) {
      int cell = cellOf(expected, repeated, closed);
      if (cell >= 0) {
        RowReading reading = reading(row, cell, (int) Math.min(expected, ends[cell]), true);
        boolean ended = isGap(row, cell) && !isOfCells(row);
        if (reading.characters() != CharacterColumn.State.OTHER || ended) {
          noteColumn(row, cell, reading);
          return reading;
        }
      }
    }
    return withoutOffset(row);
  }

  private void readCells(Row row) {
    if (ends.length < row.cells()) {
      ends = new int[row.cells()];
      buffer = new byte[row.cells() * Notation.MOST_BYTES];
    }
    int at = 0;
    int width = 0;
    boolean shorter = false;
    boolean ofHex = notation == Notation.HEX || notation == Notation.HEX_WORDS;
    for (cells = 0; cells < row.cells() && !shorter; cells++) {
      int digits = row.to(cells) - row.from(cells);
      width = cells == 0 ? digits : width;
      int count = notation.read(row.text, row.from(cells), row.to(cells), buffer, at);
      if (count < 0 || (ofHex && digits > width)) {
        break;
      }
      shorter = ofHex && digits < width;
      at += count;
      ends[cells] = at;
    }
  }

  /** The last cell of a row of so many bytes; -1 if no cell ends there. */
  private int cellOf(long expected, boolean repeated, boolean closed) {
    for (int i = cells - 1; i >= 0; i--) {
      boolean rows = i == cells - 1 && expected > ends[i] && expected % ends[i] == 0;
      if (repeated ? rows : ends[i] == expected) {
        return i;
      }
    }
    long filled = ends[cells - 1] - expected;
    int group = cells == 1 ? ends[0] : ends[cells - 1] - ends[cells - 2];
    boolean word = Integer.bitCount(group) == 1;
    return closed && word && filled > 0 && filled < group ? cells - 1 : -1;
  }

  private void noteColumn(Row row, int cell, RowReading reading) {
    if (reading.characters() == CharacterColumn.State.OTHER) {
      int at = row.to(cell);
      while (at < row.end && Digits.isBlank(row.text[at])) {
        at++;
      }
      column = at - row.afterOffset;
    }
  }

  private RowReading withoutOffset(Row row) {
    int all = cells - 1;
    CharacterColumn.State end = state(row, all);
    for (int i = all; i >= 0; i--) {
      boolean sure = end != CharacterColumn.State.NONE || ends[i] >= SURE_COUNT || isGap(row, i);
      if (sure && state(row, i) == CharacterColumn.State.SAME) {
        return reading(row, i, ends[i], false);
      }
    }
    if (end == CharacterColumn.State.NONE || isComment(row, all) || isLossy(row, all)) {
      return reading(row, all, ends[all], false);
    }
    return inColumn(row);
  }

  /** Takes the cells before the column where the characters of the other rows begin. */
  private RowReading inColumn(Row row) {
    int cell = -1;
    while (cell + 1 < cells && row.to(cell + 1) < row.afterOffset + column) {
      cell++;
    }
    boolean gap = cell >= 0 && (cell + 1 == row.cells() || isGap(row, cell));
    return gap ? reading(row, cell, ends[cell], false) : RowReading.NONE;
  }

  private CharacterColumn.State state(Row row, int cell) {
    return CharacterColumn.compare(row.text, row.to(cell), row.end, buffer, ends[cell]);
  }

  /** Whether the row has nothing after its cells. */
  private boolean isOfCells(Row row) {
    return Digits.areBlank(row.text, row.to(cells - 1), row.end);
  }

  private static boolean isGap(Row row, int cell) {
    int at = row.to(cell);
    return at + 1 < row.end
        && Digits.isBlank(row.text[at])
        && (row.text[at] == '\t'
            || (Digits.isBlank(row.text[at + 1]) || Digits.bar(row.text, at + 1, row.end) > 0));
  }

  /** Whether characters follow after a gap, some of which were lost or changed. */
  private boolean isLossy(Row row, int cell) {
    int at = row.to(cell);
    while (at < row.end && Digits.isBlank(row.text[at])) {
      at++;
    }
    int most = 2 * ends[cell] + LOSSY_EXTRA;
    return cell + 1 == row.cells() && isGap(row, cell) && row.end - at <= most;
  }

  private static boolean isComment(Row row, int cell) {
    int at = row.to(cell);
    while (at < row.end && Digits.isBlank(row.text[at])) {
      at++;
    }
    byte c = at < row.end ? row.text[at] : 0;
    byte next = at + 1 < row.end ? row.text[at + 1] : 0;
    return at > row.to(cell)
        && (c == '#' || (c == '/' && next == '/') || (c == '<' && next == '-') || c == '(');
  }

  private RowReading reading(Row row, int cell, int count, boolean follows) {
    CharacterColumn.State state =
        CharacterColumn.compare(row.text, row.to(cell), row.end, buffer, count);
    return new RowReading(Arrays.copyOf(buffer, count), cell, state, follows);
  }

  /** Spaces at the end of a row may have been lost: the next offset shows it. */
  private static RowReading characters(Row row, long expected, boolean repeated) {
    if (!CharacterRow.fits(row.text, row.afterOffset, row.end)) {
      return RowReading.NONE;
    }
    byte[] bytes = CharacterRow.read(row.text, row.afterOffset, row.end);
    boolean follows = expected == bytes.length || (repeated && expected % bytes.length == 0);
    if (expected > bytes.length && expected <= 16 && !follows) {
      int read = bytes.length;
      bytes = Arrays.copyOf(bytes, (int) expected);
      Arrays.fill(bytes, read, bytes.length, (byte) ' ');
      follows = true;
    }
    return new RowReading(bytes, -1, CharacterColumn.State.NONE, follows);
  }
}
