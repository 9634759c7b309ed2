package wscope.check;

import static wscope.check.Group.UTF8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Text messages: the bounds of UTF-8, each kind of invalid sequence, and cuts at any byte. */
final class Utf8Cases {
  private static final Rule RULE = Rule.TEXT_NOT_UTF8;
  private static final String CITATION = "RFC 6455 §5.6";
  private static final HexFormat HEX = HexFormat.of();

  /** Valid sequences: the name, and the bytes in hex. */
  private static final String[][] VALID = {
    {"u+0000", "00"},
    {"u+007f", "7f"},
    {"u+0080", "c280"},
    {"u+07ff", "dfbf"},
    {"u+0800", "e0a080"},
    {"u+d7ff", "ed9fbf"},
    {"u+e000", "ee8080"},
    {"u+fdd0", "efb790"},
    {"u+fffd", "efbfbd"},
    {"u+fffe", "efbfbe"},
    {"u+ffff", "efbfbf"},
    {"u+10000", "f0908080"},
    {"u+1fffe", "f09fbfbe"},
    {"u+10ffff", "f48fbfbf"},
    {"byte-order-mark", "efbbbf41"},
    {"kosme", "cebae1bdb9cf83cebcceb5"},
    {"emoji", "f09f9880f09f918de2809df09f8fbd"},
  };

  /** Invalid sequences: the name, and the bytes in hex. */
  private static final String[][] INVALID = {
    {"continuation-80", "80"},
    {"continuation-bf", "bf"},
    {"two-continuations", "80bf"},
    {"lead-c2-alone", "c2"},
    {"lead-c2-then-ascii", "c241"},
    {"overlong-c0", "c0af"},
    {"overlong-c1", "c1bf"},
    {"lead-e1-alone", "e1"},
    {"truncated-3", "e282"},
    {"truncated-3-then-ascii", "e28241"},
    {"overlong-3", "e08080"},
    {"overlong-3-last", "e09fbf"},
    {"surrogate-d800", "eda080"},
    {"surrogate-dfff", "edbfbf"},
    {"surrogate-pair", "eda081edb080"},
    {"truncated-4", "f09f98"},
    {"truncated-4-then-ascii", "f09f9841"},
    {"overlong-4", "f0808080"},
    {"overlong-4-last", "f08fbfbf"},
    {"beyond-10ffff", "f4908080"},
    {"lead-f5", "f5808080"},
    {"lead-f7", "f7bfbfbf"},
    {"five-bytes", "f888808080"},
    {"six-bytes", "fc8480808080"},
    {"byte-fe", "fe"},
    {"byte-ff", "ff"},
    {"latin-1", "636166e9"},
    {"utf-16", "fffe4100"},
  };

  private final List<Case> cases = new ArrayList<>();
  private final FrameBytes frames;

  private Utf8Cases(Endpoint sender, long seed) {
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    Utf8Cases table = new Utf8Cases(sender, seed);
    for (String[] valid : VALID) {
      table.valid(valid[0], HEX.parseHex(valid[1]));
    }
    for (String[] invalid : INVALID) {
      table.invalid(invalid[0], HEX.parseHex(invalid[1]));
    }
    table.failFast();
    table.elsewhere();
    return table.cases;
  }

  private void valid(String name, byte[] bytes) {
    serves(
        name,
        "the valid text " + HEX.formatHex(bytes),
        frames.frame(Opcode.TEXT, bytes).bytes(),
        bytes);
    for (int cut = 1; cut < Math.min(bytes.length, 5); cut++) {
      serves(
          name + "/frames-" + cut,
          "the valid text " + HEX.formatHex(bytes) + " in two frames, cut after byte " + cut,
          inTwoFrames(bytes, cut),
          bytes);
    }
  }

  private void serves(String name, String sends, ByteBuffer frame, byte[] text) {
    cases.add(
        CaseBuilder.of(UTF8, "valid/" + name, CITATION)
            .sends(sends)
            .bytes(frame)
            .expect(new Expectation.Serves(List.of(new Payload(true, ByteBuffer.wrap(text))))));
  }

