package wscope.input.dump;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/** A packet, and where its bytes stand in the text. */
final class PacketText {
  private final byte[] text;
  private final Dump dump;
  private final byte[] bytes;

  PacketText(byte[] text, Dump dump) {
    this.text = text;
    this.dump = dump;
    bytes = dump.candidate(null).bytes();
  }

  Dump dump() {
    return dump;
  }

  /** The packet, in an array that is its own. */
  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes);
  }

  byte[] array() {
    return bytes;
  }

  /** Adds the places of some bytes, a row each. */
  void addPieces(int from, int to, @Nullable Way way, List<Piece> pieces) {
    int start = 0;
    for (Piece row : dump.pieces()) {
      int end = start + row.bytes().length;
      int first = Math.max(from, start);
      int last = Math.min(to, end);
      if (first < last) {
        pieces.add(part(row, first - start, last - start, way));
      }
      start = end;
    }
  }

  private Piece part(Piece row, int from, int to, @Nullable Way way) {
    if (from == 0 && to == row.bytes().length) {
      return Dump.with(row, way);
    }
    byte[] part = Arrays.copyOfRange(row.bytes(), from, to);
    boolean repeated = row.to() - row.from() < 2 * row.bytes().length;
    if (repeated) {
      return new Piece(row.line(), row.from(), row.to(), part, way);
    }
    int start = place(row, 2 * from);
    int end = place(row, 2 * to - 1) + 1;
    return new Piece(row.line(), start, end, part, way);
  }

  /** The place of a hex digit of a row. */
  private int place(Piece row, int digit) {
    int at = row.from();
    for (int seen = 0; at < row.to() - 1; at++) {
      boolean hex = Digits.hex(text[at]) >= 0;
      if (hex && seen++ == digit) {
        return at;
      }
    }
    return at;
  }
}
