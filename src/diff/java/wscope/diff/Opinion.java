package wscope.diff;

import java.util.List;

/**
 * What an implementation reads in a stream, up to its first objection or the first Close.
 *
 * @param frames that it accepts
 * @param events messages, pings, pongs and a Close, with their content
 * @param end how it leaves the connection
 * @param reason why it fails the connection, in its own words; empty if it does not
 */
record Opinion(List<AcceptedFrame> frames, List<String> events, String end, String reason) {
  /** It waits for more bytes. */
  static final String OPEN = "open";

  /** It has read a Close. */
  static final String CLOSED = "closed";

  /** It ends the connection without a Close frame. */
  static final String DROPPED = "dropped";

  /** Whether it fails the connection. */
  boolean hasFailed() {
    return !reason.isEmpty();
  }

  /** Whether the shorter list of frames is the beginning of the longer one. */
  boolean agreesOnFrames(Opinion other) {
    return isBeginning(frames, other.frames);
  }

  /** The same for the events. */
  boolean agreesOnEvents(Opinion other) {
    return isBeginning(events, other.events);
  }

  /** Whether both accept the same and end the same way, for any reason. */
  boolean agrees(Opinion other) {
    return frames.equals(other.frames) && events.equals(other.events) && end.equals(other.end);
  }

  /** For the report of a failure. */
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