  private void invalid(String name, byte[] bytes) {
    CaseBuilder whole =
        CaseBuilder.of(UTF8, "invalid/" + name, RULE)
            .sends("the invalid text " + HEX.formatHex(bytes))
            .bytes(frames.frame(Opcode.TEXT, bytes).bytes());
    if (name.equals("byte-ff")) {
      whole.fault(RULE.id());
    }
    fails(whole);
    byte[] inside = surrounded(bytes);
    fails(
        CaseBuilder.of(UTF8, "invalid/" + name + "/inside", RULE)
            .sends("the invalid text " + HEX.formatHex(bytes) + " between valid letters")
            .bytes(frames.frame(Opcode.TEXT, inside).bytes()));
    fails(
        CaseBuilder.of(UTF8, "invalid/" + name + "/frames", RULE)
            .sends(
                "the invalid text "
                    + HEX.formatHex(bytes)
                    + " between valid letters, in two frames")
            .bytes(inTwoFrames(inside, 3)));
  }

  private static byte[] surrounded(byte[] bytes) {
    byte[] inside = new byte[bytes.length + 4];
    inside[0] = 'a';
    inside[1] = 'b';
    System.arraycopy(bytes, 0, inside, 2, bytes.length);
    inside[inside.length - 2] = 'c';
    inside[inside.length - 1] = 'd';
    return inside;
  }

  private void fails(CaseBuilder builder) {
    cases.add(builder.expect(new Expectation.Fails(Set.of(1007))));
  }

  /** The first byte that cannot be part of UTF-8 decides, even inside an unfinished frame. */
  private void failFast() {
    for (String bad : List.of("ff", "c0", "f490", "eda0", "80")) {
      byte[] start = HEX.parseHex("cebae1bdb9" + bad);
      byte[] rest = FrameBytes.utf8("end");
      cases.add(
          CaseBuilder.of(UTF8, "fail-fast/frames/" + bad, RULE)
              .strictness(Strictness.SHOULD)
              .sends("an invalid text in the first of two frames; then the second")
              .bytes(frames.frame(Opcode.TEXT, start).open().bytes())
              .step(new Step.Watch())
              .bytes(frames.frame(Opcode.CONTINUATION, rest).bytes())
              .expect(new Expectation.FailsFast(Set.of(1007))));
      ByteBuffer whole =
          frames
              .frame(
                  Opcode.TEXT, ByteBuffer.allocate(start.length + 3).put(start).put(rest).array())
              .bytes();
      cases.add(
          CaseBuilder.of(UTF8, "fail-fast/segments/" + bad, RULE)
              .strictness(Strictness.SHOULD)
              .sends("an invalid text in the first part of a frame; then the rest of the frame")
              .bytes(whole.duplicate().limit(whole.limit() - 3))
              .step(new Step.Watch())
              .bytes(whole.duplicate().position(whole.limit() - 3))
              .expect(new Expectation.FailsFast(Set.of(1007))));
    }
  }

  private void elsewhere() {
    byte[] invalid = HEX.parseHex("c0ffee80");
    cases.add(
        CaseBuilder.of(UTF8, "elsewhere/binary", CITATION)
            .sends("a binary message that is not UTF-8")
            .bytes(frames.frame(Opcode.BINARY, invalid).bytes())
            .expect(new Expectation.Serves(List.of(new Payload(false, ByteBuffer.wrap(invalid))))));
    cases.add(
        CaseBuilder.of(UTF8, "elsewhere/ping", "RFC 6455 §5.5.2")
            .sends("a ping that is not UTF-8")
            .bytes(frames.frame(Opcode.PING, invalid).bytes())
            .expect(new Expectation.Serves(List.of())));
    byte[] text = HEX.parseHex("f09f9880");
    cases.add(
        CaseBuilder.of(UTF8, "elsewhere/ping-inside-character", CITATION)
            .sends("a ping between two frames that share a character")
            .bytes(
                frames.frame(Opcode.TEXT, HEX.parseHex("f09f")).open().bytes(),
                frames.ping("x").bytes(),
                frames.frame(Opcode.CONTINUATION, HEX.parseHex("9880")).bytes())
            .expect(new Expectation.Serves(List.of(new Payload(true, ByteBuffer.wrap(text))))));
  }

  private ByteBuffer inTwoFrames(byte[] bytes, int cut) {
    byte[] first = java.util.Arrays.copyOf(bytes, cut);
    byte[] second = java.util.Arrays.copyOfRange(bytes, cut, bytes.length);
    return FrameBytes.join(
        frames.frame(Opcode.TEXT, first).open().bytes(),
        frames.frame(Opcode.CONTINUATION, second).bytes());
  }
}
