package wscope.input.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.FrameCheck;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.find.Ways;

/** The runs of lines that have the same form, as far as their frames continue one another. */
final class Stream {
  /** The rest of a run after its frames may be words if it is not longer. */
  private static final int LONGEST_REST = 3;

  /** With fewer points of the text, no frames have enough. */
  private static final int LEAST_TEXT = -5;

  /** The points of a whole frame at the start of a run, as against other starts. */
  private static final int WHOLE_FRAME = 4;

  private final Lines lines;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable FrameCheck check;
  private Set<Evidence> textEvidence = Set.of();
  private @Nullable Style style;
  private int candidates;
  private int skipped;
  private int width;

  Stream(Lines lines) {
    this.lines = lines;
  }

  /** Whether the last frame is incomplete. */
  boolean isOpen() {
    return check != null && !check.isWhole();
  }

  /** Whether it has anything. */
  boolean isUsed() {
    return check != null || candidates > 0;
  }

  /** Takes the run of the next line of this form. */
  void take(Run run, Consumer<Candidate> found) {
    FrameCheck current = check;
    if (current == null && !mayBegin(run)) {
      return;
    }
    Part own = best(run);
    if (current == null) {
      begin(run, own, found);
      return;
    }
    if (current.isWhole() && !current.isInMessage() && !isLikely(own)) {
      return;
    }
    // Digests on several lines are several digests.
    boolean again =
        RunEvidence.isOtherName(textEvidence) || (!current.isWhole() && isAnew(run, own));
    int from = current.isWhole() && own != null ? own.from() : Math.min(skipped, run.count() - 1);
    int to = current.isWhole() && own != null ? own.to() : run.count();
    if (!again) {
      current.feed(run.bytes(), from, to);
    }
    if (!again && current.isValidSoFar()) {
      add(run, from, to);
    } else {
      emit(found);
      begin(run, own, found);
    }
  }

