package wscope.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.connection.Behaviour;
import wscope.connection.Disconnected;
import wscope.net.LinkLimits;
import wscope.protocol.SendResult;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;

/** What the server does on a connection for each behaviour, over real sockets. */
@Timeout(20)
class BehaviourHandlerTest {
  private static final byte[] CLOSE_1000 = RawClient.plain(8, new byte[] {3, (byte) 0xe8});

  /** A client that has opened a WebSocket with a query. */
  private static RawClient open(RunningServer server, String query) throws IOException {
    RawClient client = server.connect();
    client.send(RawClient.request(query));
    client.expectUpgrade();
    return client;
  }

  private static byte[] closeWith(int code, String reason) {
    byte[] words = reason.getBytes(UTF_8);
    byte[] body = new byte[2 + words.length];
    body[0] = (byte) (code >> 8);
    body[1] = (byte) code;
    System.arraycopy(words, 0, body, 2, words.length);
    return RawClient.plain(8, body);
  }

  @Test
  void theQueryAffectsOnlyItsConnection() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient silent = open(server, "reply=none");
        RawClient other = server.open()) {
      silent.send(RawClient.text("a"), RawClient.close(1000));
      silent.expect(CLOSE_1000);
      other.send(RawClient.text("a"));
      other.expect(RawClient.echo("a"));
    }
  }

  @Test
  void theQueryOverridesTheDefault() throws Exception {
    try (RunningServer server =
            new RunningServer(Behaviour.DEFAULT.reply(Behaviour.Reply.NONE).greet("hello"));
        RawClient client = open(server, "reply=echo&greet=")) {
      client.send(RawClient.text("a"));
      client.expect(RawClient.echo("a"));
    }
  }

  @Test
  void repliesToTheOthers() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient one = open(server, "reply=others");
        RawClient other = open(server, "reply=none")) {
      one.send(RawClient.text("to the others"), RawClient.close(1000));
      other.expect(RawClient.echo("to the others"));
      one.expect(CLOSE_1000);
    }
  }

  @Test
  void broadcastsToAll() throws Exception {
    try (RunningServer server =
            new RunningServer(Behaviour.DEFAULT.reply(Behaviour.Reply.BROADCAST));
        RawClient one = server.open();
        RawClient other = server.open()) {
      one.send(RawClient.masked(2, new byte[] {1, 2}));
      one.expect(RawClient.plain(2, new byte[] {1, 2}));
      other.expect(RawClient.plain(2, new byte[] {1, 2}));
    }
  }

  /**
   * S20: sending the broadcast to its own sender drops that connection, whose memory then returns
   * to the pool. Compressing the message for the second client takes memory from this pool.
   */
  @Test
  void broadcastsACompressedMessageWhoseSenderIsDropped() throws Exception {
    byte[] message = new byte[1000];
    Arrays.fill(message, (byte) 'a');
    try (RunningServer server = new RunningServer(RunningServer.LONG_TIMEOUTS, 1024, true);
        RawClient sender = server.connect()) {
      sender.send(RawClient.requestWithDeflate("reply=broadcast&drop=5B"));
      sender.head();
      try (RawClient second = server.connect()) {
        second.send(RawClient.requestWithDeflate(""));
        second.head();
        try (RawClient third = server.open()) {
          sender.send(RawClient.compressed(message));
          third.expect(RawClient.plain(2, message));
        }
      }
    }
  }

  /** S6: a client that sends compression bombs gets no more than its share of the event loop. */
  @Test
  void compressionBombsDoNotBlockOthers() throws Exception {
    int count = 64;
    byte[][] bombs = new byte[count][];
    Arrays.fill(bombs, RawClient.compressed(new byte[1 << 20]));
    try (RunningServer server = new RunningServer();
        RawClient bomber = server.connect();
        RawClient other = server.open()) {
      bomber.send(RawClient.requestWithDeflate(""));
      bomber.head();
      bomber.send(RawClient.join(bombs));
      bomber.next();
      other.send(RawClient.text("a"));
      other.expect(RawClient.echo("a"));
      // Each echo of a bomb has more than 1000 bytes.
      assertTrue(bomber.available() < (count - 1) * 1000, "the server handled all bombs first");
      for (int i = 1; i < count; i++) {
        assertTrue(bomber.next().payload().remaining() > 1000);
      }
    }
  }

  /** Output gathered in one round does not count as backlog, even if the limit is tiny. */
  @Test
  void aReadingClientMissesNothingDespiteASmallBacklog() throws Exception {
    int count = 50;
    byte[] message = new byte[1000];
    byte[][] messages = new byte[count][];
    Arrays.fill(messages, RawClient.masked(2, message));
    LinkLimits narrow = new LinkLimits(1 << 10, LinkLimits.DEFAULT.stall());
    try (RunningServer server = new RunningServer(narrow);
        RawClient one = open(server, "reply=others");
        RawClient other = open(server, "reply=none")) {
      one.send(RawClient.join(messages));
      for (int i = 0; i < count; i++) {
        other.expect(RawClient.plain(2, message));
      }
    }
  }

  /** Several replies wait at once; the Close follows them. */
  @Test
  void delayedRepliesKeepTheirOrder() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "delay=150ms&after=3&close=4000:enough")) {
      long start = System.nanoTime();
      client.send(RawClient.text("a"), RawClient.text("b"), RawClient.text("c"));
      client.expect(RawClient.echo("a"));
      assertTrue(System.nanoTime() - start >= 150_000_000);
      client.expect(RawClient.echo("b"), RawClient.echo("c"), closeWith(4000, "enough"));
    }
  }

  @Test
  void fragmentsMessages() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "fragment=2")) {
      client.send(RawClient.text("Hello"));
      client.expect("01 02 48 65 00 02 6c 6c 80 01 6f");
    }
  }

  @Test
  void limitsTheNumberOfFragments() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "fragment=1")) {
      client.send(RawClient.masked(2, new byte[300_000]));
      client.expect("02 03 00 00 00 00 03");
    }
  }

  @Test
  void limitsTheRate() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "rate=10KiB")) {
      byte[] payload = new byte[2000];
      long start = System.nanoTime();
      client.send(RawClient.masked(2, payload), RawClient.close(1000));
      client.expect(RawClient.plain(2, payload), CLOSE_1000);
      client.expectEnd();
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis >= 150, () -> "all sent within " + millis + " ms");
    }
  }

  @Test
  void greetsAndSendsAtAnInterval() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "greet=hi&every=20ms&message=tick%21")) {
      client.expect(RawClient.echo("hi"), RawClient.echo("tick!"), RawClient.echo("tick!"));
    }
  }

  @Test
  void sendsPingsAndMeasuresTheirRoundTrips() throws Exception {
    try (RunningServer server = new RunningServer()) {
      try (RawClient client = open(server, "ping=20ms")) {
        client.expect("89 01 31");
        client.expect("89 01 32");
        client.send(RawClient.masked(10, new byte[] {'2'}));
        client.expect("89 01 33");
        client.send(RawClient.close(1000));
      }
      PingRoundTrips trips = server.nextDisconnected().totals().roundTrips();
      assertTrue(trips.sent() >= 3, trips::toString);
      assertEquals(1, trips.count());
      assertTrue(trips.least() > 0 && trips.least() == trips.most(), trips::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "close=1011:oops, 1011, oops",
    "after=0, 1000, ''",
    "close=3000&after=20ms, 3000, ''"
  })
  void closesWithCodeAndReason(String query, int code, String reason) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, query)) {
      client.expect(closeWith(code, reason));
      client.send(RawClient.close(code));
      client.expectEnd();
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertTrue(disconnected.closure().isClean());
      assertEquals(Endpoint.SERVER, disconnected.closure().initiator());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status=503, 503 Service Unavailable, Retry-After: 10",
    "status=429:7, 429 Too Many Requests, Retry-After: 7",
    "status=401, 401 Unauthorized, WWW-Authenticate: Basic realm=\"wscope\"",
    "redirect=ws://other.example/, 307 Temporary Redirect, Location: ws://other.example/",
    "replay=echo, 400 Bad Request, Connection: close",
  })
  void rejectsOrRedirectsTheHandshake(String query, String status, String field) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request(query));
      String response = client.rest();
      assertTrue(response.startsWith("HTTP/1.1 " + status + "\r\n"), response);
      assertTrue(response.contains("\r\n" + field + "\r\n"), response);
      client.disconnect();
      assertFalse(server.nextDisconnected().opened());
    }
  }

  @Test
  void resetsTcpAfterMessages() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "drop=2")) {
      client.send(RawClient.text("a"));
      client.expect(RawClient.echo("a"));
      client.send(RawClient.text("b"));
      client.expect(RawClient.echo("b"));
      assertThrows(SocketException.class, client::expectEnd);
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.DROP), disconnected.end());
      assertEquals(new Behaviour.Trigger.Messages(2), disconnected.dropped());
    }
  }

  @Test
  void resetsTcpInTheMiddleOfAFrame() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "drop=4B")) {
      client.send(RawClient.text("abc"));
      client.expect("81 03 61 62");
      assertThrows(SocketException.class, client::expectEnd);
    }
  }

  /** The bytes up to the trigger are sent first, however slowly. */
  @Test
  void dropsAfterBytesThatTrickle() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "trickle=1ms&drop=4B")) {
      client.send(RawClient.text("abc"));
      client.expect("81 03 61 62");
      assertThrows(SocketException.class, client::expectEnd);
      assertEquals(new Behaviour.Trigger.Bytes(4), server.nextDisconnected().dropped());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop=0", "drop=0B"})
  void resetsTcpWhenTheWebSocketOpens(String query) throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, query)) {
      assertThrows(SocketException.class, client::expectEnd);
    }
  }

  @Test
  void suppressesPongs() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "silent=pong")) {
      client.send(RawClient.masked(9, new byte[] {1}), RawClient.text("a"));
      client.expect(RawClient.echo("a"));
    }
  }

  @Test
  void suppressesTheReplyToAClose() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "silent=close&every=20ms&message=on")) {
      client.expect(RawClient.echo("on"));
      client.send(RawClient.close(1000));
      client.expect(RawClient.echo("on"), RawClient.echo("on"));
      client.disconnect();
      assertFalse(server.nextDisconnected().closure().isClean());
    }
  }

  /** The client sent its Close first, so both Closes are sent and the server ends TCP (§7.1.1). */
  @Test
  void aLateCloseCompletesTheClosingHandshake() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "silent=close&close=1000&after=100ms")) {
      client.send(RawClient.close(1001));
      client.expect(CLOSE_1000);
      client.expectEnd();
      client.disconnect();
      Disconnected disconnected = server.nextDisconnected();
      assertTrue(disconnected.closure().isClean());
      assertEquals(Endpoint.CLIENT, disconnected.closure().initiator());
      assertEquals(new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.FIN), disconnected.end());
    }
  }

  @Test
  void commitsFaultsInTurn() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "fault=rsv2-without-extension,server-frame-masked")) {
      client.send(RawClient.text("a"), RawClient.text("a"), RawClient.text("a"));
      client.expect("a1 01 61");
      client.expect("81 81 37 fa 21 3d 56");
      client.expect("a1 01 61");
      client.disconnect();
      assertEquals(new DirectionTotals(3, 3, 3, 3), server.nextDisconnected().totals().sent());
    }
  }

  @Test
  void commitsAFaultInTheClose() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "close=1000&fault=close-code-never-sent")) {
      client.expect("88 02 03 ee");
      client.send(RawClient.close(1002));
      client.expectEnd();
    }
  }

  @Test
  void sendsNothingAfterAnUnfinishedFrame() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "fault=frame-unfinished")) {
      client.send(RawClient.text("a"), RawClient.text("b"), RawClient.masked(9, new byte[0]));
      client.send(RawClient.close(1002));
      client.expect("81 02 61");
      client.expectEnd();
      client.disconnect();
      assertEquals(new DirectionTotals(1, 0, 0, 0), server.nextDisconnected().totals().sent());
    }
  }

  @Test
  void commitsAFaultInTheHandshakeResponse() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.request("fault=accept-missing"));
      byte[] expected =
          """
          HTTP/1.1 101 Switching Protocols\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          \r
          """
              .getBytes(ISO_8859_1);
      client.expect(expected);
    }
  }

  @Test
  void reportsAFaultThatNeedsCompressionAsImpossible() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "fault=compressed-data-corrupt")) {
      client.send(RawClient.text("a"));
      client.expect(RawClient.echo("a"));
      assertEquals("compressed-data-corrupt", server.nextImpossibleFault());
    }
  }

  /** The server handles no frame after the drop, not even a Close. */
  @Test
  void handlesNothingAfterADrop() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "drop=1")) {
      client.send(RawClient.text("a"), RawClient.text("b"), RawClient.close(1000));
      client.expect(RawClient.echo("a"));
      assertThrows(SocketException.class, client::expectEnd);
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(1, disconnected.totals().received().frames());
      assertEquals(new ConnectionClosure(null, null, null, null), disconnected.closure());
    }
  }

  /** S7: broadcasts are not queued without limit for a client that does not read. */
  @Test
  void aStalledClientDoesNotDelayOthers() throws Exception {
    byte[] message = new byte[1 << 20];
    byte[] frame = RawClient.masked(2, message);
    byte[] expected = RawClient.plain(2, message);
    try (RunningServer server = new RunningServer();
        RawClient stalled = open(server, "reply=none");
        RawClient speaker = open(server, "reply=broadcast")) {
      for (int i = 0; i < 40; i++) {
        speaker.send(frame);
        speaker.expect(expected);
      }
      assertEquals(1, server.nextLagging());
      assertEquals(SendResult.LAGGING, server.ping(1));
      assertEquals(SendResult.SENT, server.ping(2));
      stalled.reset();
      Disconnected disconnected = server.nextDisconnected();
      assertEquals(1, disconnected.number());
      assertTrue(disconnected.totals().skipped() > 10, () -> disconnected.totals().toString());
      assertEquals(40, disconnected.totals().skipped() + disconnected.totals().sent().messages());
    }
  }

  /** S6: one read inflates to more than the backlog may hold; the rest is handled later. */
  @Test
  void losesNoMessageWhileRepliesAreDelayed() throws Exception {
    byte[] message = new byte[3 << 20];
    byte[] all = RawClient.compressed(message);
    for (int i = 1; i < 8; i++) {
      all = RawClient.join(all, RawClient.compressed(message));
    }
    byte[] reply = RawClient.plain(2, message);
    reply[0] |= 0x20;
    try (RunningServer server = new RunningServer();
        RawClient client = server.connect()) {
      client.send(RawClient.requestWithDeflate("delay=50ms&fault=rsv2-without-extension"));
      client.head();
      client.send(all);
      for (int i = 0; i < 8; i++) {
        client.expect(reply);
      }
      client.send(RawClient.close(1000));
      client.expect(CLOSE_1000);
    }
  }

  /** What is delayed cannot be sent after our Close, so it holds up nothing. */
  @Test
  void theCloseOfTheClientIsReadWhileTooManyRepliesAreDelayed() throws Exception {
    try (RunningServer server = new RunningServer(new LinkLimits(100_000, Duration.ofSeconds(30)));
        RawClient client = open(server, "delay=1h&close=1000&after=300ms")) {
      client.send(RawClient.masked(2, new byte[200_000]));
      client.expect(CLOSE_1000);
      client.send(RawClient.close(1000));
      client.expectEnd();
      client.disconnect();
      assertEquals(1000, server.nextDisconnected().closure().received().code());
    }
  }

  /** S7: the server stops reading while the delayed replies exceed the limit. */
  @Test
  void deliversMoreDelayedRepliesThanTheBacklogHolds() throws Exception {
    byte[] message = new byte[1 << 20];
    try (RunningServer server = new RunningServer();
        RawClient client = open(server, "delay=100ms")) {
      for (int i = 0; i < 7; i++) {
        client.send(RawClient.masked(2, message));
      }
      for (int i = 0; i < 7; i++) {
        client.expect(RawClient.plain(2, message));
      }
    }
  }
}
