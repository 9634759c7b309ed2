package wscope.diff;

import java.util.List;

/**
 * What an implementation makes of a stream, up to its first objection or the first Close.
 *
 * @param frames that it takes
 * @param events messages, pings, pongs and a Close, with their content
 * @param end how it leaves the connection
 * @param reason why it fails it, in words of its own; empty if it does not
 */
record Opinion(List<TakenFrame> frames, List<String> events, String end, String reason) {
  /** It waits for more. */
  static final String OPEN = "open";

  /** It took a Close. */
  static final String CLOSED = "closed";

  /** It gives the connection up and sends no Close frame. */
  static final String DROPPED = "dropped";

  /** Whether it fails the connection. */
  boolean hasFailed() {
    return !reason.isEmpty();
  }

  /** Whether the frames of the one that takes less are a beginning of those of the other one. */
  boolean agreesOnFrames(Opinion other) {
    return isBeginning(frames, other.frames);
  }

  /** The same of what the frames make. */
  boolean agreesOnEvents(Opinion other) {
    return isBeginning(events, other.events);
  }

  /** Whether both take the same and end the same way, for whatever reason. */
  boolean agrees(Opinion other) {
    return frames.equals(other.frames) && events.equals(other.events) && end.equals(other.end);
  }

  /** To read in the report of a failure. */
  String describe() {
    StringBuilder lines = new StringBuilder();
    frames.forEach(frame -> lines.append("  frame ").append(frame).append('\n'));
    events.forEach(event -> lines.append("  ").append(event).append('\n'));
    return lines.append("  ").append(end).append(' ').append(reason).append('\n').toString();
  }

  private static boolean isBeginning(List<?> some, List<?> others) {
    int common = Math.min(some.size(), others.size());
    return some.subList(0, common).equals(others.subList(0, common));
  }
}