  /** Whether a run may be worth a stream: if no frame ends in it, the text must speak for it. */
  private boolean mayBegin(Run run) {
    if (FrameCheck.mayEnd(run.bytes(), 0, run.count())) {
      return true;
    }
    int most = RunMatcher.mostSkipped(run);
    for (int from = 0; from < most; from++) {
      if (FrameCheck.canBegin(run.bytes(), from, run.count())
          && (FrameCheck.mayEnd(run.bytes(), from, run.count())
              || RunEvidence.mayGive(0, lines, run, from))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a run begins frames, and not only may begin them. */
  private static boolean isLikely(@Nullable Part own) {
    return own != null && isLikely(own.check());
  }

  private static boolean isLikely(FrameCheck check) {
    return check.isValidSoFar() && !check.evidence().isEmpty();
  }

  /**
   * Whether whole frames begin where those of the lines before began, although a frame is
   * incomplete: it was cut. By chance, the middle of a frame looks so too, but it is hardly
   * readable; and of the rows of one text, none is longer than the first.
   */
  private boolean isAnew(Run run, @Nullable Part own) {
    return own != null
        && own.check().isValid()
        && own.from() <= skipped
        && (run.count() > width || own.check().evidence().contains(Evidence.READABLE));
  }

  /** A part of a run, and what it is on its own. */
  private record Part(int from, int to, FrameCheck check) {}

  /** The part of a run that most likely is frames; null if none is. */
  private @Nullable Part best(Run run) {
    FrameCheck best = null;
    int bestFrom = 0;
    int most = RunMatcher.mostSkipped(run);
    for (int from = 0; from < most; from++) {
      if (FrameCheck.canBegin(run.bytes(), from, run.count())) {
        FrameCheck next = FrameCheck.of(run.bytes(), from, run.count());
        if (best == null || rank(next, run) > rank(best, run)) {
          best = next;
          bestFrom = from;
        }
        if (from == 0 && isWholeLine(run) && isLikely(next)) {
          break;
        }
      }
    }
    if (best == null) {
      return null;
    }
    int to = run.count();
    if (!best.isWhole() && mayEndIn(run, bestFrom + best.wholeBytes())) {
      to = bestFrom + best.wholeBytes();
      best = FrameCheck.of(run.bytes(), bestFrom, to);
    }
    return new Part(bestFrom, to, best);
  }

  /** Whether bytes begin the line, so that the first of them is not a number of something else. */
  private boolean isWholeLine(Run run) {
    return run.style() == Style.PAIR && RunEvidence.beginsLine(lines, run);
  }

  private void begin(Run run, @Nullable Part own, Consumer<Candidate> found) {
    if (own == null) {
      beginBroken(run, found);
      return;
    }
    int least = own.check().isValid() ? LEAST_TEXT : 0;
    Set<Evidence> text = RunEvidence.of(lines, run, own.from(), own.to(), least);
    if (Evidence.points(text, false) >= least) {
      start(run, own.from(), own.to(), own.check(), text);
    }
  }

  /** Frames that break rules are possible too, but only those that a whole run shows. */
  private void beginBroken(Run run, Consumer<Candidate> found) {
    FrameCheck broken = FrameCheck.of(run.bytes());
    if (broken.isWhole() && run.bytes()[0] < 0) {
      start(run, 0, run.count(), broken, RunEvidence.of(lines, run, 0, run.count(), LEAST_TEXT));
      end(found);
    }
  }

  private static int rank(FrameCheck check, Run run) {
    // A message that the next line continues is better than bytes that break rules.
    boolean begun = check.isValidSoFar() && check.wholeFrames() > 0;
    int points = begun && run.style() == Style.PAIR ? WHOLE_FRAME : 0;
    for (Evidence evidence : check.evidence()) {
      points += evidence.points();
    }
    return points;
  }

  private boolean mayEndIn(Run run, int at) {
    int rest = run.count() - at;
    if (at == 0 || rest == 0 || rest > LONGEST_REST || run.atoms() != run.count()) {
      return false;
    }
    return !RunEvidence.endsLine(lines, run.line(), run.end(run.count() - 1));
  }

  private void start(Run run, int from, int to, FrameCheck first, Set<Evidence> text) {
    pieces.clear();
    check = first;
    skipped = from;
    width = run.count();
    style = run.style();
    textEvidence = text;
    add(run, from, to);
  }

  private void add(Run run, int from, int to) {
    int start = run.start(from);
    byte[] bytes = Arrays.copyOfRange(run.bytes(), from, to);
    pieces.add(
        new Piece(run.line(), start, run.end(to - 1), bytes, Ways.of(lines, run.line(), start)));
  }

  /** Ends the stream: what it has is a candidate. */
  void end(Consumer<Candidate> found) {
    if (check != null) {
      emit(found);
    }
  }

  private void emit(Consumer<Candidate> found) {
    Style used = style;
    if (used != null && !isTooShort() && !areCounts(used)) {
      EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
      evidence.addAll(textEvidence);
      if (pieces.size() > 1 || candidates > 0) {
        evidence.add(Evidence.REPEATED);
      }
      found.accept(
          new Candidate(
              Candidate.Kind.BYTES, form(used), option(used), List.copyOf(pieces), evidence));
      candidates++;
    }
    pieces.clear();
    check = null;
  }

  /** Whether these are numbers on several lines that nothing calls bytes. */
  private boolean areCounts(Style used) {
    boolean numbers = used == Style.DECIMAL || used == Style.UNPADDED;
    boolean named =
        textEvidence.contains(Evidence.LABELLED) || textEvidence.contains(Evidence.OWN_LINE);
    return numbers && pieces.size() > 1 && !named;
  }

  private boolean isTooShort() {
    return pieces.isEmpty() || (pieces.size() == 1 && pieces.get(0).bytes().length < 2);
  }

  private static String form(Style style) {
    return switch (style) {
      case DECIMAL -> "decimal";
      case BITS, PREFIXED_BITS -> "bits";
      default -> "hex";
    };
  }

  private static String option(Style style) {
    return form(style);
  }
}
