package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.support.SampleHandshake;

/** The client's end of a connection: literal bytes in, literal bytes out (RFC 6455 §4 to §7). */
class ClientSessionTest {
  private static final String KEY = "37fa213d";

  /** The masked text of RFC 6455 §5.7. */
  private static final ByteBuffer HELLO =
      ByteBuffer.wrap(HexFormat.of().parseHex("818537fa213d7f9f4d5158"));

  /** An open WebSocket of a client that masks with the key of RFC 6455 §5.7. */
  private static TestEndpoint open() {
    return open(Limits.SERVER);
  }

  private static TestEndpoint open(Limits limits) {
    TestEndpoint client = TestEndpoint.client(limits, TestEndpoint.KEY_OF_RFC);
    client.connect(Pair.request().build());
    assertEquals(SampleHandshake.REQUEST, client.outText());
    client.feedText(SampleHandshake.RESPONSE);
    assertEquals("", client.out());
    return client;
  }

  // The opening handshake.

  /** RFC 6455 §1.2 and §4.1: what a request must have, and what a user may add. */
  @Test
  void sendsTheRequest() {
    UpgradeRequestBuilder request =
        Pair.request()
            .origin("http://example.com")
            .subprotocols(List.of("chat", "superchat"))
            .field("Cookie", "a=b");
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(request.build());
    assertEquals(
        """
        GET /chat HTTP/1.1\r
        Host: server.example.com\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Origin: http://example.com\r
        Sec-WebSocket-Protocol: chat, superchat\r
        Cookie: a=b\r
        \r
        """,
        client.outText());
    assertEquals(Session.State.CONNECTING, client.session().state());
    assertEquals(List.of(), client.brokenByHeads());
  }

  @Test
  void connectsOnlyAsAClient() {
    TestEndpoint server = TestEndpoint.server(Limits.SERVER);
    assertThrows(IllegalStateException.class, () -> server.connect(Pair.request().build()));
    assertEquals("", server.out());
  }

