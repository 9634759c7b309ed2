package wscope.check;

import static wscope.check.Group.FRAGMENTS;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Messages in several frames, control frames between them, and frames in a wrong order. */
final class FragmentCases {
  private static final String CITATION = "RFC 6455 §5.4";

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private FragmentCases(Endpoint sender, long seed) {
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    FragmentCases table = new FragmentCases(sender, seed);
    for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
      table.counts(opcode);
      table.empty(opcode);
      table.between(opcode);
      table.interrupted(opcode);
    }
    table.orphans();
    return table.cases;
  }

  private void counts(Opcode opcode) {
    for (int count : new int[] {2, 3, 5, 10, 100, 1000}) {
      StringBuilder all = new StringBuilder();
      ByteBuffer bytes = ByteBuffer.allocate(count * 20);
      List<Step> apart = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String part = "part " + i + ";";
        all.append(part);
        ByteBuffer frame = part(opcode, i == 0, i == count - 1, part);
        bytes.put(frame.duplicate());
        apart.add(new Step.Send(frame));
        apart.add(FramingCases.GAP);
      }
      serves(
          opcode,
          "count/" + count,
          "a " + opcode.label() + " message in " + count + " frames, in one segment",
          List.of(new Step.Send(bytes.flip())),
          all.toString());
      if (count <= 10) {
        serves(
            opcode,
            "count/" + count + "/apart",
            "a " + opcode.label() + " message in " + count + " frames, each in its own segment",
            apart,
            all.toString());
      }
    }
    List<Step> single = new ArrayList<>();
    String text = "Hello, world";
    for (int i = 0; i < text.length(); i++) {
      single.add(
          new Step.Send(part(opcode, i == 0, i == text.length() - 1, text.substring(i, i + 1))));
    }
    serves(
        opcode,
        "single-bytes",
        "a " + opcode.label() + " message, a byte in each frame",
        single,
        text);
  }

  private void empty(Opcode opcode) {
    String[][] places = {
      {"first", "", "a", "b"},
      {"middle", "a", "", "b"},
      {"last", "a", "b", ""},
      {"all", "", "", ""},
      {"two-middle", "a", "", "", "b"},
    };
    for (String[] place : places) {
      List<ByteBuffer> parts = new ArrayList<>();
      for (int i = 1; i < place.length; i++) {
        parts.add(part(opcode, i == 1, i == place.length - 1, place[i]));
      }
      serves(
          opcode,
          "empty/" + place[0],
          "a " + opcode.label() + " message with an empty frame: " + place[0],
          List.of(new Step.Send(FrameBytes.join(parts.toArray(ByteBuffer[]::new)))),
          String.join("", List.of(place).subList(1, place.length)));
    }
  }

  /** Control frames may come between the frames of a message, and have to be answered. */
  private void between(Opcode opcode) {
    ByteBuffer first = part(opcode, true, false, "Hel");
    ByteBuffer last = part(opcode, false, true, "lo");
    serves(
        opcode,
        "ping-between",
        "a ping between two frames, whose pong has to come before the second",
        List.of(
            new Step.Send(first),
            new Step.Send(frames.ping("between").bytes()),
            new Step.AwaitPong("between"),
            new Step.Send(last)),
        "Hello");
    serves(
        opcode,
        "ping-between/one-segment",
        "two frames with a ping between them in one segment",
        List.of(new Step.Send(FrameBytes.join(first, frames.ping("between").bytes(), last))),
        "Hello");
    serves(
        opcode,
        "pong-between",
        "two frames with a pong between them",
        List.of(
            new Step.Send(
                FrameBytes.join(first, frames.frame(Opcode.PONG, "unasked").bytes(), last))),
        "Hello");
    cases.add(
        CaseBuilder.of(FRAGMENTS, opcode.label() + "/close-between", "RFC 6455 §5.5.1")
            .sends("a Close after the first frame of a " + opcode.label() + " message")
            .bytes(first, frames.close(1000, "").bytes())
            .expect(new Expectation.Closes(1000)));
  }

  private void interrupted(Opcode opcode) {
    Rule rule = Rule.MESSAGE_INTERRUPTED;
    for (Opcode other : List.of(Opcode.TEXT, Opcode.BINARY)) {
      for (boolean fin : new boolean[] {true, false}) {
        CaseBuilder builder =
            CaseBuilder.of(
                    FRAGMENTS,
                    rule.id() + "/" + opcode.label() + "/" + other.label() + (fin ? "" : "/open"),
                    rule)
                .sends(
                    "a "
                        + other.label()
                        + " frame with FIN "
                        + (fin ? 1 : 0)
                        + " inside an open "
                        + opcode.label()
                        + " message")
                .bytes(
                    part(opcode, true, false, "Hel"), frames.frame(other, "new").fin(fin).bytes());
        if (opcode == Opcode.TEXT && other == Opcode.TEXT && fin) {
          builder.fault(rule.id());
        }
        cases.add(builder.expect(new Expectation.Fails(Set.of(1002))));
      }
    }
    ByteBuffer reserved = frames.frame(Opcode.RESERVED_4, "x").bytes();
    cases.add(
        CaseBuilder.of(
                FRAGMENTS,
                Rule.RESERVED_OPCODE.id() + "/inside-" + opcode.label(),
                Rule.RESERVED_OPCODE)
            .sends("a frame with opcode 0x4 inside an open " + opcode.label() + " message")
            .bytes(part(opcode, true, false, "Hel"), reserved)
            .expect(new Expectation.Fails(Set.of(1002))));
  }

  private void orphans() {
    Rule rule = Rule.CONTINUATION_WITHOUT_MESSAGE;
    for (boolean fin : new boolean[] {true, false}) {
      for (String payload : List.of("", "Hello")) {
        String name = (fin ? "final" : "open") + (payload.isEmpty() ? "/empty" : "");
        CaseBuilder builder =
            CaseBuilder.of(FRAGMENTS, rule.id() + "/" + name, rule)
                .sends("a continuation frame with FIN " + (fin ? 1 : 0) + " and no open message")
                .bytes(frames.frame(Opcode.CONTINUATION, payload).fin(fin).bytes());
        if (fin && !payload.isEmpty()) {
          builder.fault(rule.id());
        }
        cases.add(builder.expect(new Expectation.Fails(Set.of(1002))));
      }
    }
    cases.add(
        CaseBuilder.of(FRAGMENTS, rule.id() + "/after-message", rule)
            .sends("a continuation frame after a message that has ended")
            .bytes(
                part(Opcode.TEXT, true, false, "Hel"),
                part(Opcode.TEXT, false, true, "lo"),
                frames.frame(Opcode.CONTINUATION, "more").bytes())
            .expect(new Expectation.Fails(Set.of(1002))));
    cases.add(
        CaseBuilder.of(FRAGMENTS, rule.id() + "/after-text", rule)
            .sends("a continuation frame after a text frame with FIN 1")
            .bytes(frames.text("Hello").bytes(), frames.frame(Opcode.CONTINUATION, "more").bytes())
            .expect(new Expectation.Fails(Set.of(1002))));
  }

  private ByteBuffer part(Opcode opcode, boolean first, boolean last, String payload) {
    return frames.frame(first ? opcode : Opcode.CONTINUATION, payload).fin(last).bytes();
  }

  private void serves(Opcode opcode, String name, String sends, List<Step> steps, String message) {
    Payload echo = new Payload(opcode == Opcode.TEXT, ByteBuffer.wrap(FrameBytes.utf8(message)));
    cases.add(
        CaseBuilder.of(FRAGMENTS, opcode.label() + "/" + name, CITATION)
            .sends(sends)
            .steps(steps)
            .expect(new Expectation.Serves(List.of(echo))));
  }
}
