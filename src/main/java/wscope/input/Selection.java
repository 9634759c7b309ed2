package wscope.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Piece;

/**
 * Chooses among candidates: the one with the most points first, of those with equal points the one
 * with more bytes, of those the one that begins first. A candidate that overlaps with a chosen one
 * is left out, and so is one that overlaps with a candidate without bytes, or with one after which
 * the text leaves out bytes.
 *
 * @param chosen those that are decoded, in the order of the text
 * @param doubtful those with too little evidence, with the most points first
 * @param close candidates that overlap with a chosen one and have nearly as many points
 * @param open whether bytes that are not chosen may go on after the last line
 */
record Selection(
    List<Candidate> chosen, List<Candidate> doubtful, List<Candidate> close, boolean open) {
  /** A difference of points that decides clearly. */
  private static final int CLEAR = 2;

  private static final int MOST_SHOWN = 3;

  /** The owner of text that a candidate without bytes claims. */
  private static final int CLAIMED = -1;

  private static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparingInt(Candidate::points)
          .reversed()
          .thenComparing(Comparator.comparingInt(Candidate::length).reversed())
          .thenComparing(candidate -> candidate.first().from());

  /** Selects among scored candidates of some lines. */
  static Selection of(List<Candidate> candidates, Lines lines) {
    if (candidates.isEmpty()) {
      return new Selection(List.of(), List.of(), List.of(), false);
    }
    int from = lines.start(0);
    int to = lines.to();
    List<Candidate> doubtful = new ArrayList<>();
    List<Candidate> sorted = new ArrayList<>();
    int[] owner = new int[to - from];
    for (Candidate candidate : candidates) {
      if (candidate.length() == 0) {
        mark(candidate, owner, from, CLAIMED);
      } else if (isCutOff(candidate)) {
        mark(candidate, owner, from, CLAIMED);
        addUpTo(MOST_SHOWN, doubtful, candidate);
      } else {
        sorted.add(candidate);
      }
    }
    sorted.sort(BEST_FIRST);
    List<Candidate> chosen = new ArrayList<>();
    List<Candidate> close = new ArrayList<>();
    for (Candidate candidate : sorted) {
      if (candidate.points() < Evidence.ASKED) {
        break;
      }
      int other = overlap(candidate, owner, from);
      if (other == 0 && isEnough(candidate)) {
        chosen.add(candidate);
        mark(candidate, owner, from, chosen.size());
      } else if (other == 0) {
        addUpTo(MOST_SHOWN, doubtful, candidate);
      } else if (other != CLAIMED && isClose(candidate, chosen.get(other - 1))) {
        addUpTo(MOST_SHOWN, close, candidate);
      }
    }
    chosen.sort(Comparator.comparing(candidate -> candidate.first().from()));
    return new Selection(chosen, doubtful, close, isOpen(candidates, lines));
  }

  private static boolean isOpen(List<Candidate> candidates, Lines lines) {
    int last = lines.count() - 1;
    while (last > 0 && lines.isEmpty(last)) {
      last--;
    }
    for (Candidate candidate : candidates) {
      if (candidate.last().line() == last && Scorer.isCut(candidate)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the text leaves out the rest of a frame, or repeats rows for too long. */
  private static boolean isCutOff(Candidate candidate) {
    Set<Evidence> evidence = candidate.evidence();
    return evidence.contains(Evidence.LONG_REPEAT)
        || (evidence.contains(Evidence.LEFT_OUT) && !evidence.contains(Evidence.WHOLE_FRAMES));
  }

  /** Whether it has enough evidence, and some of the protocol. */
  private static boolean isEnough(Candidate candidate) {
    boolean own = candidate.evidence().contains(Evidence.OWN_OUTPUT);
    return candidate.points() >= Evidence.NEEDED && (own || candidate.protocolPoints() > 0);
  }

  private static boolean isClose(Candidate candidate, Candidate chosen) {
    return candidate.points() > chosen.points() - CLEAR
        && isEnough(candidate)
        && !Arrays.equals(candidate.bytes(), chosen.bytes());
  }

  private static void addUpTo(int most, List<Candidate> list, Candidate candidate) {
    if (list.size() < most) {
      list.add(candidate);
    }
  }

  /**
   * The number of a chosen candidate, from 1, whose text this one shares, or {@link #CLAIMED}; 0 if
   * there is none.
   */
  private static int overlap(Candidate candidate, int[] owner, int from) {
    for (Piece piece : candidate.pieces()) {
      for (int i = piece.from(); i < piece.to(); i++) {
        if (owner[i - from] != 0) {
          return owner[i - from];
        }
      }
    }
    return 0;
  }

  private static void mark(Candidate candidate, int[] owner, int from, int number) {
    for (Piece piece : candidate.pieces()) {
      Arrays.fill(owner, piece.from() - from, piece.to() - from, number);
    }
  }
}
