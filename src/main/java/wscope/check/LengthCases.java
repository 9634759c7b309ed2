package wscope.check;

import static wscope.check.Group.FRAMING;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Payload lengths: each form at its bounds, forms that are too long, and impossible lengths. */
final class LengthCases {
  private static final int[] BOUNDS = {0, 1, 125, 126, 127, 128, 65535, 65536, 65537};

  private final List<Case> cases = new ArrayList<>();
  private final Random random;
  private final FrameBytes frames;

  private LengthCases(Endpoint sender, long seed) {
    random = new Random(seed);
    frames = new FrameBytes(sender, random);
  }

  static List<Case> of(Endpoint sender, long seed) {
    LengthCases table = new LengthCases(sender, seed);
    table.bounds();
    table.longerForms();
    table.topBit();
    return table.cases;
  }

  private void bounds() {
    for (int length : BOUNDS) {
      byte[] text = FrameBytes.utf8("*".repeat(length));
      byte[] binary = new byte[length];
      random.nextBytes(binary);
      serves("text/" + length, Opcode.TEXT, text);
      serves("binary/" + length, Opcode.BINARY, binary);
    }
  }

  private void serves(String name, Opcode opcode, byte[] payload) {
    Payload echo = new Payload(opcode == Opcode.TEXT, ByteBuffer.wrap(payload));
    cases.add(
        CaseBuilder.of(FRAMING, "length/" + name, "RFC 6455 §5.2")
            .sends("a " + opcode.label() + " frame of " + payload.length + " bytes")
            .bytes(frames.frame(opcode, payload).bytes())
            .expect(new Expectation.Serves(List.of(echo))));
  }

  /** Netty and Chromium fail the connection; others read the frame. */
  private void longerForms() {
    Rule rule = Rule.LENGTH_NOT_MINIMAL;
    for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING)) {
      for (int length : new int[] {0, 1, 125}) {
        longer(rule, opcode, length, LengthForm.BITS_16);
        longer(rule, opcode, length, LengthForm.BITS_64);
      }
    }
    for (int length : new int[] {126, 65535}) {
      longer(rule, Opcode.TEXT, length, LengthForm.BITS_64);
      longer(rule, Opcode.BINARY, length, LengthForm.BITS_64);
    }
  }

  private void longer(Rule rule, Opcode opcode, int length, LengthForm form) {
    String name = rule.id() + "/" + opcode.label() + "/" + length + "-in-" + form.bits();
    CaseBuilder builder =
        CaseBuilder.of(FRAMING, name, rule)
            .strictness(Strictness.OPEN)
            .sends(
                "a "
                    + opcode.label()
                    + " frame of "
                    + length
                    + " bytes, the length in "
                    + form.bits()
                    + " bits")
            .bytes(frames.frame(opcode, "n".repeat(length)).form(form).bytes());
    if (opcode == Opcode.TEXT && length == 1 && form == LengthForm.BITS_16) {
      builder.fault(rule.id());
    }
    cases.add(builder.expect(new Expectation.Fails(Set.of(1002))));
  }

  private void topBit() {
    Rule rule = Rule.LENGTH_TOP_BIT_SET;
    for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY, Opcode.PING, Opcode.RESERVED_3)) {
      for (long length : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 5, -1}) {
        String hex = Long.toHexString(length);
        CaseBuilder builder =
            CaseBuilder.of(FRAMING, rule.id() + "/" + opcode.code() + "/" + hex, rule)
                .sends("a " + opcode.label() + " frame with the length 0x" + hex)
                .bytes(frames.frame(opcode, "Hello").declares(length).bytes());
        if (opcode == Opcode.TEXT && length == Long.MIN_VALUE + 5) {
          builder.fault(rule.id());
        }
        cases.add(builder.expect(new Expectation.Fails(Set.of(1002, 1009))));
      }
    }
  }
}
