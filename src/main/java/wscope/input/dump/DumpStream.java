package wscope.input.dump;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import wscope.input.find.Candidate;
import wscope.input.find.FrameCheck;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Dumps that continue one another: a tool prints each line of a head, or each part of a frame, as a
 * dump of its own.
 */
final class DumpStream {
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final Dump first;
  private final Way way;
  private final List<Piece> pieces = new ArrayList<>();
  private final FrameCheck check = new FrameCheck();
  private boolean inHead;
  private int ended;

  DumpStream(Dump first, Way way) {
    this.first = first;
    this.way = way;
    inHead = beginsHead(first);
    add(first);
  }

  /** Whether the bytes are the beginning of a head or of frames that continues. */
  boolean isOpen() {
    return inHead || (!check.isWhole() && check.isValidSoFar());
  }

  /** Whether a dump is what follows, and not the beginning of something else. */
  boolean continuesWith(Dump dump) {
    return isOpen() && !beginsHead(dump) && (inHead || !isWhole(dump));
  }

  void add(Dump dump) {
    for (Piece piece : dump.pieces()) {
      pieces.add(Dump.with(piece, way));
      check.feed(piece.bytes(), 0, piece.bytes().length);
      for (int i = 0; i < piece.bytes().length && inHead; i++) {
        byte b = piece.bytes()[i];
        ended = b == END_OF_HEAD.charAt(ended) ? ended + 1 : b == '\r' ? 1 : 0;
        inHead = ended < END_OF_HEAD.length();
      }
    }
  }

  Candidate candidate() {
    return new Candidate(
        Candidate.Kind.BYTES,
        first.notation().form(),
        first.notation().option(),
        pieces,
        first.evidence());
  }

  private static boolean beginsHead(Dump dump) {
    byte[] bytes = dump.pieces().get(0).bytes();
    String start = new String(bytes, 0, Math.min(bytes.length, 7), US_ASCII);
    return start.startsWith("GET /") || start.startsWith("HTTP/1.");
  }

  private static boolean isWhole(Dump dump) {
    FrameCheck own = new FrameCheck();
    dump.pieces().forEach(piece -> own.feed(piece.bytes(), 0, piece.bytes().length));
    return own.isValid();
  }
}
