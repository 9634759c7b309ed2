package wscope.capture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Limits;
import wscope.protocol.PageDecision;
import wscope.protocol.Session;
import wscope.protocol.SessionHandler;
import wscope.protocol.TransportWriter;
import wscope.protocol.UpgradeDecision;
import wscope.protocol.UpgradeHandler;
import wscope.protocol.Vectors;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.event.Withholding;
import wscope.protocol.frame.Opcode;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.TeeReport;
import wscope.report.ViewOptions;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.json.RecordingStart;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/** A recording shows the same screen again, and gives the same recording again. */
class RecordingReaderTest {
  private static final RecordingStart START =
      new RecordingStart("wscope test", Endpoint.SERVER, Limits.SERVER);
  private static final String REQUEST =
      """
      GET /chat HTTP/1.1\r
      Host: a\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      """;

  static Stream<Arguments> sessions() {
    return Vectors.arguments("sessions.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void replaysSessions(String name, Vectors.Row row) throws Exception {
    Recorded recorded = new Recorded();
    recorded.feed((REQUEST + "\r\n").getBytes(ISO_8859_1));
    recorded.feed(Vectors.bytes(row.cell("in")));
    recorded.disconnect();
    recorded.check();
  }

  static Stream<Arguments> requests() {
    return Vectors.arguments("requests.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void replaysRequests(String name, Vectors.Row row) throws Exception {
    Recorded recorded = new Recorded();
    recorded.feed(
        Vectors.text(row.cell("request").replaceAll("\\{\\d+}", "")).getBytes(ISO_8859_1));
    recorded.disconnect();
    recorded.check();
  }

  /** The three kinds of a withheld response: it never comes, in part, or later. */
  @ParameterizedTest
  @CsvSource({
    "RESPONSE, /chat",
    "REST_OF_RESPONSE, /chat",
    "REST_OF_RESPONSE, /rejected",
    "RESPONSE_FOR_NOW, /chat",
    "RESPONSE_FOR_NOW, /rejected",
  })
  void replaysWithheldResponses(Withholding what, String target) throws Exception {
    Recorded recorded = new Recorded();
    recorded.withholds = true;
    String fields =
        "Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n";
    recorded.feed((REQUEST.replace("/chat", target) + fields).getBytes(ISO_8859_1));
    recorded.shown.event(new Event.Withheld(what, 5_000_000_000L));
    if (what == Withholding.REST_OF_RESPONSE) {
      recorded.session.respondInPart();
    } else if (what == Withholding.RESPONSE_FOR_NOW) {
      recorded.session.respond();
      recorded.feed(Vectors.bytes("c187 37fa213d c5b2 ecf4 fef3 21"));
    }
    recorded.disconnect();
    recorded.check();
  }

  @ParameterizedTest
  @CsvSource({
    "'', permessage-deflate",
    "'', permessage-deflate; server_max_window_bits=16, permessage-deflate",
    "chat, 'permessage-deflate; server_no_context_takeover; client_max_window_bits=9'",
  })
  void replaysCompressedMessages(String subprotocol, String offer) throws Exception {
    Recorded recorded = new Recorded();
    String fields =
        (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
            + "Sec-WebSocket-Extensions: "
            + offer
            + "\r\n";
    recorded.feed((REQUEST + fields + "\r\n").getBytes(ISO_8859_1));
    // RFC 7692 §7.2.3.1, masked with the key of RFC 6455 §5.7, and a ping in between.
    recorded.feed(Vectors.bytes("c187 37fa213d c5b2 ecf4 fef3 21 8980 00000000"));
    recorded.disconnect();
    recorded.check();
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "GET / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n",
        "POST /x HTTP/1.1\\r\\nHost: a\\nUpgrade: websocket\\r\\n\\r\\n",
        "GET /rejected HTTP/1.1\\r\\nHost: a\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\nSec-WebSocket-Version: 13\\r\\n\\r\\n",
        "GET /old HTTP/1.1\\r\\nHost: a\\r\\nUpgrade: WebSocket\\r\\nConnection: Upgrade\\r\\n"
            + "Sec-WebSocket-Version: 8\\r\\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\\r\\n\\r\\n",
        "GET / HTTP/1.1\\r\\nHost: ünï",
        "\\026\\003\\001",
        "''",
      })
  void replaysHandshakesThatOpenNothing(String request) throws Exception {
    Recorded recorded = new Recorded();
    recorded.feed(request.translateEscapes().getBytes(ISO_8859_1));
    recorded.disconnect();
    recorded.check();
  }

  @Test
  void replaysRareEvents() throws Exception {
    Recorded recorded = new Recorded();
    recorded.event(
        new Event.Listening(
            "serve",
            List.of(new Event.ListeningAddress(new Event.Address.Tcp("127.0.0.1", 80), "ws://a/")),
            "reply: echo",
            List.of("a note")));
    recorded.event(new Event.TurnedAway(new Event.Address.Tcp("127.0.0.1", 5)));
    recorded.event(new Event.AcceptFailed("no \u001b room"));
    recorded.feed((REQUEST + "\r\n").getBytes(ISO_8859_1));
    recorded.shown.event(new Event.FaultImpossible("accept-wrong"));
    recorded.shown.event(new Event.Withheld(Withholding.READING, 600_000_000_000L));
    recorded.shown.event(new Event.QueryLeft(List.of("'EIO'", "'t'"), 3));
    recorded.shown.event(new Event.Reply("a.reply", 3, 12, null));
    recorded.shown.event(new Event.Reply("a.reply", 0, 0, "no \u001b packet"));
    recorded.shown.event(new Event.Lagging());
    recorded.shown.event(new Event.Watched(7));
    recorded.feed(Vectors.bytes("0183 00000000 616263 818a 00000000 4142"));
    recorded.shown.event(
        new Event.Waiting(Endpoint.CLIENT, recorded.session.awaited(), 2_000_000_000L));
    recorded.disconnect();
    recorded.event(new Event.ScriptChanged("a.reply", 2, null));
    recorded.event(new Event.ScriptChanged("a.reply", 0, "line 1, column 1: no"));
    recorded.event(new Event.ScriptChanged("", 0, null));
    recorded.event(new Event.Stopped(1));
    recorded.check();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"recording\"} | line 1 of the recording: \"time\" is missing",
        "{\"type\":\"recording\",\"time\":\"2026-11-28T00:00:00Z\",\"version\":2}"
            + " | line 1 of the recording: the format version is 2, but only version 1 can be read",
        "{\"type\":\"recording\", | line 1 of the recording: the line is not valid JSON",
        "[] | line 1 of the recording: the line is not a JSON object",
      })
  void throwsIfItIsNotARecording(String text, String message) {
    InvalidRecording invalid =
        assertThrows(
            InvalidRecording.class,
            () ->
                RecordingReader.read(
                    new ByteArrayInputStream(text.getBytes(UTF_8)),
                    new Shown(report(Detail.BITS, OutputStream.nullOutputStream()), new Clock())));
    assertEquals(message, invalid.getMessage());
  }

  /**
   * A line that is cut or changed is read, or is an error with its line; it throws nothing else.
   */
  @Test
  void reportsTheLineOfATruncatedRecording() throws Exception {
    Recorded recorded = new Recorded();
    recorded.feed((REQUEST + "\r\n").getBytes(ISO_8859_1));
    recorded.feed(Vectors.bytes("8185 37fa213d 7f9f4d5158 8882 00000000 03e8"));
    recorded.disconnect();
    String text = recorded.json.toString(UTF_8);
    int errors = 0;
    for (int at = 1; at < text.length(); at++) {
      for (String broken : List.of(text.substring(0, at), text.substring(0, at) + "\u0000")) {
        try {
          RecordingReader.read(
              new ByteArrayInputStream(broken.getBytes(UTF_8)),
              new Shown(report(Detail.NONE, OutputStream.nullOutputStream()), new Clock()));
        } catch (InvalidRecording e) {
          errors++;
          assertTrue(e.getMessage().startsWith("line "), e.getMessage());
        }
      }
    }
    assertTrue(errors > text.length() / 2);
  }

  private static Report report(Detail detail, OutputStream out) {
    return new TextReport(
        new Screen(out, false, true), LiveView.fixed(new ViewOptions(detail, 4096, false)));
  }

  private static final class Clock implements InstantSource {
    private Instant now = Instant.parse("2026-11-28T12:00:00.000001Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  private record Shown(Report report, Clock clock) implements RecordingListener {
    @Override
    public void time(Instant time) {
      report.flush();
      clock.now = time;
    }

    @Override
    public ExchangeListener connection(Endpoint self, long number) {
      return report.connection(self, number);
    }

    @Override
    public void event(Event event) {
      report.event(event);
    }
  }

  /** An echo server's session, shown on a screen of each detail, and recorded. */
  private static final class Recorded implements SessionHandler, UpgradeHandler, TransportWriter {
    private final Map<Detail, ByteArrayOutputStream> screens = new EnumMap<>(Detail.class);
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();
    private final Clock clock = new Clock();
    private final BufferPool pool = new BufferPool();
    private boolean withholds;
    private final Report reports;
    private final ExchangeListener shown;
    private final Session session;

    Recorded() {
      Report all = JsonReport.recording(json, START, Advice.NONE, clock);
      for (Detail detail : Detail.values()) {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        screens.put(detail, screen);
        all = new TeeReport(all, report(detail, screen));
      }
      reports = all;
      shown = reports.connection(Endpoint.SERVER, 1);
      shown.event(new Event.Connected(new Event.Address.Tcp("127.0.0.1", 5), -1));
      session = Session.ofServer(Limits.SERVER, pool, this, this, shown, this);
    }

    void event(Event event) {
      reports.event(event);
      reports.flush();
    }

    void feed(byte[] bytes) {
      clock.now = clock.now.plusNanos(1_000);
      session.feed(ByteBuffer.wrap(bytes));
      reports.flush();
    }

    void disconnect() {
      clock.now = clock.now.plusNanos(1_000);
      session.end();
      shown.event(
          new Event.Disconnected(
              Endpoint.SERVER,
              session.hasOpened(),
              session.closure(),
              new TransportEnd(Endpoint.CLIENT, TransportEnd.Manner.FIN),
              "a \u001b trouble",
              new ConnectionTotals(
                  session.totalsReceived(),
                  session.totalsSent(),
                  PingRoundTrips.NONE.andSent().withReply(5_000_000),
                  2),
              3_000_000_000L));
      reports.flush();
      pool.close();
    }

    void check() throws IOException, InvalidRecording {
      String text = EventSchema.check(json.toString(UTF_8));
      for (Detail detail : Detail.values()) {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        Report report = report(detail, screen);
        read(text, new Shown(report, new Clock()));
        report.flush();
        assertEquals(screens.get(detail).toString(UTF_8), screen.toString(UTF_8), detail.name());
      }
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      Clock recorded = new Clock();
      Report report = JsonReport.recording(again, START, Advice.NONE, recorded);
      read(text, new Shown(report, recorded));
      report.flush();
      assertEquals(text, again.toString(UTF_8));
    }

    private static void read(String text, RecordingListener listener)
        throws IOException, InvalidRecording {
      assertTrue(
          RecordingReader.begins(
              new BufferedInputStream(new ByteArrayInputStream(text.getBytes(UTF_8)))));
      RecordingReader.read(new ByteArrayInputStream(text.getBytes(UTF_8)), listener);
    }

    @Override
    public PageDecision page(RequestHead request) {
      return new PageDecision.Page(new HttpResponse(200, List.of(), "a page\n"));
    }

    @Override
    public UpgradeDecision upgrade(RequestHead request) {
      if (request.path().equals("/rejected")) {
        return new UpgradeDecision.Reject(
            new HttpResponse(
                429, List.of(new OutgoingHeaderField("Retry-After", "30")), "slow \u00e9 down\n"),
            "asked for");
      }
      List<String> offered = request.subprotocols();
      @Nullable String subprotocol = offered.isEmpty() ? null : offered.get(0);
      return new UpgradeDecision.Accept(
          subprotocol, DeflateParameters.DEFAULT, List.of(), List.of());
    }

    @Override
    public boolean respondsAtOnce(Session asked) {
      return !withholds;
    }

    @Override
    public void message(Session to, Opcode type, ByteBuffer payload) {
      to.send(type, payload);
    }

    @Override
    public void write(ByteBuffer bytes) {
      bytes.position(bytes.limit());
    }

    @Override
    public void end() {}
  }
}
