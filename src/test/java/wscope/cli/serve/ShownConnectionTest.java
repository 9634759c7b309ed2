package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.ServerHandshake;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.Reported;
import wscope.report.TeeReport;
import wscope.report.ViewOptions;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/** The output for a connection whose client only watches other connections. */
class ShownConnectionTest {
  private static final String REQUEST =
      """
      GET /chat HTTP/1.1\r
      Host: a\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private final ByteArrayOutputStream json = new ByteArrayOutputStream();

  @Test
  void showsOnlyTheStateOfAWatcher() {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.BITS, 100, false));
    Report report =
        new TeeReport(
            new TextReport(new Screen(text, false, true), view),
            new JsonReport(json, view, () -> Instant.EPOCH));
    ShownConnection shown =
        new ShownConnection(report.connection(Endpoint.SERVER, 1), 0, rule -> {});
    Reported watcher = Reported.to(shown, remote(5));
    shown.watches(false);
    RequestDecoder decoder = new RequestDecoder(10_000, 100);
    decoder.feed(ByteBuffer.wrap(REQUEST.getBytes(ISO_8859_1)));
    HandshakeResult.Accepted accepted =
        (HandshakeResult.Accepted) ServerHandshake.check(decoder.head(), List.of());
    watcher.handshake(REQUEST, accepted, accepted.response());
    new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, watcher.received())
        .feed(ByteBuffer.wrap(HexFormat.of().parseHex("818000000000")));
    assertNull(watcher.sent());
    Reported.to(report, 2, remote(6)).listener().event(new Event.Watched(1));
    watcher.lagging();
    CloseBody left = CloseBody.of(1001, "");
    watcher.disconnected(
        true,
        new ConnectionClosure(Endpoint.CLIENT, left, left, null),
        Reported.SERVER_FIN,
        null,
        ConnectionTotals.NONE,
        Duration.ofSeconds(1));
    report.flush();
    assertEquals(
        """
        #1 = connected from 127.0.0.1:5
        #1 = watches  connections opened with the same token; frames of #1 are not shown
        #2 = connected from 127.0.0.1:6
        #2 = watched  by #1
        #1 = lagging  the client reads too slowly; the server drops broadcasts to it
        #1 = closed   by the client: 1001 going away, answered by us
        #1 =          in      0 frames, 0 messages
        #1 =          out     0 frames, 0 messages
        #1 =          lasted  1.0 s
        """,
        text.toString(UTF_8));
    List<String> lines = EventSchema.check(json.toString(UTF_8)).lines().toList();
    assertEquals(6, lines.size());
    assertEquals(
        """
        {"type":"watches","time":"1970-01-01T00:00:00.000000Z","connection":1}""",
        lines.get(1));
    assertEquals(
        """
        {"type":"watched","time":"1970-01-01T00:00:00.000000Z","connection":2,"watcher":1}""",
        lines.get(3));
  }

  @Test
  void saysThatAPageWatchesAllConnections() {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.BITS, 100, false));
    Report report =
        new TeeReport(
            new TextReport(new Screen(text, false, true), view),
            new JsonReport(json, view, () -> Instant.EPOCH));
    new ShownConnection(report.connection(Endpoint.SERVER, 1), 0, rule -> {}).watches(true);
    report.flush();
    assertEquals(
        "#1 = watches  all connections; frames of #1 are not shown\n", text.toString(UTF_8));
    assertEquals(
        """
        {"type":"watches","time":"1970-01-01T00:00:00.000000Z","connection":1,"all":true}
        """,
        EventSchema.check(json.toString(UTF_8)));
  }

  /** At the detail none, the server does not read its own frames. */
  @Test
  void saysWhoseFramesALateFollowerMisses() {
    LiveView none = LiveView.fixed(new ViewOptions(Detail.NONE, 0, false));
    Report report = new TextReport(new Screen(text, false, true), none);
    ShownConnection shown =
        new ShownConnection(report.connection(Endpoint.SERVER, 1), 0, rule -> {});
    Reported.to(shown, remote(5));
    assertNotNull(shown.frames(Endpoint.CLIENT));
    assertNull(shown.frames(Endpoint.SERVER));
    LiveView view = LiveView.fixed(new ViewOptions(Detail.FRAMES, 100, false));
    JsonReport feed = new JsonReport(json, view, () -> Instant.EPOCH);
    shown.follow(2, feed.connection(Endpoint.SERVER, 1));
    feed.flush();
    assertEquals(
        """
        {"type":"watched","time":"1970-01-01T00:00:00.000000Z","connection":1,"watcher":2,\
        "late":true,"unseen":"server"}
        """,
        EventSchema.check(json.toString(UTF_8)));
  }

  private static InetSocketAddress remote(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
