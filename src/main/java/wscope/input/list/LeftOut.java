package wscope.input.list;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Piece;

/**
 * What a list says of the bytes that it leaves out: {@code ...}, or {@code ... 4 more bytes} of
 * Node. Frames whose rest is left out are read only if their own length says the same number.
 */
final class LeftOut {
  private static final int LONGEST_NUMBER = 12;
  private static final String MORE = " more ";
  private static final String TRUNCATED = " bytes truncated";

  private LeftOut() {}

  /**
   * The number after an ellipsis, as in {@code ... 4 more bytes} and {@code ... [4 bytes
   * truncated]}; -1 if there is none.
   */
  static long count(byte[] text, int at, int to) {
    int from = at + Characters.ellipsis(text, at, to);
    int digits = from > at ? Characters.skipWhite(text, from, to) : to;
    digits += digits < to && text[digits] == '[' ? 1 : 0;
    long count = 0;
    int end = digits;
    while (end < to && end - digits < LONGEST_NUMBER && Characters.isDigit(text[end])) {
      count = 10 * count + text[end++] - '0';
    }
    boolean counts =
        Characters.isAt(text, end, to, MORE) || Characters.isAt(text, end, to, TRUNCATED);
    return end > digits && counts ? count : -1;
  }

  /** The index after an ellipsis, after what it counts, and after white space. */
  static int end(byte[] text, int at, int to) {
    int end = at + Characters.ellipsis(text, at, to);
    if (count(text, at, to) >= 0) {
      while (end < to && (Characters.isWhite(text[end]) || Characters.isAlphanumeric(text[end]))) {
        end++;
      }
    }
    return Characters.skipWhite(text, end, to);
  }

  /**
   * Offers bytes after which others are left out: to decode if the last frame lacks as many, or if
   * no frame is cut; else to ask about, or as text in which no other bytes are found.
   *
   * @param count how many bytes are left out; -1 if the text does not say so
   */
  static void offer(Candidate candidate, long count, Consumer<Candidate> found) {
    byte[] bytes = candidate.bytes();
    FrameCheck check = FrameCheck.of(bytes);
    boolean begins = FrameCheck.canBegin(bytes, 0, bytes.length) && check.isValidSoFar();
    if (!begins) {
      found.accept(claim(candidate.pieces()));
    } else if (!check.isWhole() && count > 0 && check.missing() == count) {
      found.accept(candidate.with(Set.of(Evidence.REST_COUNTED)));
    } else {
      found.accept(candidate.with(Set.of(Evidence.LEFT_OUT)));
    }
  }

  /** A candidate without bytes: in its text nothing is found. */
  static Candidate claim(List<Piece> pieces) {
    List<Piece> places = pieces.stream().map(LeftOut::place).toList();
    return new Candidate(Candidate.Kind.BYTES, "cut list", "", places, Set.of());
  }

  private static Piece place(Piece piece) {
    return new Piece(piece.line(), piece.from(), piece.to(), new byte[0], null);
  }
}
