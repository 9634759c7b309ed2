package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;
import wscope.report.text.TimeStyle;

/** What a server shows of itself and its connections: whole screens, and the same as JSON. */
class ServeReportTest {
  private static final String REQUEST =
      """
      GET /chat HTTP/1.1\r
      Host: a\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      """;
  private static final String OFFERS =
      """
      Sec-WebSocket-Protocol: chat.v1, chat.v2\r
      Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=16\r
      Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r
      """;
  private static final String HEADS =
      """
      #1 < GET /chat HTTP/1.1
      #1 < Host: a
      #1 < Upgrade: websocket
      #1 < Connection: Upgrade
      #1 < Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      #1 < Sec-WebSocket-Version: 13
      #1 <
      """;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();
  private Instant now = Instant.parse("2026-11-21T14:06:05.25Z");
  private LineTimes times = LineTimes.OFF;

  @Test
  void showsWhereItListens() throws UnknownHostException {
    Report report = reports(Detail.FRAMES);
    report.event(
        new Event.Listening(
            "serve",
            List.of(
                new Event.ListeningAddress(
                    new Event.Address.Tcp("127.0.0.1", 8080), "wss://127.0.0.1:8080/chat"),
                new Event.ListeningAddress(
                    new Event.Address.Tcp("0:0:0:0:0:0:0:1", 8080), "wss://[::1]:8080/chat")),
            "reply: echo   greet: \u001b[2J",
            List.of("certificate   SHA-256 ab:cd")));
    report.event(new Event.RecordingStopped("a.json: No space\u001b left"));
    report.event(new Event.ScriptChanged("a\u001b.reply", 1, null));
    report.event(new Event.ScriptChanged("a.reply", 0, "line 2, column 1: unknown word 'x\\'"));
    report.event(new Event.ScriptChanged("", 0, null));
    report.event(new Event.Stopped(2));
    assertEquals(
        """
        wscope serve   wss://127.0.0.1:8080/chat   reply: echo   greet: \\x1b[2J
                       wss://[::1]:8080/chat
        certificate   SHA-256 ab:cd
        waiting for connections (Ctrl+C to stop)
        ✗ the recording has stopped; wscope continues: a.json: No space\\x1b left
        replies follow a\\x1b.reply: 1 rule
        ✗ replies stay as they are: a.reply: line 2, column 1: unknown word 'x\\'
        replies no longer follow a script
        wscope serve   stopped after 2 connections
        """,
        shown(report));
    assertEquals(
        """
        {"type":"listening","time":"2026-11-21T14:06:05.250000Z","address":"127.0.0.1","port":8080,\
        "url":"wss://127.0.0.1:8080/chat","urls":["wss://127.0.0.1:8080/chat",\
        "wss://[::1]:8080/chat"],"behaviour":"reply: echo   greet: \\u001B[2J",\
        "notes":["certificate   SHA-256 ab:cd"]}
        {"type":"recording-stopped","time":"2026-11-21T14:06:05.250000Z",\
        "cause":"a.json: No space\\u001B left"}
        {"type":"script-changed","time":"2026-11-21T14:06:05.250000Z","script":"a\\u001B.reply",\
        "rules":1}
        {"type":"script-changed","time":"2026-11-21T14:06:05.250000Z","script":"a.reply",\
        "trouble":"line 2, column 1: unknown word 'x\\\\'"}
        {"type":"script-changed","time":"2026-11-21T14:06:05.250000Z"}
        {"type":"stopped","time":"2026-11-21T14:06:05.250000Z","connections":2}
        """,
        lines());
  }

