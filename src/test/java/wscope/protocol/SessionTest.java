package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** The server's end of a connection: literal bytes in, literal bytes out (RFC 6455 §4 to §7). */
class SessionTest {
  private static final Pattern FAIL = Pattern.compile("fail\\((\\d+) ([a-z0-9-]+)\\)");
  private static final int LONG_STREAM = 450;
  private static final int ENDS_OF_LONG_STREAM = 20;
  private static final String KEY = "00000000";
  private static final String CLOSE_1000 = "8882" + KEY + "03e8";
  private static final String PAGE =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\npage";

  static Stream<Arguments> sessions() {
    return Vectors.arguments("sessions.csv");
  }

  static Stream<Arguments> closeCodes() {
    return Vectors.arguments("close-codes.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void repliesAsInTheVectors(String name, Vectors.Row row) {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed(row.cell("in"));
    assertEquals(out(row), peer.out());
    assertEnded(row, peer);
  }

  /** Frames in the same segment as the request are not lost (RFC 6455 §4.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void readsFramesInTheSegmentOfTheRequest(String name, Vectors.Row row) {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.feed(stream(row));
    assertEquals(Peer.response() + out(row), peer.out());
    assertEnded(row, peer);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void repliesTheSameByteByByte(String name, Vectors.Row row) {
    Peer whole = Peer.open(Limits.SERVER);
    whole.feed(row.cell("in"));
    Peer pieces = Peer.connect(Limits.SERVER);
    pieces.feedByteByByte(stream(row));
    assertEquals(Peer.response() + out(row), pieces.out());
    assertEnded(row, pieces);
    assertEquals(whole.messages(), pieces.messages());
    assertEquals(whole.session().closure(), pieces.session().closure());
    assertEquals(whole.session().totalsReceived(), pieces.session().totalsReceived());
    assertEquals(whole.session().totalsSent(), pieces.session().totalsSent());
  }

  /** S3: TCP may end anywhere (RFC 6455 §7.1.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void endsOnceWhereverTcpEnds(String name, Vectors.Row row) {
    byte[] stream = stream(row);
    String whole = Peer.response() + out(row);
    IntStream.rangeClosed(0, stream.length)
        .filter(
            end ->
                stream.length < LONG_STREAM
                    || end < ENDS_OF_LONG_STREAM + Peer.request().length
                    || end > stream.length - ENDS_OF_LONG_STREAM)
        .forEach(
            end -> {
              Peer peer = Peer.connect(Limits.SERVER);
              peer.feed(Arrays.copyOf(stream, end));
              peer.session().end();
              assertEquals(1, peer.ends());
              assertEquals(Session.State.CLOSED, peer.session().state());
              assertTrue(whole.startsWith(peer.out()), () -> "after byte " + end);
              peer.session().end();
              assertEquals(1, peer.ends());
              assertFalse(peer.session().send(Opcode.TEXT, ByteBuffer.allocate(1)).isSent());
              peer.session().close(1000, "");
              assertEquals("", peer.out());
              assertEquals(1, peer.ends());
            });
  }

  /** An endpoint closes with the same code, or with 1002 (RFC 6455 §5.5.1, §7.4). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("closeCodes")
  void closesWithTheSameCodeOr1002(String name, Vectors.Row row) {
    String verdict = row.cell("expected");
    int code = Integer.parseInt(row.cell("code"));
    String hex = HexFormat.of().toHexDigits((short) code);
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8882" + KEY + hex);
    boolean tolerated = verdict.equals("fine") || code == 1010;
    assertEquals(tolerated ? "8802" + hex : fail(1002, verdict), peer.out());
    assertEquals(1, peer.ends());
  }

  // The opening handshake.

  @Test
  void opensAtTheLastByteOfTheRequest() {
    Peer peer = Peer.connect(Limits.SERVER);
    byte[] request = Peer.request();
    peer.feedByteByByte(Arrays.copyOf(request, request.length - 1));
    assertEquals("", peer.out());
    assertEquals(Session.State.CONNECTING, peer.session().state());
    assertFalse(peer.session().send(Opcode.TEXT, ByteBuffer.allocate(1)).isSent());
    peer.feed("0a");
    assertEquals(Peer.response(), peer.out());
    assertEquals(Session.State.OPEN, peer.session().state());
    assertEquals(List.of("Accepted 101"), peer.handshakes());
    assertEquals(0, peer.ends());
  }

  @ParameterizedTest
  @CsvSource({
    "'GET / HTTP/1.1', 'Host: a', 426",
    "'POST / HTTP/1.1', 'Host: a', 405",
    "'GET / HTTP/1.0', 'Host: a', 505",
    "'GET / HTTP/1.1', 'X: a', 400"
  })
  void endsTheConnectionAfterARejection(String requestLine, String field, int status) {
    Peer peer = Peer.connect(Limits.SERVER);
    String request = requestLine + "\r\n" + field + "\r\nUpgrade: h2c\r\n\r\n";
    peer.feed(request.getBytes(ISO_8859_1));
    String response = new String(Vectors.bytes(peer.out()), UTF_8);
    assertTrue(response.startsWith("HTTP/1.1 " + status + " "), response);
    assertEquals(1, peer.ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
    assertEquals(List.of("Invalid " + status), peer.handshakes());
    peer.feed("8980" + KEY);
    peer.feed(Peer.request());
    peer.session().end();
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(new ConnectionClosure(null, null, null, null), peer.session().closure());
  }

  @Test
  void ignoresFramesInTheSegmentOfARejectedRequest() {
    Peer peer = Peer.connect(Limits.SERVER);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(new String(Peer.request(), ISO_8859_1).replace("13", "8").getBytes(UTF_8));
    bytes.writeBytes(Vectors.bytes("8181" + KEY + "61"));
    peer.feed(bytes.toByteArray());
    String response = new String(Vectors.bytes(peer.out()), UTF_8);
    assertTrue(response.startsWith("HTTP/1.1 426 "), response);
    assertEquals(List.of(), peer.messages());
    assertEquals("", peer.received().text());
    assertEquals(1, peer.ends());
  }

  @Test
  void respondsToAPlainRequestWithAPage() {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.feed("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n".getBytes(ISO_8859_1));
    assertEquals(PAGE, new String(Vectors.bytes(peer.out()), UTF_8));
    assertEquals(List.of("PlainRequest 200"), peer.handshakes());
    assertEquals(1, peer.ends());
    peer.session().end();
    assertEquals(1, peer.ends());
  }

  /** S9: the server does not wait for the end of the head. */
  @Test
  void rejectsAHeadThatIsTooLargeBeforeItEnds() {
    Peer peer = Peer.connect(new Limits(9, 9, 100, 9));
    peer.feed("GET / HTTP/1.1\r\nX: ".getBytes(ISO_8859_1));
    peer.feed("a".repeat(100 - 19).getBytes(ISO_8859_1));
    assertEquals("", peer.out());
    peer.feed("61");
    String response = new String(Vectors.bytes(peer.out()), UTF_8);
    assertTrue(response.startsWith("HTTP/1.1 431 "), response);
    assertEquals(1, peer.ends());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GET / HT"})
  void endsTcpWhenClosedBeforeTheRequest(String start) {
    Peer peer = Peer.connect(Limits.SERVER);
    peer.feed(start.getBytes(ISO_8859_1));
    peer.session().close(1001, "going away");
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
  }

  /** What comes after the end is ignored, even a whole request. */
  @Test
  void ignoresARequestAfterTheEnd() {
    Peer peer = Peer.connect(Limits.SERVER);
    byte[] request = Peer.request();
    peer.feed(Arrays.copyOf(request, 10));
    peer.session().close(1001, "going away");
    peer.feed(Arrays.copyOfRange(request, 10, request.length));
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
  }

  // Messages.

  @Test
  void passesEachWholeMessageToTheHandlerOnce() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("0183" + KEY + "48656c 8080" + KEY + "8280" + KEY + "8281" + KEY + "ff");
    assertEquals(List.of("text 48656c", "binary", "binary ff"), peer.messages());
    assertEquals(4, peer.session().totalsReceived().frames());
    assertEquals(3, peer.session().totalsSent().frames());
  }

  @Test
  void reportsBothDirections() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8182" + KEY + "6869" + CLOSE_1000);
    assertEquals(
        List.of(
            "frame 1 @0 text fin masked 00000000 7-bit 2",
            "payload 6869",
            "message 1 text 1 frame 6869",
            "frame 2 @8 close fin masked 00000000 7-bit 2",
            "payload 03e8",
            "close 1000"),
        peer.received().lines());
    assertEquals(
        List.of(
            "frame 1 @0 text fin unmasked 7-bit 2",
            "payload 6869",
            "message 1 text 1 frame 6869",
            "frame 2 @4 close fin unmasked 7-bit 2",
            "payload 03e8",
            "close 1000"),
        peer.sent().lines());
  }

