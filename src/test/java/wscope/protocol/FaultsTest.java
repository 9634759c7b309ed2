package wscope.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameSerializer;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.LengthForm;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/**
 * A {@link FrameReader} finds the violation of each frame fault of {@link Faults}, and no other.
 */
class FaultsTest {
  private static final int KEY = 0x37fa213d;

  private static final Set<Rule> LIMITS_OF_THE_RECEIVER =
      EnumSet.of(
          Rule.MESSAGE_TOO_BIG,
          Rule.TOO_MANY_FRAGMENTS,
          Rule.HEAD_TOO_LARGE,
          Rule.TOO_MANY_HEADER_FIELDS);

  private static final Set<Rule> RULES_FOR_CLIENTS = rulesForClients();

  /** Every fault of frames, with each endpoint that can commit it. */
  static Stream<Arguments> faults() {
    return Stream.of(Endpoint.values())
        .flatMap(
            sender ->
                Stream.concat(Faults.ofFrames().stream(), Faults.of(Endpoint.SERVER).stream())
                    .filter(FrameFault.class::isInstance)
                    .filter(fault -> fault.isOf(sender))
                    .distinct()
                    .map(fault -> Arguments.of(fault, sender)));
  }

  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void breaksThisRuleAndNoOther(FrameFault fault, Endpoint sender) {
    DeflateParameters agreed = fault.deflate().adjust(null, sender);
    for (OutgoingMessage message : messages(sender)) {
      assertEquals(Set.of(), broken(sender, agreed, List.of(message)), message::toString);
      List<OutgoingMessage> sent = fault.commit(message);
      assertEquals(fault.breaks(message.opcode()), broken(sender, agreed, sent), message::toString);
    }
  }

  /** Where a fault allows permessage-deflate, its parameters change nothing. */
  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void breaksTheSameRuleWithPermessageDeflate(FrameFault fault, Endpoint sender) {
    for (DeflateParameters agreed :
        List.of(DeflateParameters.DEFAULT, new DeflateParameters(true, true, 9, 9))) {
      if (fault.deflate().isMet(agreed, sender)) {
        for (OutgoingMessage message : messages(sender)) {
          Set<Rule> broken = broken(sender, agreed, fault.commit(message));
          assertEquals(fault.breaks(message.opcode()), broken, message::toString);
        }
      }
    }
  }

  /** The message can be sent again: its positions and bytes have not changed. */
  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void doesNotChangeTheMessage(FrameFault fault, Endpoint sender) {
    for (OutgoingMessage message : messages(sender)) {
      byte[] before = bytes(List.of(message));
      byte[] sent = bytes(fault.commit(message));
      assertArrayEquals(sent, bytes(fault.commit(message)));
      assertArrayEquals(before, bytes(List.of(message)));
    }
  }

  /** A server can break every rule, or an obstacle says why not. */
  @ParameterizedTest
  @EnumSource
  void hasAFaultOrAnObstacleForEveryRule(Rule rule) {
    Fault fault = Faults.find(Endpoint.SERVER, rule.id());
    boolean ofServer = fault != null && Faults.of(Endpoint.SERVER).contains(fault);
    String obstacle = Faults.obstacle(Endpoint.SERVER, rule);
    if (ofServer) {
      assertNull(obstacle);
      assertEquals(rule, fault.rule());
      assertEquals(rule.title(), fault.title());
    } else if (LIMITS_OF_THE_RECEIVER.contains(rule)) {
      assertEquals("it depends on the receiver's limits", obstacle);
    } else {
      assertEquals("it applies to clients", obstacle);
      assertTrue(RULES_FOR_CLIENTS.contains(rule), rule::id);
    }
  }

  /** Masking, the request line, and the rules of §4.2.1. */
  private static Set<Rule> rulesForClients() {
    Set<Rule> rules = EnumSet.range(Rule.METHOD_NOT_GET, Rule.SUBPROTOCOL_MALFORMED);
    rules.add(Rule.CLIENT_FRAME_UNMASKED);
    rules.add(Rule.MASKING_KEY_REPEATED);
    rules.add(Rule.REQUEST_LINE_MALFORMED);
    rules.addAll(EnumSet.range(Rule.LINE_END_NOT_CRLF, Rule.HEADER_NAME_MALFORMED));
    return rules;
  }

