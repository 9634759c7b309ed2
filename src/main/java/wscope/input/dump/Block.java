package wscope.input.dump;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that may belong together: their offsets grow, or they have none and stand together. */
final class Block {
  /** Rows of a dump may have other lines between them, such as a log of another thread. */
  static final int MOST_LINES_BETWEEN = 8;

  final List<Row> rows = new ArrayList<>();
  final DumpHeader header;

  /** The indent of rows with a prefix. */
  static final int NO_INDENT = -1;

  /** The same, if the prefix says that the rows were sent. */
  static final int SENT = -2;

  /** The same, if the prefix says that the rows were received. */
  static final int RECEIVED = -3;

  /** Where the offset of the first row ends; negative if a prefix precedes it. */
  final int indent;

  /** The line after the last row that is only an offset. */
  @Nullable Row closing;

  Block(Row first, DumpHeader header, int indent) {
    this.header = header;
    this.indent = indent;
    rows.add(first);
  }

  Row first() {
    return rows.get(0);
  }

  Row last() {
    return rows.get(rows.size() - 1);
  }

  boolean hasOffsets() {
    return first().hasOffset();
  }

  /** Whether a row may follow the last one, as far as offsets say. */
  boolean continuesWith(Row row) {
    Row last = last();
    if (row.hasOffset() != last.hasOffset()) {
      return false;
    }
    if (!row.hasOffset()) {
      return row.line == last.line + 1;
    }
    boolean sameForm = row.offsetDigits() == last.offsetDigits() || (row.marked && last.marked);
    return sameForm && row.offset(16) > last.offset(16);
  }

  /** Takes an offset alone for the end of the rows, if it has their form. */
  boolean closesWith(Row row) {
    Row last = last();
    if (last.hasOffset()
        && row.offsetDigits() == last.offsetDigits()
        && row.offset(16) > last.offset(16)) {
      closing = row;
      return true;
    }
    return false;
  }
}
