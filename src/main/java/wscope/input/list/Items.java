package wscope.input.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Piece;

/** The items of a list: numbers without a mark, whose base is not known yet, and bytes. */
final class Items {
  /** A number without a mark, quoted or not. */
  private static final byte BARE = 0;

  /** A byte that is known. */
  private static final byte BYTE = 1;

  /** One character in quotes: a character, or a digit like the others. */
  private static final byte QUOTED = 2;

  private static final int LONGEST = 8;

  private final byte[] text;
  private int[] lines = new int[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private byte[] kinds = new byte[64];
  private byte[] values = new byte[64];
  private int count;
  private boolean marked;
  private boolean quotedNumbers;
  private boolean signExtended;

  Items(byte[] text) {
    this.text = text;
  }

  void clear() {
    count = 0;
    marked = false;
    quotedNumbers = false;
    signExtended = false;
  }

  int count() {
    return count;
  }

  /** Whether an item has a mark of its own, such as 0x, or is a character. */
  boolean isMarked() {
    return marked;
  }

  /** Says that the items are bytes. */
  void mark() {
    marked = true;
  }

  /** Adds a byte that stands from {@code start} to {@code end}. */
  void addByte(int line, int start, int end, int value) {
    add(line, start, end, BYTE, value);
  }

  /** Adds a number of digits, without its sign if it has one. */
  boolean addNumber(int line, int start, int end, boolean quoted) {
    quotedNumbers |= quoted && end - start > 1;
    signExtended |= Characters.isSignExtended(text, start, end);
    marked |= signExtended;
    add(line, start, end, quoted && end - start == 1 ? QUOTED : BARE, text[start]);
    return end - start <= LONGEST;
  }

  private void add(int line, int start, int end, byte kind, int value) {
    if (count == lines.length) {
      lines = Arrays.copyOf(lines, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    lines[count] = line;
    starts[count] = start;
    ends[count] = end;
    kinds[count] = kind;
    values[count++] = (byte) value;
  }

  /** Adds the last item again. */
  void repeatLast(int times) {
    int last = count - 1;
    for (int i = 0; i < times; i++) {
      add(lines[last], starts[last], ends[last], kinds[last], values[last]);
    }
  }

  /** Forgets all but the first items. */
  void truncate(int most) {
    count = Math.min(count, most);
  }

  int firstStart() {
    return starts[0];
  }

  int firstLine() {
    return lines[0];
  }

  int lastLine() {
    return lines[count - 1];
  }

  int lastEnd() {
    return ends[count - 1];
  }

  private boolean isBare(int item) {
    return kinds[item] == BARE || (kinds[item] == QUOTED && quotedNumbers);
  }

  /** Whether an item is a number in a base that nothing names. */
  boolean hasNumbers() {
    for (int i = 0; i < count; i++) {
      if (isBare(i)) {
        return true;
      }
    }
    return false;
  }

  /** The bytes of the items, each number in a base; null if one is not a byte in it. */
  byte @Nullable [] inBase(int base) {
    byte[] bytes = new byte[count];
    int least = 0;
    int most = 0;
    for (int i = 0; i < count; i++) {
      if (!isBare(i)) {
        bytes[i] = values[i];
        continue;
      }
      int value = value(i, base);
      least = Math.min(least, value);
      most = Math.max(most, value);
      bytes[i] = (byte) value;
      if (value > 255 || value < -128) {
        return null;
      }
    }
    return least < 0 && most > 127 ? null : bytes;
  }

  /** The value of a number, or 256 if it is not a number of this base. */
  private int value(int item, int base) {
    int at = starts[item];
    boolean negative = text[at] == '-';
    at += negative ? 1 : 0;
    int digits = ends[item] - at;
    if (base == 16 && (digits > 2 || negative)) {
      return Characters.isSignExtended(text, at, ends[item])
          ? Characters.hex(text[at + 6]) << 4 | Characters.hex(text[at + 7])
          : 256;
    }
    int value = 0;
    for (; at < ends[item]; at++) {
      int digit = Characters.hex(text[at]);
      if (digit < 0 || digit >= base || value > 255) {
        return 256;
      }
      value = value * base + digit;
    }
    return negative ? -value : value;
  }

  /** The bases in which all numbers are bytes, the most usual one first. */
  List<Integer> bases() {
    boolean bits = false;
    boolean zeros = false;
    for (int i = 0; i < count; i++) {
      int digits = text[starts[i]] == '-' ? 1 : ends[i] - starts[i];
      bits |= isBare(i) && digits > 3;
      zeros |= isBare(i) && digits > 2 && text[starts[i]] == '0';
    }
    List<Integer> bases = new ArrayList<>();
    for (int base : new int[] {10, 2, 8, 16}) {
      boolean usual =
          base == 2 ? bits : base == 8 ? zeros : base == 10 ? !bits : !marked || signExtended;
      if (usual && (base == 10 || hasNumbers()) && inBase(base) != null) {
        bases.add(base);
      }
    }
    return bases;
  }

  /** Whether a number is over 127 or below 0, so that it is more likely to be a byte. */
  boolean hasHighByte() {
    for (int i = 0; i < count; i++) {
      int value = isBare(i) ? value(i, 10) : values[i] & 0xff;
      if (value < 0 || value > 127) {
        return true;
      }
    }
    return false;
  }

  /** A piece for each line. */
  List<Piece> pieces(byte[] bytes) {
    List<Piece> pieces = new ArrayList<>();
    int first = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || lines[i] != lines[first]) {
        byte[] own = i - first == count ? bytes : Arrays.copyOfRange(bytes, first, i);
        pieces.add(new Piece(lines[first], starts[first], ends[i - 1], own, null));
        first = i;
      }
    }
    return pieces;
  }
}