  @Test
  void showsTheAgreementAndDeclinedOffers() {
    Report report = reports(Detail.MESSAGES);
    Reported connection = connect(report);
    String head = REQUEST + OFFERS + "\r\n";
    HandshakeResult.Accepted accepted =
        ServerHandshake.accept(
            (HandshakeResult.Accepted) check(head),
            "chat.v2",
            DeflateParameters.DEFAULT,
            List.of());
    connection.handshake(head, accepted, accepted.response());
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = open     /chat   extensions: permessage-deflate   subprotocol: chat.v2
        #1 =          the client offered chat.v1, chat.v2
        #1 =          with server_max_window_bits=10
        #1 =          offer 1 declined: server_max_window_bits=16: WHY
        """,
        shown(report).replaceAll("(=16: ).*", "$1WHY"));
    assertEquals(
        """
        {"type":"handshake","time":"2026-11-21T14:06:05.250000Z","connection":1,"sender":"client",\
        "outcome":"accepted","key":"dGhlIHNhbXBsZSBub25jZQ==",\
        "accept":"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",\
        "offeredSubprotocols":["chat.v1","chat.v2"],"subprotocol":"chat.v2",\
        "deflate":{"serverNoContextTakeover":false,"clientNoContextTakeover":false,\
        "serverMaxWindowBits":10,"clientMaxWindowBits":15},\
        "declinedOffers":[{"offer":1,"parameter":"server_max_window_bits=16","why":WHY}],\
        "violations":[]}
        """,
        line(1)
            .replaceAll("\"offset.*?(\"outcome)", "$1")
            .replaceAll("(why\":)\"[^\"]*\"", "$1WHY"));
  }

  @Test
  void showsARejectionByPolicy() {
    Report report = reports(Detail.FRAMES);
    Reported connection = connect(report);
    HttpResponse response =
        new HttpResponse(
            429,
            "Too Many Requests",
            List.of(new OutgoingHeaderField("Retry-After", "30")),
            "slow down\n");
    String head = REQUEST + "\r\n";
    HandshakeResult.Accepted accepted = (HandshakeResult.Accepted) check(head);
    connection.handshake(
        head,
        new HandshakeResult.Rejected(
            accepted.request(), List.of(), response, "status=429 asks for it"),
        response);
    connection.disconnected(
        false,
        closure(null, null, null),
        Reported.SERVER_FIN,
        null,
        ConnectionTotals.NONE,
        seconds(2));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        """
            + HEADS
            + """
            #1 > HTTP/1.1 429 Too Many Requests
            #1 > Retry-After: 30
            #1 > Content-Length: 10
            #1 >
            #1 > body     "slow down\\n"
            #1 = rejected with HTTP 429 Too Many Requests
            #1 =          status=429 asks for it
            #1 = closed   no WebSocket was opened
            #1 =          lasted  2.0 s
            """,
        shown(report));
    assertEquals(
        "\"outcome\":\"refused\",\"why\":\"status=429 asks for it\",\"violations\":[]}\n",
        line(1).replaceAll(".*(\"outcome)", "$1"));
  }

  @Test
  void showsTheBeginningOfALongResponse() {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.FRAMES, 4096, false));
    Report report = new TextReport(new Screen(out, false, true), view);
    Reported connection = connect(report);
    HttpResponse response =
        new HttpResponse(400, "Bad Request", List.of(), "a".repeat(256) + "b".repeat(1000));
    String head = REQUEST + "\r\n";
    HandshakeResult.Accepted accepted = (HandshakeResult.Accepted) check(head);
    connection.handshake(
        head,
        new HandshakeResult.Rejected(accepted.request(), List.of(), response, "no"),
        response);
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        """
            + HEADS
            + """
            #1 > HTTP/1.1 400 Bad Request
            #1 > Content-Length: 1256
            #1 >
            #1 > body     "%s" … 1000 bytes more
            #1 = rejected with HTTP 400 Bad Request
            #1 =          no
            """
                .formatted("a".repeat(256)),
        shown(report));
  }

  @Test
  void explainsAnOldProtocol() {
    Report report = reports(Detail.MESSAGES);
    Reported connection = connect(report);
    String head = REQUEST.replace("Version: 13", "Version: 8") + "\r\n";
    HandshakeResult.Invalid invalid = (HandshakeResult.Invalid) check(head);
    connection.handshake(head, invalid, invalid.response());
    String screen = shown(report);
    assertEquals(
        """
        #1 <   ! the client uses an old protocol: draft-ietf-hybi-thewebsocketprotocol-08 to -12
        #1 <       the protocol of Chrome 14 and 15, Firefox 7 to 10 (2011)
        #1 <       framing and accept value of RFC 6455, but Sec-WebSocket-Origin instead of Origin
        #1 = rejected with HTTP 426 Upgrade Required
        """,
        screen.substring(screen.indexOf("#1 <   ! the client uses")));
  }

  @Test
  void showsTotalsAtTheEnd() {
    Report report = reports(Detail.MESSAGES);
    ConnectionTotals totals =
        new ConnectionTotals(
            new DirectionTotals(12, 10, 3000, 400),
            new DirectionTotals(1, 1, 1, 3),
            roundTrips(4, 250_000, 1_999_999, 90_000),
            0);
    connect(report)
        .disconnected(
            true,
            closure(Endpoint.CLIENT, CloseBody.of(1000, ""), CloseBody.of(1000, "")),
            Reported.SERVER_FIN,
            null,
            totals,
            Duration.ofMillis(4210));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = closed   by the client: 1000 normal closure, answered by us
        #1 =          in      12 frames, 10 messages, 3000 bytes inflated from 400 (13 %)
        #1 =          out     1 frame, 1 message, 1 byte compressed to 3 (300 %)
        #1 =          pings   4 sent, 3 answered, in 0.09 to 1.99 ms, 0.77 ms on average
        #1 =          lasted  4.2 s
        """,
        shown(report));
    assertEquals(
        """
        {"type":"disconnected","time":"2026-11-21T14:06:05.250000Z","connection":1,"opened":true,\
        "clean":true,"initiator":"client",\
        "received":{"code":1000,"codeName":"normal closure","reason":""},\
        "sent":{"code":1000,"codeName":"normal closure","reason":""},"tcpEnd":"server-fin",\
        "framesReceived":12,"framesSent":1,"messagesReceived":10,"messagesSent":1,\
        "bytesReceived":3000,"bytesSent":1,"wireBytesReceived":400,"wireBytesSent":3,\
        "roundTrips":{"sent":4,"count":3,"leastMicros":90,"meanMicros":779,"mostMicros":1999},\
        "millis":4210}
        """,
        line(1));
  }

  @Test
  void showsACloseWithoutAReply() {
    Report report = reports(Detail.MESSAGES);
    ConnectionTotals totals =
        new ConnectionTotals(
            new DirectionTotals(1, 0, 0, 0), DirectionTotals.NONE, PingRoundTrips.NONE, 0);
    connect(report)
        .disconnected(
            true,
            closure(null, CloseBody.of(1001, ""), null),
            Reported.CLIENT_RESET,
            null,
            totals,
            Duration.ofSeconds(61));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = closed   by the client: 1001 going away, not answered by us; the client reset TCP (RST)
        #1 =          in      1 frame, 0 messages
        #1 =          out     0 frames, 0 messages
        #1 =          lasted  1 min 1 s
        """,
        shown(report));
  }

  @Test
  void saysWhoEndedTcp() {
    CloseBody away = CloseBody.of(1001, "");
    ConnectionClosure none = closure(null, null, null);
    ConnectionClosure clean = closure(Endpoint.CLIENT, away, away);
    ConnectionClosure failed =
        new ConnectionClosure(Endpoint.SERVER, null, away, Rule.CLIENT_FRAME_UNMASKED);
    ConnectionClosure unanswered = closure(Endpoint.SERVER, null, away);
    String without = "without a Close frame: ";
    String reported = ", which an API reports as 1006";
    assertEquals(
        without + "the client reset TCP (RST)" + reported, end(none, Reported.CLIENT_RESET));
    assertEquals(without + "we ended TCP (FIN)" + reported, end(none, Reported.SERVER_FIN));
    String answered = "by the client: 1001 going away, answered by us";
    assertEquals(answered, end(clean, Reported.CLIENT_FIN));
    assertEquals(answered + "; the client reset TCP (RST)", end(clean, Reported.CLIENT_RESET));
    assertEquals(
        "by us: 1001 going away, for client-frame-unmasked", end(failed, Reported.CLIENT_FIN));
    assertEquals(
        "by us: 1001 going away, not answered by the client; the client ended TCP (FIN)",
        end(unanswered, Reported.CLIENT_FIN));
  }

  @Test
  void countsPingsWithoutAPong() {
    assertEquals("3 sent, none answered", pings(roundTrips(3)));
    assertEquals("1 sent, 1 answered, in 5.57 ms", pings(roundTrips(1, 5_570_000)));
    assertEquals(
        "3 sent, 2 answered, in 1.20 to 2.50 ms, 1.85 ms on average",
        pings(roundTrips(3, 1_200_000, 2_500_000)));
    assertEquals("", pings(PingRoundTrips.NONE));
  }

  private static PingRoundTrips roundTrips(int sent, long... nanos) {
    PingRoundTrips trips = PingRoundTrips.NONE;
    for (int i = 0; i < sent; i++) {
      trips = trips.andSent();
    }
    for (long each : nanos) {
      trips = trips.withReply(each);
    }
    return trips;
  }

  /** What the screen says about pings at the end of a connection; empty if nothing. */
  private String pings(PingRoundTrips trips) {
    out.reset();
    Report report = reports(Detail.MESSAGES);
    connect(report)
        .disconnected(
            true,
            closure(null, null, null),
            Reported.CLIENT_FIN,
            null,
            new ConnectionTotals(DirectionTotals.NONE, DirectionTotals.NONE, trips, 0),
            seconds(1));
    return shown(report)
        .lines()
        .filter(line -> line.startsWith("#1 =          pings   "))
        .map(line -> line.substring(22))
        .collect(Collectors.joining());
  }

  @Test
  void countsPingsWithoutAPongInJson() {
    pings(roundTrips(3));
    assertEquals(
        "\"roundTrips\":{\"sent\":3,\"count\":0},\"millis\":1000}\n",
        line(1).replaceAll(".*(\"roundTrips)", "$1"));
  }

  @Test
  void doesNotCallAFailedMessageUnfinished() {
    Report report = reports(Detail.FRAMES);
    FrameListener received = connect(report).received();
    FrameReader reader = new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, received);
    feed(reader, "01 82 00 00 00 00 68 69");
    received.failed();
    reader.end();
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 < frame 1    FIN 0  RSV 000  opcode 0x1 text          MASK 1  length 2         key 00000000  bytes 0-7   "hi"
        """,
        shown(report));
  }

  @Test
  void tellsWhichNamesInAQueryHaveNoEffect() {
    Report report = reports(Detail.MESSAGES);
    Reported connection = connect(report);
    connection.listener().event(new Event.QueryLeft(List.of("'token'"), 0));
    connection.listener().event(new Event.QueryLeft(List.of("'EIO'", "'transport'"), 0));
    connection.listener().event(new Event.QueryLeft(List.of("'a'", "'b'"), 7));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 ! 'token' is not a parameter of wscope; left to the client
        #1 ! 'EIO', 'transport' are not parameters of wscope; left to the client
        #1 ! 'a', 'b' and 7 more are not parameters of wscope; left to the client
        """,
        shown(report));
    assertEquals("\"names\":[\"'token'\"],\"more\":0}\n", line(1).replaceAll(".*(\"names)", "$1"));
  }

  @Test
  void showsATruncatedRequest() {
    Report report = reports(Detail.MESSAGES);
    Reported connection = connect(report);
    connection
        .listener()
        .event(new Event.HeadIncomplete(Endpoint.CLIENT, 0, "GET / HTTP/1.1\r\nHost: a\u001b"));
    connection.disconnected(
        false,
        closure(null, null, null),
        Reported.CLIENT_FIN,
        null,
        ConnectionTotals.NONE,
        seconds(1));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 < GET / HTTP/1.1
        #1 < Host: a\\x1b
        #1 < ✗ incomplete   the head does not end with an empty line
        #1 = closed   no WebSocket was opened; the client ended TCP (FIN)
        #1 =          lasted  1.0 s
        """,
        shown(report));
    assertEquals(
        """
        {"type":"handshake","time":"2026-11-21T14:06:05.250000Z","connection":1,"sender":"client",\
        "offset":0,"length":24,"complete":false,"received":"GET / HTTP/1.1\\r\\nHost: a\\u001B",\
        "violations":[]}
        """,
        line(1));
  }

  @Test
  void doesNotCallADropClean() {
    Report report = reports(Detail.MESSAGES);
    CloseBody away = CloseBody.of(1001, "");
    String words = "dropped by us after 2 messages, as the drop parameter requested";
    connect(report)
        .disconnected(
            true,
            closure(Endpoint.CLIENT, away, away),
            Reported.SERVER_DROP,
            words,
            ConnectionTotals.NONE,
            seconds(1));
    assertEquals("#1 = closed   " + words, shown(report).lines().toList().get(1));
    assertEquals(
        "\"clean\":false,\"initiator\"\n",
        line(1).replaceAll(".*(\"clean\":\\w+,\"initiator\").*", "$1"));
  }

  /** How the screen says that an open connection has ended. */
  private String end(ConnectionClosure closure, TransportEnd tcpEnd) {
    out.reset();
    Report report = reports(Detail.MESSAGES);
    connect(report).disconnected(true, closure, tcpEnd, null, ConnectionTotals.NONE, seconds(1));
    String line = shown(report).lines().toList().get(1);
    return line.substring("#1 = closed   ".length());
  }

  @Test
  void showsARelativeTimeBeforeEachEvent() {
    times = new LineTimes(TimeStyle.RELATIVE, () -> now, ZoneOffset.UTC);
    assertEquals(
        """
           0.000 #1 = connected from 127.0.0.1:5
           0.250 #1 < GET /chat HTTP/1.1
                 #1 < Host: a
                 #1 < Upgrade: websocket
                 #1 < Connection: Upgrade
                 #1 < Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                 #1 < Sec-WebSocket-Version: 13
                 #1 <
           0.250 #1 > HTTP/1.1 101 Switching Protocols
                 #1 > Upgrade: websocket
                 #1 > Connection: Upgrade
                 #1 > Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
                 #1 >
           0.250 #1 = open     /chat   extensions: none   subprotocol: none
           1.500 #1 < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 00000000  bytes 0-7   "hi"
           1.500 #1 < frame 2    FIN 1  RSV 000  opcode 0x9 ping          MASK 1  length 1         key 00000000  bytes 8-14   "!"
           2.500 #1 = closed   without a Close frame: the client ended TCP (FIN), which an API reports as 1006
                 #1 =          in      0 frames, 0 messages
                 #1 =          out     0 frames, 0 messages
                 #1 =          lasted  2.5 s
        """,
        timed(Detail.FRAMES));
  }

  @Test
  void showsAnAbsoluteTimeBeforeEachEvent() {
    times = new LineTimes(TimeStyle.ABSOLUTE, () -> now, ZoneId.of("Asia/Tokyo"));
    assertEquals(
        """
        23:06:05.250 #1 = connected from 127.0.0.1:5
        23:06:05.500 #1 = open     /chat   extensions: none   subprotocol: none
        23:06:06.750 #1 < message 1   text, 2 bytes in 1 frame   "hi"
        23:06:06.750 #1 < ping, 1 byte   "!"
        23:06:07.750 #1 = closed   without a Close frame: the client ended TCP (FIN), which an API reports as 1006
                     #1 =          in      0 frames, 0 messages
                     #1 =          out     0 frames, 0 messages
                     #1 =          lasted  2.5 s
        """,
        timed(Detail.MESSAGES));
  }

  @ParameterizedTest
  @CsvSource({"MESSAGES", "NONE"})
  void showsTheTimeOfAViolationInARequest(Detail detail) {
    times = new LineTimes(TimeStyle.ABSOLUTE, () -> now, ZoneId.of("Asia/Tokyo"));
    Report report = reports(detail);
    Reported connection = connect(report);
    now = now.plusMillis(250);
    String head = REQUEST.replace("Host: a\r\n", "") + "\r\n";
    HandshakeResult.Invalid invalid = (HandshakeResult.Invalid) check(head);
    connection.handshake(head, invalid, invalid.response());
    String connected = "23:06:05.250 #1 = connected from 127.0.0.1:5\n";
    String broken =
        """
        23:06:05.500 #1 <   ✗ host-missing   RFC 6455 §4.2.1 → HTTP 400
                     #1 <       The Host field is missing or empty
                     #1 <       found: no Host field
                     #1 <       hint: send: Host: name:port
        """;
    String outcome = "23:06:05.500 #1 = rejected with HTTP 400 Bad Request\n";
    assertEquals(detail == Detail.NONE ? broken : connected + broken + outcome, shown(report));
  }

  @Test
  void showsOneTimeForTheBitsOfAFrame() {
    times = new LineTimes(TimeStyle.RELATIVE, () -> now, ZoneOffset.UTC);
    String screen = timed(Detail.BITS);
    int frame = screen.indexOf("   1.500");
    assertEquals(
        """
           1.500 #1 < frame 1   text, FIN, masked, 2 bytes                        bytes 0-7
                 #1 <     0  81           1... ....  FIN             1    the message ends here
        """,
        screen.substring(frame, screen.indexOf("         #1 <                     .0")));
    assertEquals(
        List.of("0.000", "0.250", "0.250", "0.250", "1.500", "1.500", "1.500", "2.500"),
        screen
            .lines()
            .filter(line -> !line.startsWith("         "))
            .map(line -> line.substring(3, 8))
            .toList());
  }

  @Test
  void followsChangesOfTheDetail() {
    LiveView view = LiveView.changeable(new ViewOptions(Detail.NONE, 100, false));
    Report report = new TextReport(new Screen(out, false, true), view);
    FrameListener received =
        Reported.to(report, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5))
            .received();
    FrameReader reader = new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, received);
    String message = "81 82 00 00 00 00 68 69";
    feed(reader, message);
    view.detail(Detail.MESSAGES);
    feed(reader, message);
    view.detail(Detail.FRAMES);
    feed(reader, message);
    view.detail(Detail.NONE);
    feed(reader, message);
    assertEquals(
        """
        #1 < message 2   text, 2 bytes in 1 frame   "hi"
        #1 < frame 3    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 2         key 00000000  bytes 16-23   "hi"
        """,
        shown(report));
  }

  @Test
  void saysWhichEndCompressedAMessage() {
    Report report = reports(Detail.MESSAGES);
    Reported connection = connect(report);
    try (BufferPool pool = new BufferPool()) {
      Compression compression = new Compression(DeflateParameters.DEFAULT, pool);
      FrameListener received = connection.received();
      try (FrameReader client =
              new FrameReader(Endpoint.CLIENT, Limits.NONE, compression, 0, received);
          FrameReader server =
              new FrameReader(Endpoint.SERVER, Limits.NONE, compression, 0, connection.sent())) {
        feed(client, "c1 87 00 00 00 00 f2 48 cd c9 c9 07 00");
        feed(server, "c1 07 f2 48 cd c9 c9 07 00");
      }
    }
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 < message 1   text, 5 bytes in 1 frame, inflated from 7 bytes   "Hello"
        #1 > message 1   text, 5 bytes in 1 frame, compressed to 7 bytes   "Hello"
        """,
        shown(report));
  }

  @Test
  void showsViolationsAndFailuresWithoutDetail() {
    LiveView view = LiveView.changeable(new ViewOptions(Detail.NONE, 100, false));
    Report report = new TextReport(new Screen(out, false, true), view);
    reportViolations(report);
    String changeable = shown(report);
    out.reset();
    report = reports(Detail.NONE);
    reportViolations(report);
    assertEquals(
        """
        #1 <   ✗ host-missing   RFC 6455 §4.2.1 → HTTP 400
        #1 <       The Host field is missing or empty
        #1 <       found: no Host field
        #1 <       hint: send: Host: name:port
        #1 <   ✗ rsv2-without-extension   RFC 6455 §5.2 → close 1002
        #1 <       RSV2 is set, but no extension that uses it was negotiated
        #1 <       found: RSV2 1
        #1 <       hint: no registered extension uses RSV2; are these bytes the start of a frame?
        #1 <   ✗ text-not-utf8   RFC 6455 §8.1 → close 1007
        #1 <       A text message is not valid UTF-8
        #1 <       found: byte ff at offset 0 of the text
        #1 <       hint: send bytes that are not UTF-8 in a binary message
        #1 = closed   without a Close frame: we closed TCP, which an API reports as 1006; Broken pipe
        """,
        shown(report));
    assertEquals(changeable, shown(report));
    String time = "\"time\":\"2026-11-21T14:06:05.250000Z\",\"connection\":1";
    assertEquals(
        """
        {"type":"violation",TIME,"sender":"client","offset":135,"rule":"host-missing",\
        "severity":"error","citation":"RFC 6455 \\u00A74.2.1","httpStatus":400,"recoverable":true,"found":"no Host field",\
        "title":"The Host field is missing or empty","hint":"send: Host: name:port"}
        {"type":"violation",TIME,"sender":"client","frame":2,"offset":6,\
        "rule":"rsv2-without-extension","severity":"error","citation":"RFC 6455 \\u00A75.2",\
        "closeCode":1002,"recoverable":true,"found":"RSV2 1",\
        "title":"RSV2 is set, but no extension that uses it was negotiated",\
        "hint":"no registered extension uses RSV2; are these bytes the start of a frame?"}
        {"type":"violation",TIME,"sender":"client","frame":3,"offset":18,"rule":"text-not-utf8",\
        "severity":"error","citation":"RFC 6455 \\u00A78.1","closeCode":1007,"recoverable":true,\
        "found":"byte ff at offset 0 of the text","title":"A text message is not valid UTF-8",\
        "hint":"send bytes that are not UTF-8 in a binary message"}
        {"type":"disconnected",TIME,"opened":true,"clean":false,"tcpEnd":"server-abort","trouble":"Broken pipe",\
        "framesReceived":0,"framesSent":0,"messagesReceived":0,"messagesSent":0,\
        "bytesReceived":0,"bytesSent":0,"wireBytesReceived":0,"wireBytesSent":0,"millis":1000}
        """,
        lines().replace(time, "TIME"));
  }

  /** Reports a request and two frames that break rules, a frame that does not, and a reset. */
  private static void reportViolations(Report report) {
    Reported connection = connect(report);
    String head = REQUEST.replace("Host: a\r\n", "") + "\r\n";
    HandshakeResult.Invalid invalid = (HandshakeResult.Invalid) check(head);
    connection.handshake(head, invalid, invalid.response());
    FrameReader reader =
        new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, connection.received());
    feed(reader, "81 80 00 00 00 00 a1 80 00 00 00 00 81 81 00 00 00 00 ff");
    reader.end();
    connection.lagging();
    connection.disconnected(
        true,
        closure(null, null, null),
        Reported.SERVER_ABORT,
        "Broken pipe",
        ConnectionTotals.NONE,
        seconds(1));
    Reported another =
        Reported.to(report, 2, new InetSocketAddress(InetAddress.getLoopbackAddress(), 6));
    another.disconnected(
        true,
        closure(null, null, null),
        Reported.CLIENT_FIN,
        null,
        ConnectionTotals.NONE,
        seconds(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope | nope; advice on nope",
        "a1, b2 | a1, b2; advice on a1",
        "a123456789, b123456789, c123456789 | a123456789, b123456789 and 1 more;"
            + " advice on a123456789",
        "a123456789b123456789c123456789d | 1 subprotocol; advice on null",
      })
  void listsSubprotocolsIfNoneWasChosen(String offered, String expected) {
    Report report = reports(Detail.MESSAGES);
    String head = REQUEST + "Sec-WebSocket-Protocol: " + offered + "\r\n\r\n";
    HandshakeResult.Accepted accepted = (HandshakeResult.Accepted) check(head);
    connect(report).handshake(head, accepted, accepted.response());
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = open     /chat   extensions: none   subprotocol: none
        #1 =          the client offered\s"""
            + expected
            + "\n",
        shown(report));
    assertTrue(
        line(1).contains("\"offeredSubprotocols\":[\"" + offered.replace(", ", "\",\"") + "\"]"),
        line(1));
  }

  @Test
  void showsAClientThatWasTurnedAway() {
    Report report = reports(Detail.MESSAGES);
    report.event(new Event.TurnedAway(new Event.Address.Tcp("127.0.0.1", 5)));
    assertEquals(
        "✗ turned away 127.0.0.1:5 with HTTP 503: the connection limit is reached (advice)\n",
        shown(report));
  }

  @Test
  void showsNoMoreThanAFixedViewKeeps() {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.NONE, 100, false));
    view.detail(Detail.BITS);
    assertEquals(Detail.NONE, view.detail());
    Report report = new TextReport(new Screen(out, false, true), view);
    assertNull(connect(report).sent());
    LiveView messages = LiveView.fixed(new ViewOptions(Detail.MESSAGES, 100, false));
    messages.detail(Detail.NONE);
    assertEquals(Detail.NONE, messages.detail());
    messages.detail(Detail.FRAMES);
    assertEquals(Detail.MESSAGES, messages.detail());
  }

  /** A connection of 2.5 seconds. */
  private String timed(Detail detail) {
    Report report = reports(detail);
    Reported connection = connect(report);
    now = now.plusMillis(250);
    String head = REQUEST + "\r\n";
    HandshakeResult.Accepted accepted = (HandshakeResult.Accepted) check(head);
    connection.handshake(head, accepted, accepted.response());
    now = now.plusMillis(1250);
    FrameReader reader =
        new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, connection.received());
    feed(reader, "81 82 00 00 00 00 68 69 89 81 00 00 00 00 21");
    now = now.plusMillis(1000);
    connection.disconnected(
        true,
        closure(null, null, null),
        Reported.CLIENT_FIN,
        null,
        ConnectionTotals.NONE,
        Duration.ofMillis(2500));
    return shown(report);
  }

  private Report reports(Detail detail) {
    LiveView view = LiveView.fixed(new ViewOptions(detail, 100, false, new TestAdvice()));
    return new TeeReport(
        new TextReport(new Screen(out, false, true, times, 0), view),
        new JsonReport(json, view, () -> now));
  }

  private String shown(Report report) {
    report.flush();
    return out.toString(UTF_8);
  }

  private String lines() {
    return EventSchema.check(json.toString(UTF_8));
  }

  private String line(int index) {
    return lines().lines().toList().get(index) + "\n";
  }

  private static Reported connect(Report report) {
    return Reported.to(report, 1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5));
  }

  private static HandshakeResult check(String head) {
    RequestDecoder decoder = new RequestDecoder(10_000, 100);
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return ServerHandshake.check(decoder.head(), decoder.violations());
  }

  private static void feed(FrameReader reader, String hex) {
    reader.feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private static ConnectionClosure closure(Endpoint initiator, CloseBody received, CloseBody sent) {
    return new ConnectionClosure(initiator, received, sent, null);
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