  @Test
  void sendsMessagesAndPings() {
    Peer peer = Peer.open(Limits.SERVER);
    ByteBuffer payload = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
    assertTrue(peer.session().send(Opcode.BINARY, payload).isSent());
    assertEquals(3, payload.position());
    assertTrue(peer.session().send(Opcode.PING, ByteBuffer.wrap(new byte[] {7})).isSent());
    assertTrue(peer.session().send(Opcode.TEXT, ByteBuffer.allocate(0)).isSent());
    assertEquals("82020102" + "890107" + "8100", peer.out());
  }

  /** The pong goes out before the message around the ping ends (§5.4). */
  @Test
  void repliesToAPingInsideAMessage() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("0183" + KEY + "48656c");
    peer.feed("8982" + KEY + "6869");
    assertEquals("8a026869", peer.out());
    peer.feed("8082" + KEY + "6c6f");
    assertEquals("810548656c6c6f", peer.out());
  }

  // Limits: one below, the limit, one above.

  @ParameterizedTest
  @CsvSource({"4, true", "5, true", "6, false"})
  void limitsAMessageInOneFrame(int length, boolean accepted) {
    Peer peer = Peer.open(new Limits(5, 9, 1000, 9));
    String size = HexFormat.of().toHexDigits((byte) (0x80 | length));
    peer.feed("82" + size + KEY + "61".repeat(length));
    String echo = "82" + HexFormat.of().toHexDigits((byte) length) + "61".repeat(length);
    assertEquals(accepted ? echo : fail(1009, "message-too-big"), peer.out());
    assertEquals(accepted ? 0 : 1, peer.ends());
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void limitsAMessageInTwoFrames(int second, boolean accepted) {
    Peer peer = Peer.open(new Limits(5, 9, 1000, 9));
    String size = HexFormat.of().toHexDigits((byte) (0x80 | second));
    peer.feed("0183" + KEY + "616161" + "80" + size + KEY + "61".repeat(second));
    String echo = "81" + HexFormat.of().toHexDigits((byte) (3 + second)) + "61".repeat(3 + second);
    assertEquals(accepted ? echo : fail(1009, "message-too-big"), peer.out());
  }

  /** S4: empty fragments count, too. */
  @ParameterizedTest
  @CsvSource({"2, true", "3, true", "4, false"})
  void limitsTheNumberOfFragments(int frames, boolean accepted) {
    Peer peer = Peer.open(new Limits(9, 3, 1000, 9));
    peer.feed("0180" + KEY + ("0080" + KEY).repeat(frames - 2) + "8080" + KEY);
    assertEquals(accepted ? "8100" : fail(1008, "too-many-fragments"), peer.out());
  }

  /** The header is enough, before any payload has come (§10.4). */
  @Test
  void closesWithCode1009AtTheHeader() {
    Peer peer = Peer.open(new Limits(5, 9, 1000, 9));
    peer.feed("0285" + KEY + "6161616161");
    assertEquals("", peer.out());
    peer.feed("8081" + KEY);
    assertEquals(fail(1009, "message-too-big"), peer.out());
    assertEquals(1, peer.ends());
  }

  // Failing.

  /** At the first invalid byte, inside an unfinished frame (§8.1). */
  @Test
  void closesWithCode1007AtTheFirstInvalidByte() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("81fe1000" + KEY + "4865f4");
    assertEquals("", peer.out());
    assertEquals(Session.State.OPEN, peer.session().state());
    peer.feed("90");
    assertEquals(fail(1007, "text-not-utf8"), peer.out());
    assertEquals(1, peer.ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
  }

  @Test
  void reportsAFailureInTheClosure() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8181" + KEY + "ff");
    assertEquals(
        new ConnectionClosure(
            Endpoint.SERVER,
            null,
            CloseBody.of(1007, Rule.TEXT_NOT_UTF8.title()),
            Rule.TEXT_NOT_UTF8),
        peer.session().closure());
    assertFalse(peer.session().closure().isClean());
    assertEquals(List.of(), peer.messages());
  }

  /** If several rules are broken, the first violation in the order of the bytes decides. */
  @Test
  void closesWithTheFirstViolation() {
    Peer peer = Peer.open(new Limits(0, 9, 1000, 9));
    peer.feed("d101" + "61");
    assertEquals(fail(1002, "rsv1-without-extension"), peer.out());
    assertEquals(Rule.RSV1_WITHOUT_EXTENSION, peer.session().closure().failure());
  }

  /** Byte 0 comes before byte 1: the violation of the opcode comes before the missing mask. */
  @Test
  void closesWithTheViolationOfTheFirstByte() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8000");
    assertEquals(fail(1002, "continuation-without-message"), peer.out());
  }

  /** A Close frame never has more than 125 bytes of payload (§5.5). */
  @ParameterizedTest
  @MethodSource("rules")
  void titlesFitIntoAClose(Rule rule) {
    assertTrue(rule.title().getBytes(UTF_8).length <= 123, rule.title());
  }

  static Stream<Rule> rules() {
    return Stream.of(Rule.values());
  }

  // Closing.

  @Test
  void repliesToTheCloseOfTheClient() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8885" + KEY + "03e8627965");
    assertEquals("880503e8" + hex("bye"), peer.out());
    ConnectionClosure closure = peer.session().closure();
    assertEquals(
        new ConnectionClosure(
            Endpoint.CLIENT, CloseBody.of(1000, "bye"), CloseBody.of(1000, "bye"), null),
        closure);
    assertTrue(closure.isClean());
    assertEquals(1, peer.ends());
  }

  @Test
  void repliesToACloseWithoutABody() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8880" + KEY);
    assertEquals("8800", peer.out());
    assertEquals(
        new ConnectionClosure(Endpoint.CLIENT, CloseBody.EMPTY, CloseBody.EMPTY, null),
        peer.session().closure());
  }

  @Test
  void completesAClosingHandshakeThatItBegan() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(1001, "going away");
    assertEquals("880c03e9" + hex("going away"), peer.out());
    assertEquals(Session.State.CLOSING, peer.session().state());
    assertEquals(0, peer.ends());
    peer.feed("8882" + KEY + "03e9");
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(Session.State.CLOSED, peer.session().state());
    assertEquals(
        new ConnectionClosure(
            Endpoint.SERVER, CloseBody.of(1001, ""), CloseBody.of(1001, "going away"), null),
        peer.session().closure());
    assertTrue(peer.session().closure().isClean());
  }

  @Test
  void closesWithoutABody() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(CloseBody.NO_CODE, "");
    assertEquals("8800", peer.out());
  }

  /** After its Close the server sends no data, and ignores the data that is still on its way. */
  @Test
  void ignoresDataAfterItsClose() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("0181" + KEY + "61");
    peer.session().close(1000, "");
    assertEquals("880203e8", peer.out());
    assertFalse(peer.session().send(Opcode.TEXT, ByteBuffer.allocate(1)).isSent());
    peer.session().close(1001, "again");
    peer.feed("8081" + KEY + "62" + "8181" + KEY + "63" + "8a80" + KEY);
    assertEquals("", peer.out());
    assertEquals(List.of(), peer.messages());
    assertEquals(0, peer.ends());
    peer.feed(CLOSE_1000);
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(Endpoint.SERVER, peer.session().closure().initiator());
  }

  /** A violation after our Close ends the connection without a second Close (§5.5.1). */
  @Test
  void sendsNoSecondCloseOnAViolation() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(1000, "");
    peer.out();
    peer.feed("c180" + KEY);
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    ConnectionClosure closure = peer.session().closure();
    assertEquals(Rule.RSV1_WITHOUT_EXTENSION, closure.failure());
    assertEquals(CloseBody.of(1000, ""), closure.sent());
    assertFalse(closure.isClean());
  }

  @Test
  void isNotCleanWithoutTheCloseOfTheClient() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(1000, "");
    assertEquals("880203e8", peer.out());
    peer.session().end();
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertNull(peer.session().closure().received());
    assertFalse(peer.session().closure().isClean());
  }

  /** Without a Close there is nothing to reply to (§7.1.5: applications see 1006). */
  @Test
  void sendsNothingWhenTcpEndsWithoutAClose() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed("8185" + KEY + "4865");
    peer.session().end();
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(new ConnectionClosure(null, null, null, null), peer.session().closure());
    assertEquals(
        List.of(
            "frame 1 @0 text fin masked 00000000 7-bit 5",
            "payload 4865",
            "incomplete #1 @8 payload data 3"),
        peer.received().lines());
  }

  /** Frames are reported up to the first data frame (§5.5.1), but get no reply. */
  @Test
  void reportsWhatFollowsTheCloseOfTheClient() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed(CLOSE_1000 + "8980" + KEY);
    assertEquals("880203e8", peer.out());
    assertEquals(1, peer.ends());
    peer.feed("8181" + KEY + "61" + "8182" + KEY + "6162");
    peer.session().end();
    assertEquals("", peer.out());
    assertEquals(1, peer.ends());
    assertEquals(List.of(), peer.messages());
    assertNull(peer.session().closure().failure());
    assertEquals(
        List.of(
            "frame 1 @0 close fin masked 00000000 7-bit 2",
            "payload 03e8",
            "close 1000",
            "frame 2 @8 ping fin masked 00000000 7-bit 0",
            "control ping",
            "frame 3 @14 text fin masked 00000000 7-bit 1",
            "violation data-after-close @14 #3"),
        peer.received().lines());
  }

  /** {@link FrameListener}: a stream is {@code frame* ended}, however it ends. */
  @ParameterizedTest
  @ValueSource(strings = {"", "8882 00000000 03e8", "8101 61", "8185 00000000 4865"})
  void reportsTheEndOfBothDirections(String in) {
    Peer peer = Peer.open(Limits.SERVER);
    peer.feed(in);
    peer.session().end();
    assertEquals(1, peer.received().ends());
    assertEquals(1, peer.sent().ends());
  }

  /** A long reason is cut between two characters (§5.5: 125 bytes at most). */
  @ParameterizedTest
  @CsvSource({"a, 122, 122", "a, 123, 123", "a, 124, 123", "é, 61, 122", "é, 62, 122"})
  void cutsALongReason(String character, int count, int bytes) {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(4000, character.repeat(count));
    String size = HexFormat.of().toHexDigits((byte) (2 + bytes));
    assertEquals(
        "88" + size + "0fa0" + hex(character.repeat(count)).substring(0, 2 * bytes), peer.out());
  }

  @Test
  void cutsALongReasonOfFourByteCharacters() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.session().close(4000, "\ud83d\ude00".repeat(40));
    assertEquals("887a0fa0" + "f09f9880".repeat(30), peer.out());
  }

  /** The handler closes while it handles a message; the rest of the segment is not echoed. */
  @Test
  void echoesNothingAfterTheHandlerCloses() {
    Peer peer = Peer.open(Limits.SERVER);
    peer.onMessage(() -> peer.session().close(1000, ""));
    peer.feed("8181" + KEY + "61" + "8181" + KEY + "62" + CLOSE_1000);
    assertEquals("810161" + "880203e8", peer.out());
    assertEquals(List.of("text 61"), peer.messages());
    assertEquals(1, peer.ends());
  }

  private static void assertEnded(Vectors.Row row, Peer peer) {
    boolean ended = row.cell("then").equals("ended");
    assertEquals(ended ? 1 : 0, peer.ends());
    assertEquals(ended ? Session.State.CLOSED : Session.State.OPEN, peer.session().state());
  }

  private static byte[] stream(Vectors.Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Peer.request());
    bytes.writeBytes(Vectors.bytes(row.cell("in")));
    return bytes.toByteArray();
  }

  private static String out(Vectors.Row row) {
    return Vectors.expand(
            FAIL.matcher(row.cell("out"))
                .replaceAll(
                    match ->
                        Matcher.quoteReplacement(
                            fail(Integer.parseInt(match.group(1)), match.group(2)))))
        .replace(" ", "");
  }

  /** A Close frame with a code and the title of a rule. */
  private static String fail(int code, String ruleId) {
    Rule rule =
        Stream.of(Rule.values()).filter(r -> r.id().equals(ruleId)).findFirst().orElseThrow();
    String title = hex(rule.title());
    String size = HexFormat.of().toHexDigits((byte) (2 + title.length() / 2));
    return "88" + size + HexFormat.of().toHexDigits((short) code) + title;
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