  /** In the order of the rules, then the stalls; each id once. */
  @Test
  void listsEachFaultOnce() {
    List<String> ids = Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
    List<String> expected = new ArrayList<>();
    for (Rule rule : Rule.values()) {
      if (Faults.obstacle(Endpoint.SERVER, rule) == null) {
        expected.add(rule.id());
      }
    }
    expected.addAll(List.of("message-unfinished", "frame-unfinished"));
    assertEquals(expected, ids);
    assertEquals(ids.size(), Set.copyOf(ids).size());
  }

  @ParameterizedTest(name = "'{0}'")
  @CsvSource({
    "MESSAGE-UNFINISHED, message-unfinished",
    "accept-wrong, accept-wrong",
    "Server-Frame-Masked, server-frame-masked",
    "client-frame-unmasked,",
    "message-too-big,",
    "rsv1,",
    "'',",
  })
  void findsFaultsById(String text, @Nullable String id) {
    Fault fault = Faults.find(Endpoint.SERVER, text);
    assertEquals(id, fault == null ? null : fault.id());
  }

  @Test
  void maskingFaultsBelongToOneEndpoint() {
    FrameFault unmasked =
        assertInstanceOf(FrameFault.class, Faults.find(Endpoint.CLIENT, "client-frame-unmasked"));
    FrameFault masked = fault("server-frame-masked");
    assertTrue(unmasked.isOf(Endpoint.CLIENT));
    assertFalse(unmasked.isOf(Endpoint.SERVER));
    assertTrue(masked.isOf(Endpoint.SERVER));
    assertFalse(masked.isOf(Endpoint.CLIENT));
    assertThrows(
        IllegalArgumentException.class, () -> unmasked.commit(text(Endpoint.SERVER, "Hello")));
  }

  @Test
  void responseFaultsBelongToTheServer() {
    ResponseFault fault =
        assertInstanceOf(ResponseFault.class, Faults.find(Endpoint.SERVER, "accept-wrong"));
    assertTrue(fault.isOf(Endpoint.SERVER));
    assertFalse(fault.isOf(Endpoint.CLIENT));
    assertNull(fault.condition());
    ResponseFault twice =
        assertInstanceOf(ResponseFault.class, Faults.find(Endpoint.SERVER, "subprotocol-repeated"));
    assertEquals("the response names a subprotocol", twice.condition());
  }

  @Test
  void listsTheStalls() {
    assertEquals(
        List.of("message-unfinished", "frame-unfinished"),
        Faults.stalls().stream().map(Fault::id).toList());
  }

  /** A peer waits for what a stall leaves out, and for nothing else. */
  @Test
  void stallsLeaveThePeerWaiting() {
    for (OutgoingMessage message : messages(Endpoint.SERVER)) {
      Stalled whole = stalled(fault("message-unfinished").commit(message));
      assertEquals(new Stalled(null, 1), whole, message::toString);
      Stalled frame = stalled(fault("frame-unfinished").commit(message));
      int open = message.opcode().isControl() ? 0 : 1;
      assertEquals(new Stalled(1L, open), frame, message::toString);
    }
  }

  /** Whether a receiver can read anything after a fault, and whether data may follow. */
  @ParameterizedTest(name = "{0} by {1}")
  @MethodSource("faults")
  void knowsWhatMayFollow(FrameFault fault, Endpoint sender) {
    boolean ends = Set.of("length-top-bit-set", "frame-unfinished").contains(fault.id());
    for (OutgoingMessage message : messages(sender)) {
      List<OutgoingMessage> sent = fault.commit(message);
      OutgoingMessage last = sent.get(sent.size() - 1);
      assertEquals(ends, last.endsStream(), message::toString);
      assertFalse(sent.subList(0, sent.size() - 1).stream().anyMatch(OutgoingMessage::endsStream));
    }
    OutgoingMessage text = text(sender, "Hello");
    List<OutgoingMessage> sent = fault.commit(text);
    assertEquals(fault.id().equals("message-unfinished"), sent.get(sent.size() - 1).isUnfinished());
  }

  /** The window holds the whole message before, and the distance reaches beyond it. */
  @Test
  void exceedsTheWindowAfterAnotherMessage() {
    OutgoingMessage first = compressed(text(Endpoint.SERVER, "Hello"));
    Set<Rule> expected = EnumSet.of(Rule.COMPRESSED_DATA_OUT_OF_WINDOW);
    List<OutgoingMessage> sent = new ArrayList<>(List.of(first));
    sent.addAll(fault("compressed-data-out-of-window").commit(text(Endpoint.SERVER, "Hello")));
    assertEquals(expected, broken(Endpoint.SERVER, DeflateParameters.DEFAULT, sent));
  }

