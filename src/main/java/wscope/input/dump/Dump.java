package wscope.input.dump;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Bytes that consecutive rows spell.
 *
 * @param pieces a row each, without their way
 * @param header the lines before
 */
record Dump(Notation notation, List<Piece> pieces, Set<Evidence> evidence, DumpHeader header) {
  Candidate candidate(@Nullable Way way) {
    List<Piece> withWay = way == null ? pieces : pieces.stream().map(p -> with(p, way)).toList();
    return new Candidate(
        Candidate.Kind.BYTES, notation.form(), notation.option(), withWay, evidence);
  }

  /** How many bytes it has. */
  int length() {
    return pieces.stream().mapToInt(piece -> piece.bytes().length).sum();
  }

  Dump with(Evidence more) {
    EnumSet<Evidence> all = EnumSet.of(more);
    all.addAll(evidence);
    return new Dump(notation, pieces, all, header);
  }

  static Piece with(Piece piece, @Nullable Way way) {
    return new Piece(piece.line(), piece.from(), piece.to(), piece.bytes(), way);
  }
}
