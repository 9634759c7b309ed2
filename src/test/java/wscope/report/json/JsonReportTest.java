package wscope.report.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.text.TextPrinterTest;

/**
 * JSON lines for any bytes: valid, by the schema, lossless, the same however the bytes are split.
 */
class JsonReportTest {
  private static final long ALL = 1 << 20;
  private static final Limits SMALL = new Limits(20, 3, 1000, 10);
  private static final List<Endpoint> SENDERS =
      Arrays.asList(null, Endpoint.CLIENT, Endpoint.SERVER);

  /** S16: whatever the payload, each object is one line that can be parsed. */
  @Test
  void writesEveryPairOfBytes() throws IOException {
    // Each pair as a text message, a ping or a binary message, in turn.
    byte[] opcodes = {(byte) 0x81, (byte) 0x89, (byte) 0x82};
    for (int first = 0; first < 256; first++) {
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      for (int second = 0; second < 256; second++) {
        byte opcode = opcodes[(first + second) % 3];
        stream.writeBytes(new byte[] {opcode, 2, (byte) first, (byte) second});
      }
      String lines = show(Detail.FRAMES, ALL, stream.toByteArray());
      List<JsonNode> frames =
          EventSchema.parse(lines).stream().filter(line -> is("frame", line)).toList();
      assertEquals(256, frames.size());
      for (int second = 0; second < 256; second++) {
        byte[] pair = {(byte) first, (byte) second};
        JsonNode frame = frames.get(second);
        assertArrayEquals(pair, payload(frame), frame::toString);
        boolean binary = (first + second) % 3 == 2;
        assertEquals(!binary && isUtf8(pair), frame.has("text"), frame::toString);
      }
      if (first % 64 == 0) {
        EventSchema.check(lines);
      }
    }
  }

  /** S15: JSON is shown on terminals too. */
  @Test
  void escapesCharactersThatControlATerminal() {
    byte[] text = "\u001b[2J\u007f\u009b\u202e\u200b\u2028\ud83d\ude00é\"\\\n".getBytes(UTF_8);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    stream.write(0x81);
    stream.write(text.length);
    stream.writeBytes(text);
    String lines = show(Detail.MESSAGES, ALL, stream.toByteArray());
    assertEquals(
        """
        {"type":"message","sender":"server","number":1,"kind":"text","frames":1,"length":25,\
        "complete":true,"text":"\\u001B[2J\\u007F\\u009B\\u202E\\u200B\\u2028\\uD83D\\uDE00\\u00E9\
        \\"\\\\\\n","omitted":0}
        {"type":"end","frames":1,"messages":1,"violations":0,"errors":0,"unfinishedMessages":[]}
        """,
        EventSchema.check(lines));
  }

  @Test
  void writesEachByteOfAHead() {
    StringBuilder value = new StringBuilder();
    for (char c = '!'; c <= 0xff; c++) {
      value.append(c == 0x7f ? '.' : c);
    }
    String request = "GET / HTTP/1.1\r\nHost: a\r\nX-All: " + value + "\r\n\r\n";
    String lines = show(Detail.BITS, ALL, request.getBytes(ISO_8859_1));
    JsonNode handshake = EventSchema.parse(EventSchema.check(lines)).get(0);
    assertEquals(value.toString(), handshake.at("/fields/1/value").asText());
  }