  /** A client that keeps its window can inflate it; one that does not finds the violation. */
  @Test
  void contextTakenOverInflatesWithTheWindow() {
    List<OutgoingMessage> sent =
        new ArrayList<>(List.of(compressed(text(Endpoint.SERVER, "Hello"))));
    sent.addAll(fault("context-taken-over").commit(text(Endpoint.SERVER, "Hello")));
    assertEquals(Set.of(), broken(Endpoint.SERVER, DeflateParameters.DEFAULT, sent));
    DeflateParameters alone = new DeflateParameters(true, false, 15, 15);
    assertEquals(EnumSet.of(Rule.CONTEXT_TAKEN_OVER), broken(Endpoint.SERVER, alone, sent));
  }

  @ParameterizedTest
  @EnumSource
  void wishMeetsTheRequirement(DeflateRequirement requirement) {
    for (Endpoint sender : Endpoint.values()) {
      for (DeflateParameters preferred :
          Arrays.asList(
              null, DeflateParameters.DEFAULT, new DeflateParameters(true, true, 9, 10))) {
        DeflateParameters wish = requirement.adjust(preferred, sender);
        assertTrue(requirement.isMet(wish, sender));
        // A requirement that is met changes nothing.
        assertTrue(!requirement.isMet(preferred, sender) || Objects.equals(preferred, wish));
        if (preferred != null && wish != null) {
          Endpoint other = sender == Endpoint.SERVER ? Endpoint.CLIENT : Endpoint.SERVER;
          assertEquals(preferred.maxWindowBits(other), wish.maxWindowBits(other));
          if (requirement != DeflateRequirement.SMALL_WINDOW) {
            assertEquals(preferred.maxWindowBits(sender), wish.maxWindowBits(sender));
          }
          assertEquals(preferred.takesContextOver(other), wish.takesContextOver(other));
        }
      }
    }
  }

