package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FramePieces;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.Outgoing;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** What {@link Faults} commits, an {@link Inspector} finds, and nothing else. */
class FaultsTest {
  private static final int KEY = 0x37fa213d;

  static Stream<Arguments> faults() {
    return Stream.of(Endpoint.values())
        .flatMap(
            sender ->
                Faults.rules().stream()
                    .filter(rule -> Faults.canCommit(rule, sender))
                    .map(rule -> Arguments.of(rule, sender)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void breaksThisRuleAndNoOther(Rule rule, Endpoint sender) {
    for (Outgoing message : messages(sender)) {
      assertEquals(Set.of(), broken(sender, List.of(message)), message::toString);
      Set<Rule> expected = EnumSet.of(rule);
      expected.addAll(Faults.alongside(rule, message.opcode()));
      List<Outgoing> sent = Faults.commit(rule, message);
      assertEquals(expected, broken(sender, sent), message::toString);
    }
  }

  /** What it was given can be given again: neither positions nor bytes have changed. */
  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void leavesTheMessageAsItIs(Rule rule, Endpoint sender) {
    for (Outgoing message : messages(sender)) {
      String before = hex(List.of(message));
      String fault = hex(Faults.commit(rule, message));
      assertEquals(fault, hex(Faults.commit(rule, message)));
      assertEquals(before, hex(List.of(message)));
    }
  }

  /** Every rule about frames is committed, or it is said why not. */
  @ParameterizedTest
  @EnumSource
  void everyRuleHasItsPlace(Rule rule) {
    boolean aboutFrames = rule.answer() >= 1000;
    boolean ofDeflate = aboutFrames && rule.citation().startsWith("RFC 7692");
    boolean ofTheReceiver = rule == Rule.MESSAGE_TOO_BIG || rule == Rule.TOO_MANY_FRAGMENTS;
    assertEquals(aboutFrames && !ofTheReceiver && !ofDeflate, Faults.rules().contains(rule));
    if (Faults.rules().contains(rule)) {
      assertNull(Faults.obstacle(rule));
    } else {
      String reason =
          ofTheReceiver
              ? "it depends on what the receiver accepts"
              : ofDeflate ? "no fault is made of it yet" : "it is a rule of the opening handshake";
      assertEquals(reason, Faults.obstacle(rule));
      for (Endpoint sender : Endpoint.values()) {
        assertFalse(Faults.canCommit(rule, sender));
        assertThrows(
            IllegalArgumentException.class, () -> Faults.commit(rule, text(sender, "Hello")));
      }
    }
  }

  @Test
  void maskingBindsOneEndpoint() {
    assertTrue(Faults.canCommit(Rule.CLIENT_FRAME_UNMASKED, Endpoint.CLIENT));
    assertFalse(Faults.canCommit(Rule.CLIENT_FRAME_UNMASKED, Endpoint.SERVER));
    assertTrue(Faults.canCommit(Rule.SERVER_FRAME_MASKED, Endpoint.SERVER));
    assertFalse(Faults.canCommit(Rule.SERVER_FRAME_MASKED, Endpoint.CLIENT));
    assertThrows(
        IllegalArgumentException.class,
        () -> Faults.commit(Rule.CLIENT_FRAME_UNMASKED, text(Endpoint.SERVER, "Hello")));
  }

  /** The bytes themselves, from a server. */
  @ParameterizedTest(name = "{0} with {1}")
  @CsvSource({
    "SERVER_FRAME_MASKED, TEXT, Hello, 8185 37fa213d 7f9f4d5158",
    "RSV1_WITHOUT_EXTENSION, TEXT, Hello, c105 48656c6c6f",
    "RSV2_WITHOUT_EXTENSION, PING, Hello, a905 48656c6c6f",
    "RSV3_WITHOUT_EXTENSION, BINARY, Hello, 9205 48656c6c6f",
    "RESERVED_OPCODE, TEXT, Hello, 8305 48656c6c6f",
    "RESERVED_OPCODE, PONG, Hello, 8b05 48656c6c6f",
    "CONTROL_FRAME_FRAGMENTED, PING, Hello, 0905 48656c6c6f",
    "CONTROL_FRAME_FRAGMENTED, TEXT, Hello, 0900 8105 48656c6c6f",
    "CONTROL_FRAME_TOO_LONG, PING, Hello, 897e007e 48656c6c6f (78*121)",
    "CONTROL_FRAME_TOO_LONG, TEXT, Hello, 897e007e (78*126) 8105 48656c6c6f",
    "CONTROL_FRAME_TOO_LONG, CLOSE, '', 887e007e 03e8 (78*124)",
    "LENGTH_NOT_MINIMAL, TEXT, Hello, 817e0005 48656c6c6f",
    "LENGTH_TOP_BIT_SET, TEXT, Hello, 817f8000000000000005 48656c6c6f",
    "CONTINUATION_WITHOUT_MESSAGE, TEXT, Hello, 8005 48656c6c6f",
    "CONTINUATION_WITHOUT_MESSAGE, PING, Hello, 8000 8905 48656c6c6f",
    "MESSAGE_INTERRUPTED, BINARY, Hello, 0200 8205 48656c6c6f",
    "MESSAGE_INTERRUPTED, PING, Hello, 0100 8100 8905 48656c6c6f",
    "DATA_AFTER_CLOSE, TEXT, Hello, 8802 03e8 8105 48656c6c6f",
    "DATA_AFTER_CLOSE, PING, Hello, 8905 48656c6c6f 8802 03e8 8100",
    "DATA_AFTER_CLOSE, CLOSE, '', 8800 8100",
    "TEXT_NOT_UTF8, TEXT, Hello, 8106 48656c6c6f ff",
    "TEXT_NOT_UTF8, BINARY, Hello, 8106 48656c6c6f ff",
    "TEXT_NOT_UTF8, PING, Hello, 8101 ff 8905 48656c6c6f",
    "CLOSE_BODY_OF_ONE_BYTE, CLOSE, '', 8801 03",
    "CLOSE_BODY_OF_ONE_BYTE, TEXT, Hello, 8105 48656c6c6f 8801 03",
    "CLOSE_CODE_OUT_OF_RANGE, CLOSE, '', 8802 03e7",
    "CLOSE_CODE_NEVER_SENT, CLOSE, '', 8802 03ee",
    "CLOSE_CODE_UNASSIGNED, CLOSE, '', 8802 03f8",
    "CLOSE_REASON_NOT_UTF8, CLOSE, '', 8803 03e8 ff",
    "CLOSE_REASON_NOT_UTF8, TEXT, Hello, 8105 48656c6c6f 8803 03e8 ff",
  })
  void bytes(Rule rule, Opcode opcode, String payload, String hex) {
    Outgoing message = outgoing(Endpoint.SERVER, opcode, payload.getBytes(UTF_8));
    assertEquals(HexFormat.of().formatHex(Vectors.bytes(hex)), hex(Faults.commit(rule, message)));
  }

  @Test
  void theReasonOfACloseStays() {
    Outgoing close = close(Endpoint.SERVER, "bye");
    assertEquals("880503ee627965", hex(Faults.commit(Rule.CLOSE_CODE_NEVER_SENT, close)));
    assertEquals("880603e8627965ff", hex(Faults.commit(Rule.CLOSE_REASON_NOT_UTF8, close)));
    assertEquals("880103", hex(Faults.commit(Rule.CLOSE_BODY_OF_ONE_BYTE, close)));
  }

  /** A frame of 64 KiB has no longer form than its own, so it goes in two. */
  @Test
  void theLongestFormOfAll() {
    Outgoing message = outgoing(Endpoint.SERVER, Opcode.BINARY, new byte[65536]);
    List<String> headers = headers(Faults.commit(Rule.LENGTH_NOT_MINIMAL, message));
    assertEquals(List.of("BINARY BITS_64 65535", "CONTINUATION BITS_64 1"), headers);
  }

  /** Messages and control frames of every kind, which break nothing. */
  private static List<Outgoing> messages(Endpoint sender) {
    List<Outgoing> messages = new ArrayList<>();
    for (int length : new int[] {0, 1, 5, 124, 125, 126, 65535, 65536, 140_000}) {
      byte[] payload = "x".repeat(length).getBytes(UTF_8);
      for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
        Outgoing message = outgoing(sender, opcode, payload);
        messages.add(message);
        int half = Math.max(1, length / 2);
        messages.add(message.framing(message.framing().longestPayload(half)));
        messages.add(message.framing(message.framing().fin(false)));
      }
      if (length <= 125) {
        messages.add(outgoing(sender, Opcode.PING, payload));
        messages.add(outgoing(sender, Opcode.PONG, payload));
      }
    }
    messages.add(text(sender, "κόσμε 😀"));
    messages.add(outgoing(sender, Opcode.CLOSE, new byte[0]));
    messages.add(close(sender, ""));
    messages.add(close(sender, "bye"));
    messages.add(close(sender, "x".repeat(123)));
    messages.add(close(sender, "é".repeat(61)));
    return messages;
  }

  private static Outgoing text(Endpoint sender, String text) {
    return outgoing(sender, Opcode.TEXT, text.getBytes(UTF_8));
  }

  private static Outgoing close(Endpoint sender, String reason) {
    return new Outgoing(Opcode.CLOSE, CloseBody.of(1000, reason).bytes(), Framing.of(sender));
  }

  /** The payload does not lie at the start of its buffer. */
  private static Outgoing outgoing(Endpoint sender, Opcode opcode, byte[] payload) {
    ByteBuffer buffer = ByteBuffer.allocate(payload.length + 5).position(3);
    buffer.put(payload).flip().position(3);
    return new Outgoing(opcode, buffer.asReadOnlyBuffer(), Framing.of(sender));
  }

  private static Set<Rule> broken(Endpoint sender, List<Outgoing> messages) {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    InspectionListener collector =
        new InspectionListener() {
          @Override
          public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
            violations.forEach(this::violation);
          }

          @Override
          public void violation(Violation violation) {
            broken.add(violation.rule());
          }
        };
    Inspector inspector = new Inspector(sender, Limits.NONE, null, 0, collector);
    FramePieces pieces = new FramePieces(inspector::feed);
    messages.forEach(message -> message.writeTo(pieces, () -> KEY));
    inspector.end();
    return broken;
  }

  private static String hex(List<Outgoing> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FramePieces pieces =
        new FramePieces(
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              bytes.writeBytes(copy);
            });
    messages.forEach(message -> message.writeTo(pieces, () -> KEY));
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private static List<String> headers(List<Outgoing> messages) {
    List<String> headers = new ArrayList<>();
    for (Outgoing message : messages) {
      message.writeTo(
          (header, payload) -> {
            LengthForm form = header.lengthForm();
            headers.add(header.opcode() + " " + form + " " + payload.remaining());
          },
          () -> KEY);
    }
    return headers;
  }
}
