package wscope.input.find;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Bytes that a text may spell. Candidates may overlap; the finder chooses among them.
 *
 * @param kind what the bytes are
 * @param form in which they are written, in a few words: {@code hex}, {@code hex dump}, {@code
 *     decimal list}
 * @param option the value of {@code --from} that reads this form; empty if there is none
 * @param pieces at least one, in the order of the text; if none of them has bytes, this is text in
 *     which nothing must be found
 * @param evidence that the text gives; that of the protocol is added later
 */
public record Candidate(
    Kind kind, String form, String option, List<Piece> pieces, Set<Evidence> evidence) {
  /** What some bytes are. */
  public enum Kind {
    /** The head of an HTTP request, with CRLF line ends and its empty line. */
    REQUEST,
    /** The head of an HTTP response, with CRLF line ends and its empty line. */
    RESPONSE,
    /** Bytes of frames, or of heads and frames, as they were on the wire. */
    BYTES
  }

  public Candidate {
    pieces = List.copyOf(pieces);
    evidence = evidence.isEmpty() ? Set.of() : EnumSet.copyOf(evidence);
  }

  /** All bytes, in the order of the text. */
  public byte[] bytes() {
    if (pieces.size() == 1) {
      return pieces.get(0).bytes();
    }
    byte[] bytes = new byte[length()];
    int at = 0;
    for (Piece piece : pieces) {
      System.arraycopy(piece.bytes(), 0, bytes, at, piece.bytes().length);
      at += piece.bytes().length;
    }
    return bytes;
  }

  /** How many bytes there are. */
  public int length() {
    int length = 0;
    for (Piece piece : pieces) {
      length += piece.bytes().length;
    }
    return length;
  }

  public Piece first() {
    return pieces.get(0);
  }

  public Piece last() {
    return pieces.get(pieces.size() - 1);
  }

  /** The points of its evidence. */
  public int points() {
    return Evidence.points(evidence, false);
  }

  /** The points of what the protocol says. */
  public int protocolPoints() {
    return Evidence.points(evidence, true);
  }

  /** The same with more evidence. */
  public Candidate with(Set<Evidence> more) {
    EnumSet<Evidence> all = EnumSet.noneOf(Evidence.class);
    all.addAll(evidence);
    all.addAll(more);
    return new Candidate(kind, form, option, pieces, all);
  }
}
