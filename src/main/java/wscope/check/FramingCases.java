package wscope.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static wscope.check.Group.FRAMING;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** Opcodes, RSV bits, masks, control frames, and frames in any TCP segments. */
final class FramingCases {
  private static final Set<Integer> PROTOCOL_ERROR = Set.of(1002);

  /** A server that replies so has taken a broken Close for a correct one. */
  private static final Set<Integer> NORMAL = Set.of(1000, CloseBody.NO_CODE);

  private static final List<Opcode> MEANINGFUL =
      List.of(Opcode.TEXT, Opcode.BINARY, Opcode.CLOSE, Opcode.PING, Opcode.PONG);

  /** The time between two segments. */
  static final Step GAP = new Step.Pause(Duration.ofMillis(1));

  private final List<Case> cases = new ArrayList<>();
  private final Endpoint sender;
  private final FrameBytes frames;

  private FramingCases(Endpoint sender, long seed) {
    this.sender = sender;
    frames = new FrameBytes(sender, new Random(seed));
  }

  static List<Case> of(Endpoint sender, long seed) {
    FramingCases table = new FramingCases(sender, seed);
    table.reservedOpcodes();
    table.rsvBits();
    table.masks();
    table.controlFrames();
    table.pings();
    table.cuts();
    table.manyInOneSegment();
    return table.cases;
  }

  private void reservedOpcodes() {
    for (Opcode opcode : Opcode.values()) {
      if (opcode.isReserved()) {
        String name = Integer.toHexString(opcode.code());
        ByteBuffer empty = frames.frame(opcode, "").bytes();
        ByteBuffer five = frames.frame(opcode, "Hello").bytes();
        String sends = "a frame with opcode 0x" + name;
        CaseBuilder first = fault(Rule.RESERVED_OPCODE, name, sends + " and 5 bytes");
        if (opcode == Opcode.RESERVED_3) {
          first.fault(Rule.RESERVED_OPCODE.id());
        }
        fails(first.bytes(five));
        fails(
            fault(Rule.RESERVED_OPCODE, name + "/empty", sends + " without a payload")
                .bytes(empty));
        ByteBuffer text = frames.text("before").bytes();
        fails(
            fault(Rule.RESERVED_OPCODE, name + "/after-text", "a text message, then " + sends)
                .bytes(text, five));
      }
    }
  }

  private void rsvBits() {
    for (Opcode opcode : MEANINGFUL) {
      for (int bits = 1; bits <= 7; bits++) {
        Rule rule = rule(bits);
        byte[] payload =
            opcode == Opcode.CLOSE
                ? FrameBytes.closeBody(1000, new byte[0])
                : FrameBytes.utf8("Hello");
        ByteBuffer frame = frames.frame(opcode, payload).rsv(bits).bytes();
        String name = opcode.label() + "/" + Integer.toBinaryString(8 | bits).substring(1);
        CaseBuilder builder =
            CaseBuilder.of(FRAMING, "rsv/" + name, rule)
                .sends(
                    "a "
                        + opcode.label()
                        + " frame with RSV "
                        + Integer.toBinaryString(8 | bits).substring(1));
        boolean single = Integer.bitCount(bits) == 1;
        if (opcode == Opcode.TEXT && single) {
          builder.fault(rule.id());
        }
        fails(builder.bytes(frame), opcode);
      }
    }
    for (int bits = 1; bits <= 7; bits++) {
      String name = Integer.toBinaryString(8 | bits).substring(1);
      fails(
          CaseBuilder.of(FRAMING, "rsv/continuation/" + name, rule(bits))
              .sends("a continuation frame with RSV " + name)
              .bytes(
                  frames.text("Hel").open().bytes(),
                  frames.frame(Opcode.CONTINUATION, "lo").rsv(bits).bytes()));
    }
  }

  private static Rule rule(int bits) {
    return (bits & 4) != 0
        ? Rule.RSV1_WITHOUT_EXTENSION
        : (bits & 2) != 0 ? Rule.RSV2_WITHOUT_EXTENSION : Rule.RSV3_WITHOUT_EXTENSION;
  }

