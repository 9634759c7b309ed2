package wscope.input.dump;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Evidence;
import wscope.input.find.Piece;

/**
 * Reads the rows of a block in the notation and with the base of offsets that explain the most of
 * them, and divides them where offsets do not follow each other.
 */
final class BlockReader {
  private static final int[] BASES = {16, 10, 8};

  /** A dump that repeats rows more often is not read. */
  private static final int MOST_REPEATED_BYTES = 1 << 16;

  private static final int FEWEST_ROW_BYTES = 8;
  private static final int MOST_MISSING_ROWS = 64;
  private static final int FEWEST_ADDRESS_DIGITS = 4;
  private static final int BYTE_DIGITS = 3;

  private final Block block;

  private BlockReader(Block block) {
    this.block = block;
  }

  /** The dumps of a block: none if it cannot be read or a row is missing. */
  static List<Dump> read(Block block) {
    return new BlockReader(block).read();
  }

  private List<Dump> read() {
    if (isDoubtful()) {
      return List.of();
    }
    BlockReading best = best();
    if (best == null) {
      return List.of();
    }
    BlockReading turned =
        best.notation == Notation.HEX && hasGroups()
            ? new BlockReading(block, Notation.HEX_WORDS, best.base)
            : null;
    List<Dump> dumps = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < best.rows.size(); i++) {
      if (isHole(best, i)) {
        return List.of();
      }
      boolean read = best.rows.get(i).isRead();
      boolean breaks = !read || (block.hasOffsets() && !best.rows.get(i).follows());
      boolean ends = breaks || i == best.rows.size() - 1;
      if (ends && read && offsetsAreEnough(best, from, i)) {
        add(best, turned, from, i, dumps);
      }
      from = ends ? i + 1 : from;
    }
    return dumps;
  }

  /** Whether nothing says that the first word of a row is an offset. */
  private boolean isDoubtful() {
    Row row = block.first();
    if (!row.hasOffset() || row.marked || row.offset(16) == 0) {
      return false;
    }
    boolean alone = block.rows.size() == 1 && block.closing == null && row.cells() > 0;
    return row.offsetDigits() < FEWEST_ADDRESS_DIGITS
        || (alone && Digits.areBlank(row.text, row.to(row.cells() - 1), row.end));
  }

  private @Nullable BlockReading best() {
    BlockReading best = null;
    for (int base : bases()) {
      for (Notation notation : Notation.values()) {
        if (isPossible(notation, best)) {
          BlockReading reading = new BlockReading(block, notation, base);
          if (best == null || reading.score() > best.score()) {
            best = reading;
          }
        }
      }
      if (best != null && best.isPerfect(block)) {
        return best;
      }
    }
    return best;
  }

  /** Cells of characters are tried if numbers cannot explain every row. */
  private boolean isPossible(Notation notation, @Nullable BlockReading best) {
    if (notation == Notation.CHARACTERS) {
      return best == null || !best.isComplete() || best.notation == Notation.CHARACTERS;
    }
    return opens(notation);
  }

  private boolean opens(Notation notation) {
    Row row = block.first();
    byte[] out = new byte[Notation.MOST_BYTES];
    boolean reads = row.cells() > 0 && notation.read(row.text, row.from(0), row.to(0), out, 0) > 0;
    return reads && (notation != Notation.DECIMAL_WORDS || hasLong(row));
  }

  /** Whether a number has more digits than a byte. */
  private static boolean hasLong(Row row) {
    for (int i = 0; i < row.cells(); i++) {
      if (row.to(i) - row.from(i) > BYTE_DIGITS) {
        return true;
      }
    }
    return false;
  }

  /** The bases that all offsets may have, without those that make no difference. */
  private List<Integer> bases() {
    List<Integer> bases = new ArrayList<>();
    List<long[]> known = new ArrayList<>();
    for (int base : BASES) {
      long[] distances = new long[block.rows.size()];
      boolean possible = base == 16;
      for (int i = 0; i < distances.length; i++) {
        distances[i] =
            base == 8 && block.first().colon ? -1 : BlockReading.distance(block, i, base);
        possible |= distances[i] > 0;
      }
      if (possible && known.stream().noneMatch(each -> Arrays.equals(each, distances))) {
        bases.add(base);
        known.add(distances);
      }
    }
    return bases;
  }

  private boolean hasGroups() {
    Row row = block.first();
    int digits = row.to(0) - row.from(0) - (row.isPrefixed() ? 2 : 0);
    return digits > 2;
  }

  /** Whether rows are missing between a row and the next. */
  private boolean isHole(BlockReading reading, int index) {
    RowReading row = reading.rows.get(index);
    int length = row.bytes().length;
    if (row.follows() || index + 1 >= reading.rows.size() || length < FEWEST_ROW_BYTES) {
      return false;
    }
    long missing = BlockReading.distance(block, index, reading.base) - length;
    boolean adjacent = block.rows.get(index + 1).line == block.rows.get(index).line + 1;
    return adjacent
        && missing > 0
        && missing % length == 0
        && missing / length <= MOST_MISSING_ROWS;
  }

  /** A single row needs a sign that its first word is an offset. */
  private boolean offsetsAreEnough(BlockReading reading, int from, int last) {
    Row row = block.rows.get(from);
    RowReading read = reading.rows.get(from);
    return last > from
        || read.follows()
        || read.isConfirmed()
        || row.offset(16) == 0
        || (row.marked && row.offsetDigits() >= FEWEST_ADDRESS_DIGITS);
  }

  private void add(
      BlockReading reading, @Nullable BlockReading turned, int from, int last, List<Dump> dumps) {
    EnumSet<Evidence> evidence = evidence(reading, from, last);
    List<Piece> pieces = pieces(reading, from, last);
    Notation notation = reading.notation;
    boolean words = notation.isOfWords() || turned != null;
    if (words && !evidence.contains(Evidence.CHARACTERS)) {
      boolean known = turned != null && block.first().colon && !block.first().isPrefixed();
      List<Piece> other = turned == null ? List.of() : pieces(turned, from, last);
      WordOrder order =
          turned == null
              ? WordOrder.of(List.of(), pieces, false)
              : WordOrder.of(pieces, other, known);
      if (order.pieces().isEmpty()) {
        return;
      }
      notation = order.turned() && turned != null ? Notation.HEX_WORDS : notation;
      pieces = order.pieces();
    }
    Dump dump = new Dump(notation, pieces, evidence, block.header);
    dumps.add(block.header.counts(dump.length()) ? dump.with(Evidence.COUNTED) : dump);
  }

  private EnumSet<Evidence> evidence(BlockReading reading, int from, int last) {
    EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    Row first = block.rows.get(from);
    if (reading.rows.get(from).follows()) {
      evidence.add(Evidence.OFFSETS);
    } else if (first.offset(16) == 0) {
      evidence.add(Evidence.FIRST_OFFSET);
    }
    int confirmed = 0;
    boolean differs = false;
    for (int i = from; i <= last; i++) {
      RowReading row = reading.rows.get(i);
      confirmed += row.isConfirmed() ? row.bytes().length : 0;
      differs |= row.characters() == CharacterColumn.State.OTHER;
    }
    if (confirmed > 1 && !differs) {
      evidence.add(Evidence.CHARACTERS);
    }
    if (first.isPrefixed()) {
      evidence.add(Evidence.MARKED);
    }
    if (!first.hasOffset() && last > from) {
      evidence.add(Evidence.REPEATED);
    }
    if (isLong(reading, from, last)) {
      evidence.add(Evidence.LONG_REPEAT);
    }
    if (block.rows.get(last).star >= 0 && !reading.rows.get(last).follows()) {
      evidence.add(Evidence.LEFT_OUT);
    }
    if (block.header.isLabel()) {
      evidence.add(Evidence.LABELLED);
    }
    return evidence;
  }

  private List<Piece> pieces(BlockReading reading, int from, int last) {
    List<Piece> pieces = new ArrayList<>();
    boolean isLong = isLong(reading, from, last);
    for (int i = from; i <= last; i++) {
      Row row = block.rows.get(i);
      RowReading read = reading.rows.get(i);
      int start = read.last() < 0 ? row.afterOffset : row.from(0);
      int end =
          read.last() < 0
              ? CharacterRow.trim(row.text, row.afterOffset, row.end)
              : row.to(read.last());
      pieces.add(new Piece(row.line, start, end, read.bytes(), null));
      if (!isLong && row.star >= 0 && read.follows()) {
        pieces.add(star(row, read.bytes(), (int) repeated(reading, i)));
      }
    }
    return pieces;
  }

  /** How many bytes the line after a row repeats. */
  private long repeated(BlockReading reading, int index) {
    RowReading read = reading.rows.get(index);
    boolean star = block.rows.get(index).star >= 0 && read.follows();
    return star ? BlockReading.distance(block, index, reading.base) - read.bytes().length : 0;
  }

  /** Whether rows are repeated for longer than any text needs it. */
  private boolean isLong(BlockReading reading, int from, int last) {
    long all = 0;
    for (int i = from; i <= last && all <= MOST_REPEATED_BYTES; i++) {
      all += Math.min(repeated(reading, i), MOST_REPEATED_BYTES + 1);
    }
    return all > MOST_REPEATED_BYTES;
  }

  private static Piece star(Row row, byte[] bytes, int repeated) {
    byte[] all = new byte[repeated];
    for (int i = 0; i < repeated; i++) {
      all[i] = bytes[i % bytes.length];
    }
    return new Piece(row.star, row.starFrom, row.starFrom + 1, all, null);
  }
}
