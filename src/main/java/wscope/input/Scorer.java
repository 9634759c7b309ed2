package wscope.input;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.spelling.Lookalike;

/** Adds to a candidate what the protocol says of its bytes. */
final class Scorer {
  private Scorer() {}

  /**
   * The candidate with all its evidence.
   *
   * @param afterHead whether a handshake comes before it
   * @param missing how many bytes the last frame before it lacks
   */
  static Candidate score(Candidate candidate, boolean afterHead, long missing) {
    if (candidate.kind() != Candidate.Kind.BYTES) {
      return candidate;
    }
    EnumSet<Evidence> more = EnumSet.noneOf(Evidence.class);
    more.addAll(protocol(candidate));
    byte[] bytes = candidate.bytes();
    boolean surplus = afterHead && bytes.length > 2 && bytes[0] == '\r' && bytes[1] == '\n';
    if (surplus) {
      more.addAll(FrameCheck.of(bytes, 2, bytes.length).evidence());
    }
    if (more.isEmpty() && missing > 0) {
      more.addAll(continued(candidate.bytes(), missing));
    }
    if (afterHead && more.contains(Evidence.WHOLE_FRAMES)) {
      more.add(Evidence.AFTER_HEAD);
    }
    return candidate.with(more);
  }

  /** What the protocol says of the bytes: of each direction by itself, if the text names them. */
  static Set<Evidence> protocol(Candidate candidate) {
    byte[] bytes = candidate.bytes();
    Lookalike like = Lookalike.of(ByteBuffer.wrap(bytes));
    if (like != null && like.isCertain()) {
      return EnumSet.of(Evidence.OTHER_FORMAT);
    }
    FrameCheck joined = FrameCheck.of(bytes);
    if (joined.isValid() || !hasBothWays(candidate.pieces())) {
      return joined.evidence();
    }
    List<Set<Evidence>> directions = new ArrayList<>();
    for (boolean incoming : new boolean[] {false, true}) {
      FrameCheck check = new FrameCheck();
      for (Piece piece : candidate.pieces()) {
        if (isIncoming(piece) == incoming) {
          check.feed(piece.bytes(), 0, piece.bytes().length);
        }
      }
      directions.add(check.evidence());
    }
    boolean apart = directions.get(0).contains(Evidence.WHOLE_FRAMES);
    boolean both = apart && directions.get(1).contains(Evidence.WHOLE_FRAMES);
    if (!both) {
      return joined.evidence();
    }
    EnumSet<Evidence> all = EnumSet.of(Evidence.SEVERAL_FRAMES);
    directions.forEach(all::addAll);
    return all;
  }

  private static boolean hasBothWays(List<Piece> pieces) {
    boolean in = false;
    boolean out = false;
    for (Piece piece : pieces) {
      if (piece.way() == null) {
        return false;
      }
      in |= isIncoming(piece);
      out |= !isIncoming(piece);
    }
    return in && out;
  }

  private static boolean isIncoming(Piece piece) {
    return piece.way() != null
        && switch (piece.way()) {
          case IN, SERVER -> true;
          case OUT, CLIENT -> false;
        };
  }

  /** Whether bytes begin with the head of an HTTP message. */
  static boolean startsHead(ByteBuffer bytes) {
    return starts(bytes, "GET ") || starts(bytes, "HTTP/1.");
  }