  private void masks() {
    boolean ofClient = sender == Endpoint.CLIENT;
    Rule rule = ofClient ? Rule.CLIENT_FRAME_UNMASKED : Rule.SERVER_FRAME_MASKED;
    String wrong = ofClient ? " without a mask" : " with a mask";
    for (Opcode opcode : MEANINGFUL) {
      byte[] payload =
          opcode == Opcode.CLOSE
              ? FrameBytes.closeBody(1000, new byte[0])
              : FrameBytes.utf8("Hello");
      CaseBuilder builder = fault(rule, opcode.label(), "a " + opcode.label() + " frame" + wrong);
      if (opcode == Opcode.TEXT) {
        builder.fault(rule.id());
      }
      fails(builder.bytes(frames.frame(opcode, payload).wronglyMasked().bytes()), opcode);
      fails(
          fault(rule, opcode.label() + "/empty", "an empty " + opcode.label() + " frame" + wrong)
              .bytes(frames.frame(opcode, "").wronglyMasked().bytes()),
          opcode);
    }
    fails(
        fault(rule, "second", "a correct text frame, then one" + wrong)
            .bytes(frames.text("Hello").bytes(), frames.text("Hello").wronglyMasked().bytes()));
    if (ofClient) {
      keys();
    }
    for (int length = 1; length <= 9; length++) {
      String text = "123456789".substring(0, length);
      serves(
          CaseBuilder.of(FRAMING, "mask/length-" + length, "RFC 6455 §5.3")
              .sends("a text of " + length + (length == 1 ? " byte" : " bytes"))
              .bytes(frames.text(text).bytes()),
          text);
    }
  }

  private void keys() {
    for (int key : new int[] {0, -1, 0x00ff00ff, 0x81818181}) {
      String name = Integer.toHexString(key);
      serves(
          CaseBuilder.of(FRAMING, "mask/key-" + name, "RFC 6455 §5.3")
              .sends("a text frame with the masking key " + name)
              .bytes(frames.text("Hello").key(key).bytes()),
          "Hello");
    }
  }

  private void controlFrames() {
    for (Opcode opcode : List.of(Opcode.CLOSE, Opcode.PING, Opcode.PONG)) {
      byte[] body = opcode == Opcode.CLOSE ? FrameBytes.closeBody(1000, new byte[0]) : new byte[0];
      CaseBuilder open =
          fault(
              Rule.CONTROL_FRAME_FRAGMENTED,
              opcode.label(),
              "a " + opcode.label() + " frame with FIN 0");
      if (opcode == Opcode.PING) {
        open.fault(Rule.CONTROL_FRAME_FRAGMENTED.id());
      }
      fails(open.bytes(frames.frame(opcode, body).open().bytes()), opcode);
      for (int length : new int[] {126, 127, 1000, 65535, 65536}) {
        CaseBuilder builder =
            fault(
                Rule.CONTROL_FRAME_TOO_LONG,
                opcode.label() + "/" + length,
                "a " + opcode.label() + " frame of " + length + " bytes");
        if (opcode == Opcode.PING && length == 126) {
          builder.fault(Rule.CONTROL_FRAME_TOO_LONG.id());
        }
        fails(builder.bytes(frames.frame(opcode, longBody(opcode, length)).bytes()), opcode);
      }
    }
  }

  private static byte[] longBody(Opcode opcode, int length) {
    byte[] body = FrameBytes.utf8("x".repeat(length));
    if (opcode == Opcode.CLOSE) {
      body[0] = 3;
      body[1] = (byte) 0xe8;
    }
    return body;
  }