  @Test
  void opensAtTheLastByteOfTheResponse() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(Pair.request().build());
    client.out();
    client.feedByteByByte(SampleHandshake.RESPONSE.substring(0, 128).getBytes(ISO_8859_1));
    assertEquals(Session.State.CONNECTING, client.session().state());
    assertEquals(SendResult.NOT_OPEN, client.session().check(Opcode.TEXT));
    assertEquals(0, client.opened());
    client.feed("0a");
    assertEquals(Session.State.OPEN, client.session().state());
    assertEquals(List.of(Session.State.OPEN), client.states());
    assertEquals(1, client.opened());
    assertEquals(0, client.ends());
    assertEquals("", client.out());
    assertTrue(client.session().hasOpened());
  }

  @Test
  void readsFramesInTheSegmentOfTheResponse() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO).echoing();
    client.connect(Pair.request().build());
    client.out();
    client.feedText(SampleHandshake.RESPONSE + "\u0081\u0003MDN\u0089\u0000");
    assertEquals("8183000000004d444e" + "8a8000000000", client.out());
    assertEquals(List.of("text 4d444e"), client.messages());
  }

  /** Before the response no WebSocket is open, so the client only ends TCP. */
  @Test
  void endsTcpWhenClosedBeforeTheResponse() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    client.connect(Pair.request().build());
    client.out();
    client.session().close(1000, "");
    assertEquals("", client.out());
    assertEquals(1, client.ends());
    assertEquals(Session.State.CLOSED, client.session().state());
    client.feedText(SampleHandshake.RESPONSE);
    assertEquals(0, client.opened());
    assertEquals(List.of(Session.State.CLOSED), client.states());
  }

  // Messages together with the request, which RFC 6455 §4.1 forbids.

  /** The frame is that of RFC 6455 §5.7. It is shown once the response tells how to read it. */
  @Test
  void sendsMessagesBeforeTheResponse() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_OF_RFC);
    connectWithHello(client, Pair.request());
    assertEquals(SampleHandshake.REQUEST + ISO_8859_1.decode(HELLO.duplicate()), client.outText());
    assertEquals(List.of(coalesced(Event.Coalesced.Fate.SENT)), coalesced(client));
    assertEquals(SendResult.NOT_OPEN, client.session().send(Opcode.TEXT, bytes("more")));
    assertEquals(List.of(), client.listenedTo());
    client.feedText(SampleHandshake.RESPONSE);
    assertEquals(
        List.of(coalesced(Event.Coalesced.Fate.SENT), coalesced(Event.Coalesced.Fate.OPENED)),
        coalesced(client));
    assertEquals("", client.out());
    assertEquals(new DirectionTotals(1, 1, 5, 5), client.session().totalsSent());
    client.session().send(Opcode.TEXT, bytes("Hello"));
    assertEquals("818537fa213d7f9f4d5158", client.out());
    assertEquals(new DirectionTotals(2, 2, 10, 10), client.session().totalsSent());
  }

  /** RFC 7692 §7.2.3.1: Hello is compressed to f248cdc9c90700; before that, RSV1 is 0. */
  @Test
  void compressesOnlyAfterTheResponse() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_ZERO);
    connectWithHello(
        client, Pair.request().field("Sec-WebSocket-Extensions", "permessage-deflate"));
    client.out();
    client.feedText(
        SampleHandshake.RESPONSE.replace(
            "\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
    assertEquals(
        List.of(coalesced(Event.Coalesced.Fate.SENT), coalesced(Event.Coalesced.Fate.UNCOMPRESSED)),
        coalesced(client));
    client.session().send(Opcode.TEXT, bytes("Hello"));
    assertEquals("c18700000000f248cdc9c90700", client.out());
    assertEquals(new DirectionTotals(2, 2, 10, 12), client.session().totalsSent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "SSH-2.0-x\r\n\r\n",
      })
  void reportsThatNobodyReadsTheMessages(String response) {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_OF_RFC);
    connectWithHello(client, Pair.request());
    client.feedText(response);
    assertEquals(
        List.of(coalesced(Event.Coalesced.Fate.SENT), coalesced(Event.Coalesced.Fate.REJECTED)),
        coalesced(client));
    assertEquals(List.of(), client.listenedTo());
  }

  @Test
  void reportsThatNoResponseArrived() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, TestEndpoint.KEY_OF_RFC);
    connectWithHello(client, Pair.request());
    client.session().end();
    client.session().end();
    assertEquals(
        List.of(coalesced(Event.Coalesced.Fate.SENT), coalesced(Event.Coalesced.Fate.REJECTED)),
        coalesced(client));
  }

  private static void connectWithHello(TestEndpoint client, UpgradeRequestBuilder request) {
    Framing whole = Framing.of(Endpoint.CLIENT);
    client
        .session()
        .connect(request.build(), List.of(new OutgoingMessage(Opcode.TEXT, bytes("Hello"), whole)));
  }

  private static List<Event.Coalesced> coalesced(TestEndpoint client) {
    return client.events(Event.Coalesced.class);
  }

  private static Event.Coalesced coalesced(Event.Coalesced.Fate fate) {
    return new Event.Coalesced(fate, 1, 11);
  }

  // Frames to the server.

  /**
   * RFC 6455 §5.7 has the masked text; each fragment begins with the first byte of the key (§5.3).
   */
  @Test
  void masksEveryFrame() {
    TestEndpoint client = open();
    assertEquals(SendResult.SENT, client.session().send(Opcode.TEXT, bytes("Hello")));
    assertEquals("818537fa213d7f9f4d5158", client.out());
    assertEquals(SendResult.SENT, client.session().send(Opcode.BINARY, bytes("")));
    assertEquals("8280" + KEY, client.out());
    assertEquals(SendResult.SENT, client.session().send(Opcode.PING, bytes("Hello")));
    assertEquals("898537fa213d7f9f4d5158", client.out());
    Framing fours = Framing.of(Endpoint.CLIENT).maxPayload(4);
    client.session().send(new OutgoingMessage(Opcode.TEXT, bytes("Hello"), fours));
    assertEquals("018437fa213d7f9f4d51" + "808137fa213d58", client.out());
    assertEquals(new DirectionTotals(5, 3, 10, 10), client.session().totalsSent());
  }

  /** The client masks a copy of the payload, not the payload itself. */
  @Test
  void doesNotChangeThePayload() {
    TestEndpoint client = open();
    byte[] payload = {9, 1, 2, 9};
    ByteBuffer buffer = ByteBuffer.wrap(payload).position(1).limit(3);
    assertTrue(client.session().send(Opcode.BINARY, buffer).isSent());
    assertEquals(3, buffer.position());
    assertEquals("09010209", HexFormat.of().formatHex(payload));
    assertEquals("828237fa213d" + "36f8", client.out());
  }

  /** The payload is longer than the piece that is masked at a time. */
  @Test
  void masksALongPayloadToItsEnd() {
    TestEndpoint client = open();
    client.session().send(Opcode.BINARY, ByteBuffer.allocate(100_001));
    assertEquals("82ff00000000000186a1" + KEY + KEY.repeat(25_000) + "37", client.out());
  }

  /** One key per frame, in the order of the frames. */
  @Test
  void takesOneKeyPerFrame() {
    PrimitiveIterator.OfInt keys = IntStream.iterate(1, key -> key + 1).iterator();
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, keys::nextInt);
    client.connect(Pair.request().build());
    client.feedText(SampleHandshake.RESPONSE);
    client.out();
    client.session().send(Opcode.TEXT, bytes(""));
    client.feed("8900");
    client.session().close(CloseBody.NO_CODE, "");
    assertEquals("818000000001" + "8a8000000002" + "888000000003", client.out());
  }

  // Frames from the server.

  @Test
  void receivesMessagesAndFragments() {
    TestEndpoint client = open();
    client.feed("810548656c6c6f" + "010348656c" + "890121" + "80026c6f" + "8200");
    assertEquals(List.of("text 48656c6c6f", "text 48656c6c6f", "binary"), client.messages());
    assertEquals("8a81" + KEY + "16", client.out());
    assertEquals(new DirectionTotals(5, 3, 10, 10), client.session().totalsReceived());
  }

  /** RFC 6455 §5.5.3: a pong has the payload of its ping. */
  @ParameterizedTest
  @CsvSource({"8900, 8a80 37fa213d", "890548656c6c6f, 8a85 37fa213d 7f9f4d5158"})
  void repliesToAPingWithAMaskedPong(String ping, String pong) {
    TestEndpoint client = open();
    client.feed(ping);
    assertEquals(pong.replace(" ", ""), client.out());
    assertEquals(0, client.ends());
  }

  @Test
  void passesPongsToTheHandler() {
    TestEndpoint client = open();
    client.feed("8a026869" + "8a00");
    assertEquals(List.of("6869", ""), client.pongs());
    assertEquals("", client.out());
  }

  /** RFC 6455 §5.1: a client closes a connection if it detects a masked frame. */
  @Test
  void closesWithCode1002AfterAMaskedFrame() {
    TestEndpoint client = open();
    client.feed("8185" + KEY + "7f9f4d5158" + "8900");
    assertEquals(masked(1002, Rule.SERVER_FRAME_MASKED.title()), client.out());
    assertEquals(List.of(), client.messages());
    assertEquals(
        new ConnectionClosure(
            Endpoint.CLIENT,
            null,
            CloseBody.of(1002, Rule.SERVER_FRAME_MASKED.title()),
            Rule.SERVER_FRAME_MASKED),
        client.session().closure());
    assertEquals(0, client.ends(), "the server ends TCP");
    client.feed("88020000");
    client.session().end();
    assertEquals("", client.out());
    assertEquals(1, client.ends());
  }

  /** At the first invalid byte, inside an unfinished frame (§8.1). */
  @Test
  void closesWithCode1007AtTheFirstInvalidByte() {
    TestEndpoint client = open();
    client.feed("817e1000" + "4865f4");
    assertEquals("", client.out());
    client.feed("90");
    assertEquals(masked(1007, Rule.TEXT_NOT_UTF8.title()), client.out());
  }

  @ParameterizedTest
  @CsvSource({"4, true", "5, true", "6, false"})
  void limitsTheLengthOfAMessage(int length, boolean accepted) {
    TestEndpoint client = open(new Limits(5, 9, 1000, 9));
    client.feed("820" + length + "61".repeat(length));
    assertEquals(accepted ? 1 : 0, client.messages().size());
    assertEquals(accepted ? "" : masked(1009, Rule.MESSAGE_TOO_BIG.title()), client.out());
  }

  /** The limits apply to the head of the response, too. */
  @Test
  void rejectsAHeadThatIsTooLarge() {
    TestEndpoint client = TestEndpoint.client(new Limits(9, 9, 100, 9), TestEndpoint.KEY_ZERO);
    client.connect(Pair.request().build());
    client.out();
    client.feedText(SampleHandshake.RESPONSE.substring(0, 100));
    assertEquals(0, client.ends());
    client.feedText("a");
    assertEquals("", client.out());
    assertEquals(1, client.ends());
    assertEquals(List.of(Rule.HEAD_TOO_LARGE), client.brokenByHeads());
  }

  // Closing.

  @Test
  void completesAClosingHandshakeThatItBegan() {
    TestEndpoint client = open();
    client.session().close(1000, "bye");
    assertEquals(masked(1000, "bye"), client.out());
    assertEquals(Session.State.CLOSING, client.session().state());
    client.feed("880203e8");
    assertEquals(Session.State.CLOSED, client.session().state());
    assertEquals("", client.out());
    assertEquals(0, client.ends(), "the server ends TCP");
    client.session().end();
    assertEquals(1, client.ends());
    assertEquals(
        new ConnectionClosure(
            Endpoint.CLIENT, CloseBody.of(1000, ""), CloseBody.of(1000, "bye"), null),
        client.session().closure());
  }

  @Test
  void repliesToTheCloseOfTheServer() {
    TestEndpoint client = open();
    client.feed("880503e8627965");
    assertEquals(masked(1000, "bye"), client.out());
    assertEquals(Session.State.CLOSED, client.session().state());
    assertEquals(0, client.ends(), "the server ends TCP");
    client.feed("8900" + "810161");
    assertEquals("", client.out());
    assertEquals(List.of(), client.messages());
    assertEquals(List.of("data-after-close"), client.brokenByFrames());
    client.session().end();
    assertEquals(1, client.ends());
    assertNull(client.session().closure().failure());
    assertTrue(client.session().closure().isClean());
  }

  /** Between its Close and the server's, a client still replies to pings (§5.5.2). */
  @Test
  void repliesToPingsUntilTheCloseOfTheServer() {
    TestEndpoint client = open();
    client.session().close(1000, "");
    assertEquals(masked(1000, ""), client.out());
    client.feed("810161" + "890121");
    assertEquals("8a81" + KEY + "16", client.out());
    assertEquals(List.of(), client.messages());
    assertFalse(client.session().send(Opcode.PING, bytes("")).isSent());
    client.session().close(1001, "again");
    assertEquals("", client.out());
    client.feed("880203e8");
    assertEquals(Endpoint.CLIENT, client.session().closure().initiator());
  }

  @Test
  void waitsForTheServerToEndTcp() {
    TestEndpoint client = open();
    client.session().close(1000, "");
    client.feed("880203e8");
    for (int i = 0; i < 3; i++) {
      client.feed("8900");
      client.session().close(1000, "");
    }
    assertEquals(0, client.ends());
    assertTrue(client.session().isAwaiting());
  }

  /** A Close, masked by hand. */
  private static String masked(int code, String reason) {
    byte[] key = HexFormat.of().parseHex(KEY);
    byte[] text = reason.getBytes(UTF_8);
    byte[] frame = new byte[8 + text.length];
    ByteBuffer.wrap(frame).put((byte) 0x88).put((byte) (0x82 + text.length)).put(key);
    ByteBuffer.wrap(frame).position(6).putShort((short) code).put(text);
    for (int i = 6; i < frame.length; i++) {
      frame[i] ^= key[(i - 6) % 4];
    }
    return HexFormat.of().formatHex(frame);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
