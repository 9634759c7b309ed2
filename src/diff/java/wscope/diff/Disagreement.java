package wscope.diff;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where another implementation differs from wscope.
 *
 * @param library whose opinion it is
 * @param ours the rule that wscope finds broken, or a verdict
 * @param theirs the close code that the other one sends, or a verdict
 * @param reason in the words of the other one; empty if it does not fail the connection
 * @param frames of the one that accepts more
 */
record Disagreement(
    String library, String ours, String theirs, String reason, List<AcceptedFrame> frames) {
  /** Accepts the frame to which the other one objects. */
  static final String ACCEPTS = "accepts";

  /** Has no opinion yet, because the frame is incomplete. */
  static final String WAITS = "waits";

  /** Has read other frames before, which no row may explain. */
  static final String OTHER_FRAMES = "other frames";

  /** Has read other messages in the same frames: nothing after them can be compared. */
  static final String READS_DIFFERENTLY = "reads differently";

  /** Null if both accept the same and end the same way. */
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
      theirs = own.agreesOnFrames(other) ? READS_DIFFERENTLY : OTHER_FRAMES;
    } else if (own.hasFailed() && ahead < 0) {
      theirs = ACCEPTS;
    } else if (other.hasFailed() && ahead > 0) {
      ours = ACCEPTS;
    } else if (other.hasFailed() && own.end().equals(Opinion.OPEN)) {
      ours = WAITS;
    } else if (finding.truncated() && other.end().equals(Opinion.OPEN)) {
      theirs = WAITS;
    }
    boolean goesOn = Set.of(ACCEPTS, READS_DIFFERENTLY, OTHER_FRAMES).contains(theirs);
    String reason = goesOn ? "" : other.reason();
    List<AcceptedFrame> frames = ahead > 0 ? own.frames() : other.frames();
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