  private void pings() {
    for (int length : new int[] {0, 1, 2, 64, 124, 125}) {
      String payload = "p".repeat(length);
      cases.add(
          CaseBuilder.of(FRAMING, "ping/" + length, "RFC 6455 §5.5.3")
              .sends("a ping of " + length + " bytes")
              .bytes(frames.ping(payload).bytes())
              .step(new Step.AwaitPong(payload))
              .expect(new Expectation.Serves(List.of())));
    }
    String bytes = "\0\u00ff\u0080\n\u001b";
    cases.add(
        CaseBuilder.of(FRAMING, "ping/binary", "RFC 6455 §5.5.3")
            .sends("a ping whose payload is not text")
            .bytes(frames.frame(Opcode.PING, latin1(bytes)).bytes())
            .step(new Step.AwaitPong(bytes))
            .expect(new Expectation.Serves(List.of())));
    ByteBuffer[] ten = new ByteBuffer[10];
    Arrays.setAll(ten, i -> frames.ping("ping " + i).bytes());
    cases.add(
        CaseBuilder.of(FRAMING, "ping/ten", "RFC 6455 §5.5.3")
            .sends("ten pings in one segment")
            .bytes(ten)
            .step(new Step.AwaitPong("ping 9"))
            .expect(new Expectation.Serves(List.of())));
    for (int length : new int[] {0, 5, 125}) {
      cases.add(
          CaseBuilder.of(FRAMING, "pong/" + length, "RFC 6455 §5.5.3")
              .sends("a pong of " + length + " bytes that no ping asked for")
              .bytes(frames.frame(Opcode.PONG, "u".repeat(length)).bytes())
              .expect(new Expectation.Serves(List.of())));
    }
  }

  private void cuts() {
    cut("text", frames.text("Hello").bytes(), "Hello");
    cut("16-bit", frames.text("x".repeat(126)).bytes(), "x".repeat(126));
    ByteBuffer large = frames.text("y".repeat(65536)).bytes();
    for (int at : new int[] {1, 2, 3, 6, 9, 10, 12, 14, 15, 4096, large.limit() - 1}) {
      cut("64-bit", large, at, "y".repeat(65536));
    }
  }

  private void cut(String name, ByteBuffer frame, String text) {
    for (int at = 1; at < Math.min(frame.remaining(), 12); at++) {
      cut(name, frame, at, text);
    }
    List<Step> bytes = new ArrayList<>();
    for (int i = 0; i < Math.min(frame.remaining(), 24); i++) {
      boolean last = i == Math.min(frame.remaining(), 24) - 1;
      ByteBuffer piece = frame.duplicate().position(i);
      bytes.add(new Step.Send(last ? piece.slice() : piece.slice(i, 1)));
      bytes.add(GAP);
    }
    serves(
        CaseBuilder.of(FRAMING, "cut/" + name + "/single-bytes", "RFC 6455 §5.2")
            .sends("a text frame of " + text.length() + " bytes, byte by byte")
            .steps(bytes),
        text);
  }

  private void cut(String name, ByteBuffer frame, int at, String text) {
    serves(
        CaseBuilder.of(FRAMING, "cut/" + name + "/" + at, "RFC 6455 §5.2")
            .sends("a text frame of " + text.length() + " bytes, cut after byte " + at)
            .bytes(frame.duplicate().limit(at))
            .step(GAP)
            .bytes(frame.duplicate().position(at)),
        text);
  }

  private void manyInOneSegment() {
    for (int count : new int[] {2, 10, 100}) {
      String[] texts = new String[count];
      ByteBuffer[] all = new ByteBuffer[count];
      for (int i = 0; i < count; i++) {
        texts[i] = "message " + i;
        all[i] = frames.text(texts[i]).bytes();
      }
      serves(
          CaseBuilder.of(FRAMING, "together/" + count, "RFC 6455 §5.2")
              .sends(count + " text frames in one segment")
              .bytes(all),
          texts);
    }
  }

  private static byte[] latin1(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static CaseBuilder fault(Rule rule, String name, String sends) {
    return CaseBuilder.of(FRAMING, rule.id() + "/" + name, rule).sends(sends);
  }

  private void fails(CaseBuilder builder) {
    cases.add(builder.expect(new Expectation.Fails(PROTOCOL_ERROR)));
  }

  /** After a broken Close, a normal one is its echo. After other frames, it fails them too. */
  private void fails(CaseBuilder builder, Opcode broken) {
    Set<Integer> accepting = broken == Opcode.CLOSE ? NORMAL : Set.of();
    cases.add(builder.expect(new Expectation.Fails(PROTOCOL_ERROR, accepting)));
  }

  private void serves(CaseBuilder builder, String... texts) {
    List<Payload> echoes = new ArrayList<>();
    for (String text : texts) {
      echoes.add(new Payload(true, ByteBuffer.wrap(FrameBytes.utf8(text))));
    }
    cases.add(builder.expect(new Expectation.Serves(echoes)));
  }
}
