package wscope.diff;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where another implementation parts from wscope.
 *
 * @param library whose opinion it is
 * @param ours the rule that wscope finds broken, or a verdict
 * @param theirs the close code that the other one answers, or a verdict
 * @param reason in the words of the other one; empty if it does not fail the connection
 * @param frames of the one that takes more
 */
record Disagreement(
    String library, String ours, String theirs, String reason, List<TakenFrame> frames) {
  /** Takes the frame that the other one objects to. */
  static final String TAKES_IT = "takes it";

  /** Has no opinion yet, since the frame has not come to its end. */
  static final String WAITS = "waits";

  /** Took other frames before, which no row may explain. */
  static final String OTHER_FRAMES = "other frames";

  /** Made something else of the same frames: nothing behind it can be compared. */
  static final String READS_OTHERWISE = "reads otherwise";

  /** Null if both take the same and end in the same way. */
  static @Nullable Disagreement between(
      WscopeReader.Finding finding, String library, Opinion other) {
    Opinion own = finding.opinion();
    if (own.agrees(other)) {
      return null;
    }
    int ahead = own.frames().size() - other.frames().size();
    String ours = own.hasFailed() ? own.reason() : own.end();
    String theirs = other.end();
    if (!own.agreesOnFrames(other) || !own.agreesOnEvents(other)) {
      ours = "";
      theirs = own.agreesOnFrames(other) ? READS_OTHERWISE : OTHER_FRAMES;
    } else if (own.hasFailed() && ahead < 0) {
      theirs = TAKES_IT;
    } else if (other.hasFailed() && ahead > 0) {
      ours = TAKES_IT;
    } else if (other.hasFailed() && own.end().equals(Opinion.OPEN)) {
      ours = WAITS;
    } else if (finding.torn() && other.end().equals(Opinion.OPEN)) {
      theirs = WAITS;
    }
    boolean goesOn = Set.of(TAKES_IT, READS_OTHERWISE, OTHER_FRAMES).contains(theirs);
    String reason = goesOn ? "" : other.reason();
    List<TakenFrame> frames = ahead > 0 ? own.frames() : other.frames();
    return new Disagreement(library, ours, theirs, reason, frames);
  }

  /** Whether another one is of the same kind. */
  boolean isLike(@Nullable Disagreement other) {
    return other != null
        && library.equals(other.library)
        && ours.equals(other.ours)
        && theirs.equals(other.theirs);
  }
}
