package wscope.input;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/** Brings finds and their pieces into the order in which they were on the wire. */
final class Order {
  /**
   * A head, or a piece of frames.
   *
   * @param way the sender, if the text names it
   * @param cut whether the text leaves out what follows
   */
  record Step(Candidate.Kind kind, ByteBuffer bytes, @Nullable Way way, boolean cut) {
    boolean isHead() {
      return kind != Candidate.Kind.BYTES;
    }
  }

  private record Placed(int at, Step step) {}

  private Order() {}

  /**
   * The steps of finds that are in the order of the text. Developer tools list a response before
   * its request: then the request comes first. Pieces of finds that alternate line by line
   * alternate too.
   */
  static List<Step> steps(List<Candidate> finds) {
    List<Step> steps = new ArrayList<>();
    List<Placed> pieces = new ArrayList<>();
    for (Candidate find : requestsFirst(finds)) {
      if (find.kind() == Candidate.Kind.BYTES) {
        place(find, pieces);
      } else {
        flush(pieces, steps);
        ByteBuffer head = ByteBuffer.wrap(find.bytes());
        steps.add(new Step(find.kind(), head, find.first().way(), false));
      }
    }
    flush(pieces, steps);
    return steps;
  }

  private static void place(Candidate find, List<Placed> pieces) {
    boolean cut = Scorer.isRestLeftOut(find);
    for (Piece piece : find.pieces()) {
      ByteBuffer bytes = ByteBuffer.wrap(piece.bytes());
      boolean last = piece == find.last();
      pieces.add(new Placed(piece.from(), new Step(find.kind(), bytes, piece.way(), cut && last)));
    }
  }

  private static List<Candidate> requestsFirst(List<Candidate> finds) {
    List<Candidate> ordered = new ArrayList<>(finds);
    for (int i = 1; i < ordered.size(); i++) {
      boolean swapped =
          ordered.get(i).kind() == Candidate.Kind.REQUEST
              && ordered.get(i - 1).kind() == Candidate.Kind.RESPONSE
              && (i == 1 || ordered.get(i - 2).kind() != Candidate.Kind.REQUEST);
      if (swapped) {
        ordered.add(i - 1, ordered.remove(i));
      }
    }
    return ordered;
  }

  private static void flush(List<Placed> pieces, List<Step> steps) {
    pieces.sort(Comparator.comparingInt(Placed::at));
    pieces.forEach(placed -> steps.add(placed.step()));
    pieces.clear();
  }
}
