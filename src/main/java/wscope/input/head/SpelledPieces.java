package wscope.input.head;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/** Collects bytes of a literal, with a piece for each line. */
final class SpelledPieces {
  private final @Nullable Way way;
  private final List<Piece> pieces = new ArrayList<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int line = -1;
  private int from;
  private int to;

  SpelledPieces(@Nullable Way way) {
    this.way = way;
  }

  /** Adds the byte that a cursor decoded last. */
  void add(Literal literal, int value) {
    if (literal.line() != line) {
      end();
      line = literal.line();
      from = literal.before();
    }
    to = literal.after();
    bytes.write(value);
  }

  /** Adds a byte that the text omits. */
  void addOmitted(int value) {
    bytes.write(value);
  }

  /** Ends a piece. The next byte begins another one. */
  void end() {
    if (line >= 0) {
      pieces.add(new Piece(line, from, to, bytes.toByteArray(), way));
    }
    bytes.reset();
    line = -1;
  }

  /** The pieces that ended. */
  List<Piece> pieces() {
    return pieces;
  }
}
