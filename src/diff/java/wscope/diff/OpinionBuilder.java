package wscope.diff;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Records what an implementation accepts, in the same form for all of them. */
final class OpinionBuilder {
  private static final HexFormat HEX = HexFormat.of();

  private final List<AcceptedFrame> frames = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private String end = Opinion.OPEN;
  private String reason = "";

  /**
   * @param rsv 4 for RSV1, 2 for RSV2, 1 for RSV3, added up
   */
  void frame(int opcode, boolean fin, int rsv, byte[] payload) {
    frames.add(new AcceptedFrame(opcode, fin, rsv, HEX.formatHex(payload)));
  }

  /** Removes the last frame, to which the implementation objects. */
  void removeLastFrame() {
    frames.remove(frames.size() - 1);
  }

  void event(String kind, byte[] content) {
    events.add(kind + " " + HEX.formatHex(content));
  }

  /** Adds a Close; an empty body and a missing one are the same. */
  void close(byte[] body) {
    event("close", body);
    end = Opinion.CLOSED;
  }

  /**
   * The implementation fails the connection. Only the first reason counts, and none after a Close.
   */
  void fail(String ending, String why) {
    if (!isOver()) {
      end = ending;
      reason = why;
    }
  }

  boolean hasFailed() {
    return !reason.isEmpty();
  }

  boolean isOver() {
    return !end.equals(Opinion.OPEN);
  }

  Opinion opinion() {
    return new Opinion(List.copyOf(frames), List.copyOf(events), end, reason);
  }
}
