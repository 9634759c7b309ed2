package wscope.check;

import static wscope.check.Group.CLOSE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseCode;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Codes and bodies of Close frames, and what comes before and after them. */
final class CloseCases {
  private static final int[] VALID = {
    1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3001, 3999, 4000,
    4001, 4999
  };

  private static final int[] INVALID = {
    0, 1, 125, 126, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 8080, 65535
  };

  private static final String CITATION = "RFC 6455 §5.5.1";

  private final List<Case> cases = new ArrayList<>();
  private final Endpoint sender;
  private final FrameBytes frames;

  private CloseCases(Endpoint sender, long seed) {
    this.sender = sender;
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    CloseCases table = new CloseCases(sender, seed);
    table.validCodes();
    table.invalidCodes();
    table.bodies();
    table.orders();
    return table.cases;
  }

  private void validCodes() {
    for (int code : VALID) {
      closes("code/" + code, "a Close with " + code, code, frames.close(code, "").bytes());
    }
    closes("no-body", "a Close without a body", -1, frames.close(-1, "").bytes());
  }

  private void invalidCodes() {
    for (int code : INVALID) {
      Rule rule = CloseCode.brokenBy(code, sender);
      if (rule == null) {
        throw new IllegalStateException("the code " + code + " is valid");
      }
      CaseBuilder builder =
          CaseBuilder.of(CLOSE, rule.id() + "/" + code, rule)
              .strictness(strictness(code))
              .sends("a Close with " + code)
              .bytes(frames.close(code, "").bytes());
      if (code == 999 || code == 1004 || code == 1006 || code == 1016) {
        builder.fault(rule.id());
      }
      cases.add(builder.expect(new Expectation.Fails(Set.of(1002))));
    }
  }

  /** The RFC says of most codes only what a sender must not do. */
  private static Strictness strictness(int code) {
    boolean reserved = (code >= 1016 && code < 3000) || code >= 5000;
    return reserved ? Strictness.SHOULD : Strictness.MUST;
  }

  private void bodies() {
    closes(
        "reason/longest",
        "a Close with a reason of 123 bytes",
        1000,
        frames.close(1000, "r".repeat(123)).bytes());
    closes(
        "reason/utf8",
        "a Close with the reason \u2713 d\u00e9j\u00e0 vu",
        1000,
        frames.close(1000, "\u2713 d\u00e9j\u00e0 vu").bytes());
    fails(
        Rule.CLOSE_BODY_OF_ONE_BYTE,
        "",
        "a Close with a body of one byte",
        Set.of(1002),
        frames.frame(Opcode.CLOSE, new byte[] {3}).bytes());
    byte[][] reasons = {{(byte) 0xff}, {'a', (byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}};
    String[] names = {"ff", "truncated", "surrogate"};
    for (int i = 0; i < reasons.length; i++) {
      fails(
          Rule.CLOSE_REASON_NOT_UTF8,
          names[i],
          "a Close whose reason is not UTF-8: " + names[i],
          Set.of(1002, 1007),
          frames.frame(Opcode.CLOSE, FrameBytes.closeBody(1000, reasons[i])).bytes());
    }
  }

  private void orders() {
    ByteBuffer close = frames.close(1000, "").bytes();
    ByteBuffer ping = frames.ping("late").bytes();
    ByteBuffer text = frames.text("late").bytes();
    closes(
        "order/ping-before",
        "a ping and a Close in one segment",
        1000,
        FrameBytes.join(ping, close));
    closes(
        "order/text-before",
        "a text and a Close in one segment",
        1000,
        FrameBytes.join(text, close));
    closes(
        "order/ping-after",
        "a Close and a ping in one segment",
        1000,
        FrameBytes.join(close, ping));
    closes(
        "order/text-after",
        "a Close and a text in one segment",
        1000,
        FrameBytes.join(close, text));
    closes("order/twice", "two Close frames in one segment", 1000, FrameBytes.join(close, close));
    closes(
        "order/garbage-after",
        "a Close and bytes that are no frame",
        1000,
        FrameBytes.join(close, Openings.bytes("\u00ff\u00ff\u00ff\u00ff")));
    List<Step> single = new ArrayList<>();
    for (int i = 0; i < close.remaining(); i++) {
      single.add(new Step.Send(close.slice(i, 1)));
      single.add(FramingCases.GAP);
    }
    cases.add(
        CaseBuilder.of(CLOSE, "order/single-bytes", CITATION)
            .sends("a Close, byte by byte")
            .steps(single)
            .expect(new Expectation.Closes(1000)));
    cases.add(
        CaseBuilder.of(CLOSE, "order/with-fin", CITATION)
            .sends("a Close, then the end of TCP at once")
            .bytes(close)
            .step(new Step.Finish())
            .expect(new Expectation.Closes(1000)));
    cases.add(
        CaseBuilder.of(CLOSE, "order/fin-alone", "RFC 6455 §7.1.5")
            .strictness(Strictness.SHOULD)
            .sends("the end of TCP without a Close")
            .step(new Step.Finish())
            .expect(new Expectation.EndsTcp()));
    cases.add(
        CaseBuilder.of(CLOSE, "order/fin-inside-frame", "RFC 6455 §7.1.5")
            .strictness(Strictness.SHOULD)
            .sends("half a frame, then the end of TCP")
            .bytes(half(frames.text("Hello").bytes()))
            .step(new Step.Finish())
            .expect(new Expectation.EndsTcp()));
  }

  private static ByteBuffer half(ByteBuffer frame) {
    return frame.limit(frame.limit() - 3);
  }

  private void closes(String name, String sends, int code, ByteBuffer bytes) {
    cases.add(
        CaseBuilder.of(CLOSE, name, CITATION)
            .sends(sends)
            .bytes(bytes)
            .expect(new Expectation.Closes(code)));
  }

  private void fails(Rule rule, String name, String sends, Set<Integer> codes, ByteBuffer bytes) {
    CaseBuilder builder =
        CaseBuilder.of(CLOSE, name.isEmpty() ? rule.id() : rule.id() + "/" + name, rule)
            .sends(sends)
            .bytes(bytes);
    if (name.isEmpty() || name.equals("ff")) {
      builder.fault(rule.id());
    }
    cases.add(builder.expect(new Expectation.Fails(codes, Set.of(1000))));
  }
}