  private static boolean starts(ByteBuffer bytes, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (i >= bytes.remaining() || bytes.get(bytes.position() + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a text has nothing else than a candidate, but punctuation. */
  static boolean isAlone(Candidate candidate, Lines lines) {
    int at = lines.start(0);
    for (Piece piece : candidate.pieces()) {
      if (!isPunctuation(lines.text(), at, piece.from())) {
        return false;
      }
      at = piece.to();
    }
    return isPunctuation(lines.text(), at, lines.to());
  }

  /** What the protocol says of bytes that begin with the rest of a frame. */
  private static Set<Evidence> continued(byte[] bytes, long missing) {
    EnumSet<Evidence> evidence = EnumSet.of(Evidence.CONTINUED);
    if (bytes.length > missing) {
      evidence.addAll(FrameCheck.of(bytes, (int) missing, bytes.length).evidence());
    }
    return evidence;
  }

  /** How many bytes the last frame of a window lacks, if it continues at the end of the window. */
  static long missing(Selection selection, Lines lines, long before) {
    long missing = 0;
    for (Candidate candidate : selection.chosen()) {
      if (candidate.kind() == Candidate.Kind.BYTES && goesOn(candidate, lines)) {
        byte[] bytes = candidate.bytes();
        boolean continued = candidate.evidence().contains(Evidence.CONTINUED);
        int from = continued ? (int) Math.min(before, bytes.length) : 0;
        missing =
            continued && bytes.length < before
                ? before - bytes.length
                : FrameCheck.of(bytes, from, bytes.length).missing();
      }
    }
    return missing;
  }

  /** Whether the text leaves out the rest of the last frame. */
  static boolean isRestLeftOut(Candidate candidate) {
    return candidate.evidence().contains(Evidence.REST_COUNTED);
  }

  /** How many bytes the text leaves out after a candidate, if it has their number. */
  static long leftOut(Candidate candidate) {
    return isRestLeftOut(candidate) ? FrameCheck.of(candidate.bytes()).missing() : 0;
  }

  /** Whether a candidate may go on in the lines that follow. */
  static boolean goesOn(Candidate candidate, Lines lines) {
    boolean last = candidate.last().line() >= lines.count() - 2;
    Set<Evidence> evidence = candidate.evidence();
    boolean rows =
        evidence.contains(Evidence.OFFSETS)
            || evidence.contains(Evidence.FIRST_OFFSET)
            || evidence.contains(Evidence.CHARACTERS)
            || evidence.contains(Evidence.PACKETS);
    boolean goesOn = last && (rows || !isComplete(candidate));
    return !lines.isEnd() && (goesOn || evidence.contains(Evidence.EXPORTED));
  }

  /** Whether a line has more than punctuation. */
  static boolean hasWords(Lines lines, int line) {
    return !isPunctuation(lines.text(), lines.start(line), lines.end(line));
  }

  private static boolean isPunctuation(byte[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text[i] < 0 || Character.isLetterOrDigit(text[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether the lines of a candidate have nothing else, but the offsets of a dump. */
  static boolean isWhole(Candidate candidate, Lines lines) {
    Set<Evidence> evidence = candidate.evidence();
    if (evidence.contains(Evidence.OFFSETS) || evidence.contains(Evidence.CHARACTERS)) {
      return true;
    }
    int line = candidate.first().line();
    int at = lines.start(line);
    for (Piece piece : candidate.pieces()) {
      if (piece.line() != line) {
        if (!isPunctuation(lines.text(), at, lines.end(line))) {
          return false;
        }
        line = piece.line();
        at = lines.start(line);
      }
      if (!isPunctuation(lines.text(), at, Math.max(at, piece.from()))) {
        return false;
      }
      at = piece.to();
    }
    return isPunctuation(lines.text(), at, lines.end(line));
  }

  /**
   * Whether bytes are the beginning of frames whose rest may follow, and nothing speaks against
   * them.
   */
  static boolean isCut(Candidate candidate) {
    boolean cut = false;
    for (Evidence each : candidate.evidence()) {
      switch (each) {
        case CUT_FRAME, CUT_STREAM, OPEN_MESSAGE -> cut = true;
        case OTHER_FORMAT, CLOCK, NUMBERS, WORDS, IDENTIFIER, ONE_WORD, DIGEST -> {
          return false;
        }
        default -> {}
      }
    }
    return cut;
  }

  /** Whether nothing that follows can belong to it: all frames and messages have ended. */
  static boolean isComplete(Candidate candidate) {
    Set<Evidence> evidence = candidate.evidence();
    return candidate.kind() == Candidate.Kind.BYTES
        ? evidence.contains(Evidence.WHOLE_FRAMES) && !evidence.contains(Evidence.OPEN_MESSAGE)
        : !evidence.contains(Evidence.OPEN_HEAD);
  }
}
