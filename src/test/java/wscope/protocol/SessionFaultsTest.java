package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** What a {@link Session} does at the request of its handler: framings, faults, raw bytes. */
class SessionFaultsTest {
  private static final String KEY = "00000000";
  private static final String CLOSE_1000 = "8882" + KEY + "03e8";
  private static final String DEFLATE = "permessage-deflate";

  // Messages in a given framing.

  @Test
  void sendsFragments() {
    Peer peer = Peer.open(Limits.SERVER);
    assertTrue(peer.session().send(outgoing(Opcode.TEXT, "Hello", 2)).isSent());
    assertTrue(peer.session().send(outgoing(Opcode.PING, "a", 2)).isSent());
    assertEquals("010248650002" + "6c6c80016f" + "890161", peer.out());
    assertEquals(new DirectionTotals(4, 1, 5, 5), peer.session().totalsSent());
    assertEquals("message 1 text 3 frames 48656c6c6f", peer.sent().lines().get(6));
  }

  /** The example of RFC 7692 §7.2.3.1. */
  @Test
  void sendsCompressedFragments() {
    Peer peer = Peer.offering(Limits.SERVER, DEFLATE, DEFLATE);
    assertTrue(peer.session().send(outgoing(Opcode.TEXT, "Hello", 3)).isSent());
    assertTrue(peer.session().send(outgoing(Opcode.PING, "Hello", 5)).isSent());
    assertEquals("4103f248cd" + "0003c9c907" + "800100" + "890548656c6c6f", peer.out());
    assertEquals(new DirectionTotals(4, 1, 5, 7), peer.session().totalsSent());
  }

  @Test
  void sendsACompressedFrame() {
    Peer peer = Peer.offering(Limits.SERVER, DEFLATE, DEFLATE);
    assertTrue(peer.session().send(Opcode.TEXT, bytes("Hello")).isSent());
    assertEquals("c107f248cdc9c90700", peer.out());
    assertEquals(new DirectionTotals(1, 1, 5, 7), peer.session().totalsSent());
    assertEquals(List.of("message 1 text from 7 1 frame 48656c6c6f"), messages(peer));
  }

