package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

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
import org.junit.jupiter.api.Test;
import wscope.protocol.Closure;
import wscope.protocol.Flow;
import wscope.protocol.InspectionListener;
import wscope.protocol.Inspector;
import wscope.protocol.Limits;
import wscope.protocol.RoundTrips;
import wscope.protocol.Traffic;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;

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
  void whereAServerListens() throws UnknownHostException {
    ServeReport report = reports(Detail.FRAMES);
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    InetSocketAddress six = new InetSocketAddress(InetAddress.getByAddress(loopback), 8080);
    report.listening(
        new Listening(
            List.of(
                Listening.Place.of(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080), true, "/chat"),
                Listening.Place.of(six, true, "/chat")),
            "reply: echo   greet: \u001b[2J",
            List.of("certificate   SHA-256 ab:cd")));
    report.recordingStopped("a.json: No space\u001b left");
    report.stopped(2);
    assertEquals(
        """
        wscope serve   wss://127.0.0.1:8080/chat   reply: echo   greet: \\x1b[2J
                       wss://[::1]:8080/chat
        certificate   SHA-256 ab:cd
        waiting for connections (Ctrl+C to stop)
        ✗ the recording has stopped, the server goes on: a.json: No space\\x1b left
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
        {"type":"stopped","time":"2026-11-21T14:06:05.250000Z","connections":2}
        """,
        lines());
  }

  @Test
  void whatWasAgreedOnAndWhatWasDeclined() {
    ServeReport report = reports(Detail.MESSAGES);
    ConnectionReport connection = connect(report);
    String head = REQUEST + OFFERS + "\r\n";
    Handshake.Accepted accepted =
        ServerHandshake.answer(
            (Handshake.Accepted) judge(head), "chat.v2", DeflateParameters.DEFAULT, List.of());
    connection.handshake(head, accepted, accepted.response());
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = open     /chat   extensions: permessage-deflate   subprotocol: chat.v2
        #1 =          with server_max_window_bits=10
        #1 =          offer 1 declined: server_max_window_bits=16: WHY
        """,
        shown(report).replaceAll("(=16: ).*", "$1WHY"));
    assertEquals(
        """
        {"type":"handshake","time":"2026-11-21T14:06:05.250000Z","connection":1,"sender":"client",\
        "outcome":"accepted","key":"dGhlIHNhbXBsZSBub25jZQ==",\
        "accept":"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=","subprotocol":"chat.v2",\
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
  void aRefusalByPolicy() {
    ServeReport report = reports(Detail.FRAMES);
    ConnectionReport connection = connect(report);
    HttpResponse response =
        new HttpResponse(
            429,
            "Too Many Requests",
            List.of(new HttpResponse.Field("Retry-After", "30")),
            "slow down\n");
    String head = REQUEST + "\r\n";
    Handshake.Accepted judged = (Handshake.Accepted) judge(head);
    connection.handshake(
        head,
        new Handshake.Denied(judged.request(), List.of(), response, "status=429 asks for it"),
        response);
    connection.disconnected(false, closure(null, null, null), null, Traffic.NONE, seconds(2));
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
            #1 = refused  with HTTP 429 Too Many Requests
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
  void anOldProtocolIsExplained() {
    ServeReport report = reports(Detail.MESSAGES);
    ConnectionReport connection = connect(report);
    String head = REQUEST.replace("Version: 13", "Version: 8") + "\r\n";
    Handshake.Refused refused = (Handshake.Refused) judge(head);
    connection.handshake(head, refused, refused.response());
    String screen = shown(report);
    assertEquals(
        """
        #1 <   ! an old protocol: draft-ietf-hybi-thewebsocketprotocol-08 to -12
        #1 <       spoken by Chrome 14 and 15, Firefox 7 to 10 (2011)
        #1 <       framing and accept value of RFC 6455, but Sec-WebSocket-Origin instead of Origin
        #1 = refused  with HTTP 426 Upgrade Required
        """,
        screen.substring(screen.indexOf("#1 <   ! an old")));
  }

  @Test
  void aSummaryAtTheEnd() {
    ServeReport report = reports(Detail.MESSAGES);
    Traffic traffic =
        new Traffic(
            new Flow(12, 10, 3000, 400),
            new Flow(1, 1, 1, 3),
            RoundTrips.NONE.and(250_000).and(1_999_999).and(90_000),
            0);
    connect(report)
        .disconnected(
            true,
            closure(Endpoint.CLIENT, CloseBody.of(1000, ""), CloseBody.of(1000, "")),
            null,
            traffic,
            Duration.ofMillis(4210));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = closed   by the client: 1000 normal closure, answered by us
        #1 =          in      12 frames, 10 messages, 3000 bytes inflated from 400 (13 %)
        #1 =          out     1 frame, 1 message, 1 byte compressed to 3 (300 %)
        #1 =          pings   3 answered, in 0.09 to 1.99 ms, 0.77 ms on average
        #1 =          lasted  4.2 s
        """,
        shown(report));
    assertEquals(
        """
        {"type":"disconnected","time":"2026-11-21T14:06:05.250000Z","connection":1,"opened":true,\
        "clean":true,"initiator":"client",\
        "received":{"code":1000,"codeName":"normal closure","reason":""},\
        "sent":{"code":1000,"codeName":"normal closure","reason":""},\
        "framesReceived":12,"framesSent":1,"messagesReceived":10,"messagesSent":1,\
        "bytesReceived":3000,"bytesSent":1,"wireBytesReceived":400,"wireBytesSent":3,\
        "roundTrips":{"count":3,"leastMicros":90,"meanMicros":779,"mostMicros":1999},\
        "millis":4210}
        """,
        line(1));
  }

  @Test
  void aCloseThatIsNotAnswered() {
    ServeReport report = reports(Detail.MESSAGES);
    Traffic traffic = new Traffic(new Flow(1, 0, 0, 0), Flow.NONE, RoundTrips.NONE, 0);
    connect(report)
        .disconnected(
            true,
            closure(null, CloseBody.of(1001, ""), null),
            "Connection reset",
            traffic,
            Duration.ofSeconds(61));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = closed   by the client: 1001 going away, not answered by us; Connection reset
        #1 =          in      1 frame, 0 messages
        #1 =          out     0 frames, 0 messages
        #1 =          lasted  1 min 1 s
        """,
        shown(report));
  }

  @Test
  void ofAWatcherOnlyItsStateIsShown() {
    ServeReport report = reports(Detail.BITS);
    ConnectionReport watcher = new WatcherReport(connect(report));
    watcher.watches();
    String head = REQUEST + "\r\n";
    Handshake.Accepted accepted = (Handshake.Accepted) judge(head);
    watcher.handshake(head, accepted, accepted.response());
    feed(
        new Inspector(Endpoint.CLIENT, Limits.NONE, null, 0, watcher.received()),
        "81 80 00 00 00 00");
    assertNull(watcher.sent());
    InetSocketAddress remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), 6);
    report.connected(2, remote).watched(1);
    watcher.lagging();
    CloseBody left = CloseBody.of(1001, "");
    watcher.disconnected(
        true, closure(Endpoint.CLIENT, left, left), null, Traffic.NONE, seconds(1));
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = watches  connections that bear its token; its own frames are not shown
        #2 = connected from 127.0.0.1:6
        #2 = watched  by #1
        #1 = lagging  the client takes too little: messages of others are not sent to it
        #1 = closed   by the client: 1001 going away, answered by us
        #1 =          in      0 frames, 0 messages
        #1 =          out     0 frames, 0 messages
        #1 =          lasted  1.0 s
        """,
        shown(report));
    assertEquals(
        """
        {"type":"watches","time":"2026-11-21T14:06:05.250000Z","connection":1}
        """,
        line(1));
    assertEquals(
        """
        {"type":"watched","time":"2026-11-21T14:06:05.250000Z","connection":2,"watcher":1}
        """,
        line(3));
    assertEquals(6, lines().lines().count());
  }

  @Test
  void relativeTimesStandBeforeWhatIsNew() {
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
           1.500 #1 < frame 1   text, FIN, masked, 2 bytes   bytes 0-7   "hi"
           1.500 #1 < frame 2   ping, FIN, masked, 1 byte   bytes 8-14   "!"
           2.500 #1 = closed   without a Close frame, which an API reports as 1006
                 #1 =          in      0 frames, 0 messages
                 #1 =          out     0 frames, 0 messages
                 #1 =          lasted  2.5 s
        """,
        timed(Detail.FRAMES));
  }

  @Test
  void absoluteTimesStandBeforeWhatIsNew() {
    times = new LineTimes(TimeStyle.ABSOLUTE, () -> now, ZoneId.of("Asia/Tokyo"));
    assertEquals(
        """
        23:06:05.250 #1 = connected from 127.0.0.1:5
        23:06:05.500 #1 = open     /chat   extensions: none   subprotocol: none
        23:06:06.750 #1 < message 1   text, 2 bytes in 1 frame   "hi"
        23:06:06.750 #1 < ping, 1 byte   "!"
        23:06:07.750 #1 = closed   without a Close frame, which an API reports as 1006
                     #1 =          in      0 frames, 0 messages
                     #1 =          out     0 frames, 0 messages
                     #1 =          lasted  2.5 s
        """,
        timed(Detail.MESSAGES));
  }

  @Test
  void bitsBearNoTimeOfTheirOwn() {
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
  void aDetailThatChangesWhileTheServerRuns() {
    Viewing viewing = Viewing.changeable(new View(Detail.NONE, 100, false));
    ServeReport report = new TextReport(new Screen(out, false, true), viewing);
    InspectionListener received =
        report.connected(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5)).received();
    Inspector inspector = new Inspector(Endpoint.CLIENT, Limits.NONE, null, 0, received);
    String message = "81 82 00 00 00 00 68 69";
    feed(inspector, message);
    viewing.detail(Detail.MESSAGES);
    feed(inspector, message);
    viewing.detail(Detail.FRAMES);
    feed(inspector, message);
    viewing.detail(Detail.NONE);
    feed(inspector, message);
    assertEquals(
        """
        #1 < message 2   text, 2 bytes in 1 frame   "hi"
        #1 < frame 3   text, FIN, masked, 2 bytes   bytes 16-23   "hi"
        """,
        shown(report));
  }

  @Test
  void aFixedViewShowsNoMoreThanItKeeps() {
    Viewing viewing = Viewing.fixed(new View(Detail.NONE, 100, false));
    viewing.detail(Detail.BITS);
    assertEquals(Detail.NONE, viewing.detail());
    ServeReport report = new TextReport(new Screen(out, false, true), viewing);
    assertNull(connect(report).sent());
    Viewing messages = Viewing.fixed(new View(Detail.MESSAGES, 100, false));
    messages.detail(Detail.NONE);
    assertEquals(Detail.NONE, messages.detail());
    messages.detail(Detail.FRAMES);
    assertEquals(Detail.MESSAGES, messages.detail());
  }

  /** A connection of 2.5 seconds. */
  private String timed(Detail detail) {
    ServeReport report = reports(detail);
    ConnectionReport connection = connect(report);
    now = now.plusMillis(250);
    String head = REQUEST + "\r\n";
    Handshake.Accepted accepted = (Handshake.Accepted) judge(head);
    connection.handshake(head, accepted, accepted.response());
    now = now.plusMillis(1250);
    Inspector inspector =
        new Inspector(Endpoint.CLIENT, Limits.NONE, null, 0, connection.received());
    feed(inspector, "81 82 00 00 00 00 68 69 89 81 00 00 00 00 21");
    now = now.plusMillis(1000);
    connection.disconnected(
        true, closure(null, null, null), null, Traffic.NONE, Duration.ofMillis(2500));
    return shown(report);
  }

  private ServeReport reports(Detail detail) {
    Viewing viewing = Viewing.fixed(new View(detail, 100, false));
    return new BothReports(
        new TextReport(new Screen(out, false, true, times), viewing),
        new JsonReport(json, viewing, () -> now));
  }

  private String shown(ServeReport report) {
    report.flush();
    return out.toString(UTF_8);
  }

  private String lines() {
    return EventSchema.check(json.toString(UTF_8));
  }

  private String line(int index) {
    return lines().lines().toList().get(index) + "\n";
  }

  private static ConnectionReport connect(ServeReport report) {
    return report.connected(1, new InetSocketAddress(InetAddress.getLoopbackAddress(), 5));
  }

  private static Handshake judge(String head) {
    RequestDecoder decoder = new RequestDecoder(10_000, 100);
    decoder.feed(ByteBuffer.wrap(head.getBytes(ISO_8859_1)));
    return ServerHandshake.judge(decoder.head(), decoder.violations());
  }

  private static void feed(Inspector inspector, String hex) {
    inspector.feed(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
  }

  private static Closure closure(Endpoint initiator, CloseBody received, CloseBody sent) {
    return new Closure(initiator, received, sent, null);
  }

  private static Duration seconds(long count) {
    return Duration.ofSeconds(count);
  }
}
