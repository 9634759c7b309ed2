package wscope.diff;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what an implementation takes, in the same words for all of them. */
final class Taking {
  private static final HexFormat HEX = HexFormat.of();

  private final List<TakenFrame> frames = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private String end = Opinion.OPEN;
  private String reason = "";

  /**
   * @param rsv 4 for RSV1, 2 for RSV2, 1 for RSV3, added up
   */
  void frame(int opcode, boolean fin, int rsv, byte[] payload) {
    frames.add(new TakenFrame(opcode, fin, rsv, HEX.formatHex(payload)));
  }

  /** The last frame is what it objects to. */
  void takeFrameBack() {
    frames.remove(frames.size() - 1);
  }

  void event(String kind, byte[] content) {
    events.add(kind + " " + HEX.formatHex(content));
  }

  /** A Close, of which an empty body and a missing one are the same. */
  void close(byte[] body) {
    event("close", body);
    end = Opinion.CLOSED;
  }

  /** It fails the connection; what comes behind the first reason or a Close does not count. */
  void fail(String answer, String why) {
    if (!isOver()) {
      end = answer;
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