  @Test
  void writesMessagesOfTheSystem() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LiveView view = LiveView.fixed(new ViewOptions(Detail.BITS, ALL, false));
    JsonReport report = new JsonReport(out, view, InstantSource.fixed(Instant.EPOCH));
    report.event(new Event.AcceptFailed("\ud800 and \udc00, \ud83d\ude00"));
    report.flush();
    assertEquals(
        """
        {"type":"accept-failed","time":"1970-01-01T00:00:00.000000Z",\
        "cause":"? and ?, \\uD83D\\uDE00"}
        """,
        EventSchema.check(out.toString(UTF_8)));
  }

  @ParameterizedTest(name = "--preview {0}")
  @CsvSource({
    "0, '\"text\":\"\",\"omitted\":6'",
    "1, '\"text\":\"a\",\"omitted\":5'",
    "2, '\"text\":\"a\",\"omitted\":5'",
    "3, '\"text\":\"a\",\"omitted\":5'",
    "4, '\"text\":\"a\\u20AC\",\"omitted\":2'",
    "5, '\"text\":\"a\\u20AC\",\"omitted\":2'",
    "6, '\"text\":\"a\\u20AC\\u00E9\",\"omitted\":0'",
  })
  void endsAPreviewAtAWholeCharacter(long preview, String expected) {
    String lines = show(Detail.FRAMES, preview, bytes("81 06 61 e2 82 ac c3 a9"));
    assertEquals(2, EventSchema.check(lines).split(expected.replace("\\", "\\\\"), -1).length - 1);
  }

  @Test
  void writesAllDigitsOf64BitLengths() {
    String lines = show(Detail.FRAMES, ALL, bytes("82 7f ff ff ff ff ff ff ff ff"));
    assertTrue(EventSchema.check(lines).contains("\"payloadLength\":18446744073709551615,"));
    lines = show(Detail.FRAMES, ALL, bytes("82 7f 7f ff ff ff ff ff ff ff 00"));
    assertTrue(EventSchema.check(lines).contains("\"missing\":9223372036854775806}"), lines);
  }

  @Test
  void writesFewerLinesWithLessDetail() {
    byte[] stream = bytes(TextPrinterTest.MIXED);
    List<String> frames = show(Detail.FRAMES, ALL, stream).lines().toList();
    assertEquals(frames, show(Detail.BITS, ALL, stream).lines().toList());
    assertEquals(
        frames.stream().filter(line -> !line.startsWith("{\"type\":\"frame\"")).toList(),
        show(Detail.MESSAGES, ALL, stream).lines().toList());
    assertEquals(
        frames.subList(frames.size() - 1, frames.size()),
        show(Detail.NONE, ALL, stream).lines().toList());
  }

  @ParameterizedTest
  @EnumSource(Detail.class)
  void writesMixedFramesTheSameHoweverSplit(Detail detail) {
    assertSameHoweverSplit(detail, bytes(TextPrinterTest.MIXED));
  }

  @ParameterizedTest
  @MethodSource("wscope.report.text.StreamPrinterTest#streams")
  void writesAHandshakeTheSameHoweverSplit(String stream) {
    assertSameHoweverSplit(Detail.FRAMES, stream.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void writesRandomFramesTheSameHoweverSplit(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      byte[] stream = new byte[random.nextInt(300)];
      random.nextBytes(stream);
      if (seed > 1) {
        // Short frames, so that they form messages.
        for (int at = 0; at < stream.length; at++) {
          stream[at] &= (byte) (random.nextInt(3) == 0 ? 0xcf : 0x07);
        }
      }
      Detail detail = List.of(Detail.values()).get(random.nextInt(4));
      long preview = random.nextInt(3) == 0 ? random.nextInt(20) : ALL;
      Endpoint sender = SENDERS.get(random.nextInt(3));
      Limits limits = random.nextBoolean() ? Limits.NONE : SMALL;
      DeflateParameters agreed = random.nextBoolean() ? null : DeflateParameters.DEFAULT;
      Reader reader = new Reader(sender, limits, agreed);
      int[] cuts = random.ints(random.nextInt(6), 0, stream.length + 1).sorted().toArray();
      String lines = EventSchema.check(reader.show(detail, preview, stream));
      assertEquals(lines, reader.show(detail, preview, stream, cuts));
    }
  }

  private static void assertSameHoweverSplit(Detail detail, byte[] stream) {
    String whole = EventSchema.check(show(detail, ALL, stream));
    assertFalse(whole.isEmpty());
    for (int cut = 1; cut < stream.length; cut++) {
      assertEquals(whole, show(detail, ALL, stream, cut));
    }
    int[] everywhere = new int[stream.length];
    Arrays.setAll(everywhere, i -> i);
    assertEquals(whole, show(detail, ALL, stream, everywhere));
  }

  private static String show(Detail detail, long preview, byte[] stream, int... cuts) {
    return new Reader(null, Limits.NONE, null).show(detail, preview, stream, cuts);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static boolean is(String type, JsonNode line) {
    return line.get("type").asText().equals(type);
  }

  private static byte[] payload(JsonNode line) throws IOException {
    return line.has("text")
        ? line.get("text").asText().getBytes(UTF_8)
        : line.get("base64").binaryValue();
  }

  private static boolean isUtf8(byte[] bytes) {
    return Arrays.equals(bytes, new String(bytes, UTF_8).getBytes(UTF_8));
  }

  /** How a stream is read. */
  private record Reader(Endpoint sender, Limits limits, DeflateParameters agreed) {
    String show(Detail detail, long preview, byte[] stream, int... cuts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      JsonReport report =
          new JsonReport(
              out, LiveView.fixed(new ViewOptions(detail, preview, false)), InstantSource.system());
      MixedStreamReader frames =
          new MixedStreamReader(sender, limits, agreed, report.stream(new Totals()));
      int start = 0;
      for (int cut : cuts) {
        frames.feed(ByteBuffer.wrap(Arrays.copyOfRange(stream, start, cut)));
        start = cut;
      }
      frames.feed(ByteBuffer.wrap(Arrays.copyOfRange(stream, start, stream.length)));
      frames.end();
      report.flush();
      return out.toString(UTF_8);
    }
  }
}
