package wscope.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.fuzz.SafeOutput;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.QuotedText;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/**
 * Any bytes as a stream, shown as text and as JSON: the same however they are split; text that is
 * safe for a terminal; JSON that is ASCII, matches the schema, has one end event, which is the
 * last, and contains the bytes of the messages; memory that depends on the bytes received, not on
 * what inflates.
 */
public final class ReportFuzz {
  private static final int PREVIEW = 4096;

  /** Buffers of the reports and of a reader. */
  private static final long FIXED_BYTES = 2 << 20;

  /** A few bytes may inflate to a preview, which is in the text and in the JSON. */
  private static final long BYTES_PER_BYTE = 8 << 10;

  private ReportFuzz() {}

  /**
   * How a stream is read and shown.
   *
   * @param sender null for both ends
   * @param agreed null to take it from the handshake
   */
  private record Setup(
      @Nullable Endpoint sender,
      @Nullable DeflateParameters agreed,
      ViewOptions view,
      boolean colour,
      boolean unicode) {}

  /** Settings: sender, agreement, detail, preview, derivation, colour, Unicode, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    Setup setup =
        new Setup(
            input.oneOf(null, Endpoint.CLIENT, Endpoint.SERVER),
            input.oneOf(null, DeflateParameters.DEFAULT),
            new ViewOptions(
                input.oneOf(Detail.values()), input.oneOf((long) PREVIEW, 0L, 3L), input.flag()),
            input.flag(),
            input.flag());
    int seed = input.below(256);
    byte[] stream = input.rest();
    int[] cuts = FuzzInput.cuts(seed, stream.length);
    int[] everywhere = FuzzInput.everywhere(stream.length);
    byte[] text = text(setup, stream);
    SafeOutput.assertSafe(text, setup.colour, setup.unicode);
    assertArrayEquals(text, text(setup, stream, cuts));
    assertArrayEquals(text, text(setup, stream, everywhere));
    String json = json(setup, stream);
    checkJson(json, setup, stream);
    assertEquals(json, json(setup, stream, cuts));
    assertEquals(json, json(setup, stream, everywhere));
    checkSafeText(stream, setup.unicode);
    Allocation.assertAtMost(
        FIXED_BYTES + BYTES_PER_BYTE * stream.length, () -> show(setup, stream));
  }

  private static void show(Setup setup, byte[] stream) {
    text(OutputStream.nullOutputStream(), setup, stream);
    json(OutputStream.nullOutputStream(), setup, stream);
  }

  private static byte[] text(Setup setup, byte[] stream, int... cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text(out, setup, stream, cuts);
    return out.toByteArray();
  }

  private static void text(OutputStream out, Setup setup, byte[] stream, int... cuts) {
    Screen screen = new Screen(out, setup.colour, setup.unicode);
    Report report = new TextReport(screen, LiveView.fixed(setup.view));
    read(setup, report.stream(new Totals()), stream, cuts);
    report.flush();
  }

  private static String json(Setup setup, byte[] stream, int... cuts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    json(out, setup, stream, cuts);
    return out.toString(ISO_8859_1);
  }

  private static void json(OutputStream out, Setup setup, byte[] stream, int... cuts) {
    Report report = new JsonReport(out, LiveView.fixed(setup.view), InstantSource.system());
    read(setup, report.stream(new Totals()), stream, cuts);
    report.flush();
  }

  private static void read(Setup setup, ExchangeListener listener, byte[] stream, int... cuts) {
    MixedStreamReader reader =
        new MixedStreamReader(setup.sender, Limits.NONE, setup.agreed, listener);
    int from = 0;
    for (int cut : cuts) {
      reader.feed(ByteBuffer.wrap(Arrays.copyOfRange(stream, from, cut)));
      from = cut;
    }
    reader.feed(ByteBuffer.wrap(Arrays.copyOfRange(stream, from, stream.length)));
    reader.end();
  }

  private static void checkJson(String json, Setup setup, byte[] stream) {
    List<JsonNode> lines = EventSchema.parse(EventSchema.check(json));
    if (stream.length == 0) {
      assertEquals(List.of(), lines);
      return;
    }
    List<JsonNode> ends =
        lines.stream().filter(line -> line.get("type").asText().equals("end")).toList();
    assertEquals(List.of(lines.get(lines.size() - 1)), ends);
    if (setup.view.detail() != Detail.NONE && setup.view.preview() > stream.length) {
      Messages messages = new Messages();
      read(setup, messages, stream);
      List<String> reported =
          lines.stream().filter(ReportFuzz::isWholeMessage).map(ReportFuzz::payload).toList();
      assertEquals(messages.ended, reported);
    }
  }

  private static boolean isWholeMessage(JsonNode line) {
    return line.get("type").asText().equals("message") && line.get("complete").asBoolean();
  }

  /** The bytes in a line, in hex, and how many were omitted. */
  private static String payload(JsonNode line) {
    byte[] bytes =
        line.has("text")
            ? line.get("text").asText().getBytes(UTF_8)
            : Base64.getDecoder().decode(line.get("base64").asText());
    return HexFormat.of().formatHex(bytes) + " +" + line.get("omitted").asLong();
  }

  /** Quoted bytes are safe, and the quoted text gives the bytes back. */
  private static void checkSafeText(byte[] bytes, boolean unicode) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, unicode);
    SafeText.quoted(screen, ByteBuffer.wrap(bytes));
    screen.endLine();
    screen.flush();
    SafeOutput.assertSafe(out.toByteArray(), false, unicode);
    assertArrayEquals(bytes, QuotedText.decode(out.toString(UTF_8).stripTrailing()));
  }

  /** The payloads of the complete messages, as {@link #payload} writes them. */
  private static final class Messages implements ExchangeListener, FrameListener {
    @Override
    public FrameListener frames(@Nullable Endpoint sender) {
      return this;
    }

    private final List<String> ended = new ArrayList<>();
    private final Map<Endpoint, ByteArrayOutputStream> open = new EnumMap<>(Endpoint.class);

    @Override
    public void messageStarted(Message message) {
      open.put(message.sender(), new ByteArrayOutputStream());
    }

    @Override
    public void messageData(Message message, ByteBuffer data, boolean last) {
      while (data.hasRemaining()) {
        open.get(message.sender()).write(data.get());
      }
    }

    @Override
    public void messageEnded(Message message) {
      byte[] payload = open.get(message.sender()).toByteArray();
      int kept = Math.min(payload.length, PREVIEW);
      String shown = HexFormat.of().formatHex(payload, 0, kept);
      ended.add(shown + " +" + (payload.length - kept));
    }
  }
}