  /** The exact bytes, from a server. */
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
    "RSV1_ON_CONTINUATION, TEXT, Hello, 0103 48656c c002 6c6f",
    "RSV1_ON_CONTINUATION, PING, Hello, 0100 c000 8905 48656c6c6f",
    "RSV1_ON_CONTROL_FRAME, PING, Hello, c905 48656c6c6f",
    "RSV1_ON_CONTROL_FRAME, CLOSE, '', c800",
    "RSV1_ON_CONTROL_FRAME, TEXT, Hello, c900 8105 48656c6c6f",
    "COMPRESSED_DATA_CORRUPT, TEXT, Hello, c106 07 48656c6c6f",
    "COMPRESSED_DATA_CORRUPT, PING, Hello, c101 07 8905 48656c6c6f",
    "COMPRESSED_DATA_UNFINISHED, BINARY, Hello, c20a 00 0900 f6ff 48656c6c6f",
    "COMPRESSED_DATA_OUT_OF_WINDOW, TEXT, Hello, c114 02deff0f00 0000ffff 00 0500 faff 48656c6c6f 00",
    "CONTEXT_TAKEN_OVER, TEXT, '', c10e 02020000 0000ffff 00 0000 ffff 00",
    "MESSAGE_UNFINISHED, TEXT, Hello, 0105 48656c6c6f",
    "MESSAGE_UNFINISHED, CLOSE, '', 0100 8800",
    "FRAME_UNFINISHED, TEXT, Hello, 8106 48656c6c6f",
    "FRAME_UNFINISHED, PING, Hello, 8906 48656c6c6f",
    "FRAME_UNFINISHED, CLOSE, '', 8801",
  })
  void sendsTheseBytes(String name, Opcode opcode, String payload, String hex) {
    FrameFault fault = fault(name.replace('_', '-'));
    OutgoingMessage message = outgoing(Endpoint.SERVER, opcode, payload.getBytes(UTF_8));
    assertEquals(HexFormat.of().formatHex(Vectors.bytes(hex)), hex(fault.commit(message)));
  }

  @Test
  void keepsTheReasonOfAClose() {
    OutgoingMessage close = close(Endpoint.SERVER, "bye");
    assertEquals("880503ee627965", hex(fault("close-code-never-sent").commit(close)));
    assertEquals("880603e8627965ff", hex(fault("close-reason-not-utf8").commit(close)));
    assertEquals("880103", hex(fault("close-body-of-one-byte").commit(close)));
  }

  /** A frame of 64 KiB has no longer form than its own, so the fault splits it in two. */
  @Test
  void splitsAFrameOfTheLongestForm() {
    OutgoingMessage message = outgoing(Endpoint.SERVER, Opcode.BINARY, new byte[65536]);
    List<String> headers = headers(fault("length-not-minimal").commit(message));
    assertEquals(List.of("BINARY BITS_64 65535", "CONTINUATION BITS_64 1"), headers);
  }

  /** Messages and control frames of every kind, which break no rule. */
  private static List<OutgoingMessage> messages(Endpoint sender) {
    List<OutgoingMessage> messages = new ArrayList<>();
    for (int length : new int[] {0, 1, 5, 124, 125, 126, 65535, 65536, 140_000}) {
      byte[] payload = "x".repeat(length).getBytes(UTF_8);
      for (Opcode opcode : List.of(Opcode.TEXT, Opcode.BINARY)) {
        OutgoingMessage message = outgoing(sender, opcode, payload);
        messages.add(message);
        int half = Math.max(1, length / 2);
        messages.add(message.framing(message.framing().maxPayload(half)));
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

  private static OutgoingMessage text(Endpoint sender, String text) {
    return outgoing(sender, Opcode.TEXT, text.getBytes(UTF_8));
  }

  private static OutgoingMessage close(Endpoint sender, String reason) {
    return new OutgoingMessage(
        Opcode.CLOSE, CloseBody.of(1000, reason).bytes(), Framing.of(sender));
  }

  /** A message whose payload does not begin at the start of its buffer. */
  private static OutgoingMessage outgoing(Endpoint sender, Opcode opcode, byte[] payload) {
    ByteBuffer buffer = ByteBuffer.allocate(payload.length + 5).position(3);
    buffer.put(payload).flip().position(3);
    return new OutgoingMessage(opcode, buffer.asReadOnlyBuffer(), Framing.of(sender));
  }

  private static FrameFault fault(String id) {
    return assertInstanceOf(FrameFault.class, Faults.find(Endpoint.SERVER, id));
  }

  /** The message as permessage-deflate compresses it. */
  private static OutgoingMessage compressed(OutgoingMessage message) {
    try (BufferPool pool = new BufferPool();
        MessageDeflater deflater =
            new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.SERVER, pool)) {
      PayloadBuffer payload = new PayloadBuffer(pool);
      deflater.deflate(message.payload().duplicate(), true, (slice, last) -> payload.add(slice));
      return message.payload(payload.content()).framing(message.framing().rsv(4));
    }
  }

  private static Set<Rule> broken(
      Endpoint sender, @Nullable DeflateParameters agreed, List<OutgoingMessage> messages) {
    Set<Rule> broken = EnumSet.noneOf(Rule.class);
    FrameListener collector =
        new FrameListener() {
          @Override
          public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
            violations.forEach(this::violation);
          }

          @Override
          public void violation(Violation violation) {
            broken.add(violation.rule());
          }
        };
    try (BufferPool pool = new BufferPool()) {
      Compression compression = agreed == null ? null : new Compression(agreed, pool);
      try (FrameReader reader = new FrameReader(sender, Limits.NONE, compression, 0, collector)) {
        feed(reader, messages);
      }
    }
    return broken;
  }

  /** How many bytes a frame lacks at the end of the stream, and how many messages are open then. */
  private record Stalled(@Nullable Long missing, int openMessages) {}

  private static Stalled stalled(List<OutgoingMessage> messages) {
    FrameReader reader =
        new FrameReader(Endpoint.SERVER, Limits.NONE, null, 0, new FrameListener() {});
    feed(reader, messages);
    AwaitedInput awaited = reader.awaited();
    IncompleteFrame incomplete = awaited.frame();
    return new Stalled(incomplete == null ? null : incomplete.missing(), awaited.open().size());
  }

  private static void feed(FrameReader reader, List<OutgoingMessage> messages) {
    FrameSerializer serializer = new FrameSerializer(reader::feed);
    // A new key for each frame.
    int[] key = {KEY};
    messages.forEach(message -> message.writeTo(serializer, () -> key[0]++));
    reader.end();
  }

  private static String hex(List<OutgoingMessage> messages) {
    return HexFormat.of().formatHex(bytes(messages));
  }

  private static byte[] bytes(List<OutgoingMessage> messages) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    FrameSerializer serializer =
        new FrameSerializer(
            piece -> {
              byte[] copy = new byte[piece.remaining()];
              piece.get(copy);
              bytes.writeBytes(copy);
            });
    messages.forEach(message -> message.writeTo(serializer, () -> KEY));
    return bytes.toByteArray();
  }

  private static List<String> headers(List<OutgoingMessage> messages) {
    List<String> headers = new ArrayList<>();
    for (OutgoingMessage message : messages) {
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