  /** The deflater produces several slices. */
  @Test
  void sendsCompressedNoise() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Peer peer = Peer.offering(Limits.SERVER, DEFLATE, DEFLATE);
    assertTrue(peer.session().send(Opcode.BINARY, ByteBuffer.wrap(noise)).isSent());
    assertTrue(
        peer.session()
            .send(new OutgoingMessage(Opcode.BINARY, ByteBuffer.wrap(noise), server()))
            .isSent());
    List<String> messages = messages(peer);
    assertEquals(2, messages.size());
    for (String message : messages) {
      assertEquals(
          HexFormat.of().formatHex(noise), message.substring(message.lastIndexOf(' ') + 1));
    }
    assertEquals(200_000, peer.session().totalsSent().bytes());
  }

  @Test
  void sendsNothingUnlessOpen() {
    Peer peer = Peer.connect(Limits.SERVER);
    assertSendsNothing(peer);
    assertFalse(peer.session().hasOpened());
    assertEquals(DirectionTotals.NONE, peer.session().totalsSent());
    peer.feed(Peer.request());
    assertTrue(peer.session().hasOpened());
    assertTrue(peer.session().check(Opcode.TEXT).isSent());
    peer.out();
    peer.session().end();
    assertSendsNothing(peer);
    assertTrue(peer.session().hasOpened());
  }

  private static void assertSendsNothing(Peer peer) {
    OutgoingMessage text = outgoing(Opcode.TEXT, "Hello", 9);
    assertFalse(peer.session().check(Opcode.TEXT).isSent());
    assertFalse(peer.session().send(Opcode.TEXT, bytes("Hello")).isSent());
    assertFalse(peer.session().send(text).isSent());
    assertFalse(peer.session().commit(fault("rsv2-without-extension"), text).isSent());
    assertFalse(peer.session().sendRaw(bytes("Hello")).isSent());
    assertEquals("", peer.out());
  }

  // Faults of frames.

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsv2-without-extension, a105 48656c6c6f",
    "server-frame-masked, 8185 37fa213d 7f9f4d5158",
    "continuation-without-message, 8005 48656c6c6f",
    "rsv1-on-control-frame, c900 8105 48656c6c6f",
    "rsv1-on-continuation, 0103 48656c c002 6c6f",
  })
  void commitsAFaultInsteadOfAMessage(String id, String hex) {
    Peer peer = Peer.offering(Limits.SERVER, DEFLATE, DEFLATE);
    peer.out();
    assertTrue(peer.session().allows(fault(id)));
    assertTrue(peer.session().commit(fault(id), outgoing(Opcode.TEXT, "Hello", 9)).isSent());
    assertEquals(hex.replace(" ", ""), peer.out());
    assertTrue(peer.session().check(Opcode.TEXT).isSent());
    assertEquals(Session.State.OPEN, peer.session().state());
    assertEquals(List.of(), peer.impossibleFaults());
  }

  /** A message that never ends is not counted, nor is one whose frame lacks bytes. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsv2-without-extension, 1, 1, 5, true, true",
    "message-interrupted, 2, 1, 5, true, true",
    "continuation-without-message, 1, 0, 0, true, true",
    "message-unfinished, 1, 0, 0, false, true",
    "frame-unfinished, 1, 0, 0, false, false",
    "length-top-bit-set, 1, 0, 0, false, false",
  })
  void knowsWhatToCountAndWhatMayFollow(
      String id, long frames, long messages, long bytes, boolean data, boolean control) {
    Peer peer = Peer.open(Limits.SERVER);
    assertTrue(peer.session().commit(fault(id), outgoing(Opcode.BINARY, "Hello", 9)).isSent());
    assertEquals(new DirectionTotals(frames, messages, bytes, bytes), peer.session().totalsSent());
    assertEquals(data, peer.session().check(Opcode.TEXT).isSent());
    assertEquals(control, peer.session().check(Opcode.PING).isSent());
    peer.out();
    peer.feed("8980" + KEY);
    assertEquals(control ? "8a00" : "", peer.out());
    peer.session().close(1000, "");
    assertEquals(control ? "880203e8" : "", peer.out());
    assertEquals(control, peer.session().closure().sent() != null);
    assertEquals(Session.State.CLOSING, peer.session().state());
  }

  @Test
  void commitsNoFaultThatNeedsPermessageDeflate() {
    Peer peer = Peer.open(Limits.SERVER);
    FrameFault corrupt = fault("compressed-data-corrupt");
    assertFalse(peer.session().commit(corrupt, outgoing(Opcode.TEXT, "Hello", 9)).isSent());
    assertEquals("", peer.out());
    assertEquals(List.of(), peer.impossibleFaults());
    assertFalse(peer.session().allows(corrupt));
    assertEquals(List.of("compressed-data-corrupt"), peer.impossibleFaults());
  }

  /** An invalid Close begins the closing handshake, too. */
  @Test
  void closesWithAFault() {
    Peer peer = Peer.open(Limits.SERVER);
    OutgoingMessage close =
        new OutgoingMessage(Opcode.CLOSE, CloseBody.of(1000, "bye").bytes(), server());
    assertTrue(peer.session().commit(fault("close-code-never-sent"), close).isSent());
    assertEquals("880503ee627965", peer.out());
    assertEquals(Session.State.CLOSING, peer.session().state());
    assertEquals(
        new ConnectionClosure(Endpoint.SERVER, null, CloseBody.of(1006, "bye"), null),
        peer.session().closure());
    assertFalse(peer.session().check(Opcode.PING).isSent());
    peer.feed(CLOSE_1000);
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertTrue(peer.session().closure().isClean());
  }

  /** The fault sends the Close that the data follows. */
  @Test
  void closesBeforeTheFaultDataAfterClose() {
    Peer peer = Peer.open(Limits.SERVER);
    assertTrue(
        peer.session()
            .commit(fault("data-after-close"), outgoing(Opcode.TEXT, "Hello", 9))
            .isSent());
    assertEquals("880203e8810548656c6c6f", peer.out());
    assertEquals(Session.State.CLOSING, peer.session().state());
    assertEquals(CloseBody.of(1000, ""), peer.session().closure().sent());
  }

  @Test
  void sendsRawBytes() {
    Peer peer = Peer.open(Limits.SERVER);
    assertTrue(
        peer.session().sendRaw(ByteBuffer.wrap(new byte[] {(byte) 0x89, 0, (byte) 0x8a})).isSent());
    assertEquals("89008a", peer.out());
    peer.session().close(1000, "");
    assertTrue(peer.session().sendRaw(ByteBuffer.wrap(new byte[] {0})).isSent());
    assertEquals("880203e8" + "00", peer.out());
    assertEquals(
        List.of("frame 1 @0 ping fin unmasked 7-bit 0", "control ping"),
        peer.sent().lines().subList(0, 2));
  }

  // Faults of the response, and rejections.

  @Test
  void commitsFaultsOfTheResponse() {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.commit(
        Stream.of("accept-missing", "subprotocol-repeated", "deflate-agreed-twice")
            .map(id -> assertInstanceOf(ResponseFault.class, Faults.find(Endpoint.SERVER, id)))
            .toList());
    peer.feed(Peer.request());
    assertEquals(
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        \r
        """,
        new String(Vectors.bytes(peer.out()), ISO_8859_1));
    assertEquals(List.of("subprotocol-repeated", "deflate-agreed-twice"), peer.impossibleFaults());
    assertEquals(Session.State.OPEN, peer.session().state());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rejectsARequest(boolean webSocket) {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.reject(
        new UpgradeDecision.Reject(
            new HttpResponse(403, "Forbidden", List.of(), "no"), "not allowed"));
    peer.feed(webSocket ? Peer.request() : "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(UTF_8));
    assertEquals(
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
        new String(Vectors.bytes(peer.out()), ISO_8859_1));
    assertEquals(List.of("Rejected 403"), peer.handshakes());
    assertEquals(1, peer.ends());
    assertFalse(peer.session().hasOpened());
  }

  // Suppressed replies.

  @Test
  void repliesNeitherToPingsNorToCloses() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.replyToNothing();
    peer.feed("8980" + KEY + CLOSE_1000);
    assertEquals("", peer.out());
    assertEquals(0, peer.ends());
    assertEquals(Session.State.OPEN, peer.session().state());
    assertEquals(
        new ConnectionClosure(null, CloseBody.of(1000, ""), null, null), peer.session().closure());
    assertFalse(peer.session().closure().isClean());
    assertTrue(peer.session().send(Opcode.TEXT, bytes("a")).isSent());
    peer.session().close(1001, "");
    assertEquals("810161" + "880203e9", peer.out());
  }

  /** What follows the current message stays in the buffer, to be fed again. */
  @Test
  void stopsReadingWhenPaused() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.onMessage(() -> peer.session().pause());
    ByteBuffer in =
        ByteBuffer.wrap(Vectors.bytes("8181" + KEY + "61" + "8181" + KEY + "62" + "8980" + KEY));
    peer.session().feed(in);
    assertEquals("810161", peer.out());
    assertEquals(13, in.remaining());
    peer.session().feed(in);
    assertEquals("810162", peer.out());
    assertEquals(6, in.remaining());
    peer.session().feed(in);
    assertEquals("8a00", peer.out());
    assertEquals(0, in.remaining());
  }

  /** Nobody feeds the rest to a session that has ended, so it consumes the rest. */
  @Test
  void consumesTheBufferWhenAbandoned() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.onMessage(
        () -> {
          peer.session().pause();
          peer.session().abandon();
        });
    peer.feed("8181" + KEY + "61" + "8181" + KEY + "62");
    assertEquals("810161", peer.out());
    assertEquals(List.of("text 61"), peer.messages());
  }

  /** There is nothing to pause before the handshake. */
  @Test
  void ignoresAPauseBeforeTheHandshake() {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.session().pause();
    peer.feed(Peer.request());
    assertEquals(Peer.response(), peer.out());
  }

  @Test
  void doesNothingOnceAbandoned() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().abandon();
    assertEquals(Session.State.CLOSED, peer.session().state());
    peer.feed("8980" + KEY + "8181" + KEY + "61");
    peer.session().end();
    assertEquals("", peer.out());
    assertEquals(List.of(), peer.messages());
    assertEquals(List.of(), peer.received().lines());
    assertEquals(0, peer.ends());

    Peer connecting = Peer.connect(Limits.SERVER);
    connecting.session().abandon();
    connecting.feed(Peer.request());
    assertEquals("", connecting.out());
  }

  // What the handler and the listener receive.

  @Test
  void notifiesTheHandlerOfTheOpeningAndOfPongs() {
    Peer peer = Peer.connect(Limits.SERVER);
    assertEquals(0, peer.opened());
    peer.feed(Peer.request());
    assertEquals(1, peer.opened());
    peer.feed("8a82" + KEY + "6869" + "8981" + KEY + "61" + "8a80" + KEY);
    assertEquals(List.of("6869", ""), peer.pongs());
    assertEquals(1, peer.opened());
  }

  @Test
  void reportsATruncatedRequest() {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.feed(Arrays.copyOf(Peer.request(), 10));
    peer.session().end();
    assertEquals(List.of("incomplete after 10"), peer.handshakes());

    Peer silent = Peer.connect(Limits.SERVER);
    silent.session().end();
    assertEquals(List.of(), silent.handshakes());
  }

  @Test
  void reportsTheViolationOfAPayload() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8182" + KEY + "61ff");
    peer.session().end();
    assertEquals(
        List.of("text-not-utf8: byte ff at offset 1 of the text"), peer.received().found());
  }

  @Test
  void countsWhatItSends() {
    Peer peer = Peer.open(Limits.SERVER);
    assertTrue(peer.session().send(Opcode.TEXT, bytes("Hello")).isSent());
    assertTrue(peer.session().send(Opcode.PING, bytes("Hello")).isSent());
    assertEquals(new DirectionTotals(2, 1, 5, 5), peer.session().totalsSent());
  }

  private static List<String> messages(Peer peer) {
    return peer.sent().lines().stream().filter(line -> line.startsWith("message ")).toList();
  }

  private static Framing server() {
    return Framing.of(Endpoint.SERVER);
  }

  private static OutgoingMessage outgoing(Opcode opcode, String payload, int maxPayload) {
    return new OutgoingMessage(opcode, bytes(payload), server().maxPayload(maxPayload));
  }

  private static FrameFault fault(String id) {
    return assertInstanceOf(FrameFault.class, Faults.find(Endpoint.SERVER, id));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
