package wscope.input.screen;

import org.jspecify.annotations.Nullable;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/** Pieces without bytes: what wscope printed, but had not read. Nothing else is found there. */
final class Covers {
  private static final byte[] NOTHING = {};

  private Covers() {}

  /** The rest of a line, from an index on; null if there is none. */
  static @Nullable Piece of(Lines lines, int line, int from, @Nullable Way way) {
    byte[] text = lines.text();
    int end = lines.end(line);
    int start = from;
    while (start < end && (text[start] == ' ' || text[start] == '\t')) {
      start++;
    }
    return start < end ? new Piece(line, start, end, NOTHING, way) : null;
  }

  /** A part of a line. */
  static Piece of(Lines lines, int line, int from, int to, Way way) {
    return new Piece(line, from, Math.min(to, lines.end(line)), NOTHING, way);
  }

  /** A piece without its bytes. */
  static Piece of(Piece piece) {
    return new Piece(piece.line(), piece.from(), piece.to(), NOTHING, piece.way());
  }
}
