package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import wscope.protocol.FrameReader;
import wscope.protocol.Limits;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextPrinterTest;
import wscope.report.text.TextReport;

/** Two reports of one server receive the same, whatever each does with the buffers. */
class TeeReportTest {
  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 5);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void eachReportShowsWhatItShowsAlone() {
    Report text = text(Detail.BITS, out);
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    reportFrames(new TeeReport(text, json(json)));
    ByteArrayOutputStream textAlone = new ByteArrayOutputStream();
    reportFrames(text(Detail.BITS, textAlone));
    ByteArrayOutputStream jsonAlone = new ByteArrayOutputStream();
    reportFrames(json(jsonAlone));
    assertEquals(textAlone.toString(UTF_8), out.toString(UTF_8));
    assertEquals(jsonAlone.toString(UTF_8), EventSchema.check(json.toString(UTF_8)));
  }

  @Test
  void recordsWhatASilentScreenDoesNotShow() {
    ByteArrayOutputStream json = new ByteArrayOutputStream();
    reportFrames(new TeeReport(text(Detail.NONE, out), json(json)));
    ByteArrayOutputStream alone = new ByteArrayOutputStream();
    reportFrames(json(alone));
    ByteArrayOutputStream brokenRules = new ByteArrayOutputStream();
    reportFrames(text(Detail.NONE, brokenRules));
    assertEquals(brokenRules.toString(UTF_8), out.toString(UTF_8));
    assertEquals(alone.toString(UTF_8), json.toString(UTF_8));
  }

  @Test
  void doesNotListenIfNeitherShowsFrames() {
    Report silent = text(Detail.NONE, out);
    assertNull(Reported.to(new TeeReport(silent, silent), 1, REMOTE).sent());
  }

  @Test
  void passesEachBufferWholeToBothListeners() {
    StringBuilder events = new StringBuilder();
    FrameListener both = TeeListener.both(new Reader(events), new Reader(events));
    // A text of two bytes and a ping of one.
    feed(both, "81 82 00 00 00 00 68 69 89 81 00 00 00 00 21");
    assertEquals(
        "wire hi, wire hi, data hi, data hi, wire !, wire !, control !, control !, ",
        events.toString());
  }

  /** Reports fragments, a ping, an invalid frame and a truncated end, in both directions. */
  private static void reportFrames(Report report) {
    Reported connection = Reported.to(report, 1, REMOTE);
    feed(connection.received(), TextPrinterTest.MIXED);
    FrameListener sent = connection.sent();
    if (sent != null) {
      feed(sent, TextPrinterTest.MIXED);
    }
    report.flush();
  }

  private static void feed(FrameListener listener, String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    FrameReader reader = new FrameReader(Endpoint.CLIENT, Limits.NONE, null, 0, listener);
    reader.feed(ByteBuffer.wrap(bytes));
    reader.end();
  }

  private static Report text(Detail detail, ByteArrayOutputStream out) {
    LiveView view = LiveView.fixed(new ViewOptions(detail, 100, false));
    return new TextReport(new Screen(out, false, true), view);
  }

  private static Report json(ByteArrayOutputStream out) {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.FRAMES, 100, false));
    return new JsonReport(out, view, () -> Instant.EPOCH);
  }

  /** Reads every buffer to its end. */
  private record Reader(StringBuilder events) implements FrameListener {
    @Override
    public void framePayload(FrameHeader header, ByteBuffer wire, long index) {
      read("wire ", wire);
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      read("data ", data);
    }

    @Override
    public void control(Opcode opcode, ByteBuffer payload) {
      read("control ", payload);
    }

    private void read(String what, ByteBuffer bytes) {
      events.append(what).append(UTF_8.decode(bytes)).append(", ");
    }
  }
}
