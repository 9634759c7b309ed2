package wscope.input.dump;

import java.util.ArrayList;
import java.util.List;

/** All rows of a block, read in one notation and with offsets of one base. */
final class BlockReading {
  private static final int FOLLOWS = 8;
  private static final int CONFIRMED = 4;
  private static final int READ = 4;

  final Notation notation;
  final int base;
  final List<RowReading> rows = new ArrayList<>();
  private int score;

  BlockReading(Block block, Notation notation, int base) {
    this.notation = notation;
    this.base = base;
    RowReader reader = new RowReader(notation);
    for (int i = 0; i < block.rows.size(); i++) {
      Row row = block.rows.get(i);
      boolean last = i == block.rows.size() - 1;
      RowReading read = reader.read(row, distance(block, i, base), row.star >= 0, last);
      rows.add(read);
      score += read.isRead() ? READ : 0;
      score += read.isConfirmed() ? CONFIRMED : 0;
      score += read.follows() ? FOLLOWS : 0;
    }
  }

  /** How many bytes lie between a row's offset and the next; -1 if that is not known. */
  static long distance(Block block, int index, int base) {
    Row row = block.rows.get(index);
    Row next = index + 1 < block.rows.size() ? block.rows.get(index + 1) : block.closing;
    if (next == null || !row.hasOffset()) {
      return -1;
    }
    long from = row.offset(base);
    long to = next.offset(base);
    return from < 0 || to < 0 ? -1 : to - from;
  }

  /** How much it explains. */
  int score() {
    return score;
  }

  /** Whether every row is read. */
  boolean isComplete() {
    for (RowReading row : rows) {
      if (!row.isRead()) {
        return false;
      }
    }
    return true;
  }

  /** Whether nothing can explain more. */
  boolean isPerfect(Block block) {
    int follows = block.rows.size() - (block.closing == null ? 1 : 0);
    int confirmed = 0;
    for (RowReading row : rows) {
      confirmed += row.isConfirmed() ? CONFIRMED : 0;
    }
    return isComplete() && score - confirmed == rows.size() * READ + follows * FOLLOWS;
  }
}
