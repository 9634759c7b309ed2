package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.decode.DeflateText;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/** What a {@link FrameReader} reports for known streams: whole, byte by byte and in two pieces. */
class FrameVectorsTest {
  private static final int LONG_STREAM = 300;
  private static final int ENDS_OF_LONG_STREAM = 20;

  static Stream<Arguments> frames() {
    return Vectors.arguments("frames.csv");
  }

  static Stream<Arguments> compressed() {
    return Vectors.arguments("compressed.csv");
  }

  static Stream<Arguments> limits() {
    return Vectors.arguments("limits.csv");
  }

  static Stream<Arguments> closeCodes() {
    return Vectors.arguments("close-codes.csv");
  }

  static Stream<Arguments> texts() {
    return Vectors.arguments("utf8.csv");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("frames")
  void readsFramesAsInTheVectors(String name, Vectors.Row row) {
    String sender = row.cell("sender");
    Endpoint endpoint =
        sender.equals("auto") ? null : Endpoint.valueOf(sender.toUpperCase(Locale.ROOT));
    assertReads(row.cell("expected"), endpoint, Limits.NONE, Vectors.bytes(row.cell("hex")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("compressed")
  void readsCompressedMessagesAsInTheVectors(String name, Vectors.Row row) {
    DeflateParameters agreed = DeflateText.read(row.cell("agreed")).parameters();
    byte[] stream = Vectors.bytes(row.cell("hex"));
    assertReads(
        row.cell("expected"),
        stream,
        cuts -> Recorder.read(Endpoint.SERVER, Limits.NONE, agreed, stream, cuts));
  }

  /** S2: sums of lengths that exceed 2^31, 2^63 and the limit. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("limits")
  void appliesLimitsAsInTheVectors(String name, Vectors.Row row) {
    Limits limits =
        new Limits(
            Long.parseLong(row.cell("longest message")),
            Long.parseLong(row.cell("most fragments")),
            0,
            0);
    assertReads(row.cell("expected"), null, limits, Vectors.bytes(row.cell("hex")));
  }

  /** Each code alone, and before a reason. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("closeCodes")
  void checksCloseCodes(String name, Vectors.Row row) {
    int code = Integer.parseInt(row.cell("code"));
    String hex = HexFormat.of().toHexDigits((short) code);
    String verdict = row.cell("expected");
    String violation = verdict.equals("fine") ? "" : " | violation " + verdict + " @2 #1";
    assertReads(
        "frame 1 @0 close fin unmasked 7-bit 2 | payload " + hex + violation + " | close " + code,
        Endpoint.SERVER,
        Limits.NONE,
        Vectors.bytes("8802" + hex));
    assertReads(
        "frame 1 @0 close fin unmasked 7-bit 5 | payload "
            + hex
            + "627965"
            + violation
            + " | close "
            + code
            + " bye",
        Endpoint.SERVER,
        Limits.NONE,
        Vectors.bytes("8805" + hex + "627965"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void checksUtf8InOneFrame(String name, Vectors.Row row) {
    String hex = row.cell("hex");
    int length = hex.length() / 2;
    String size = HexFormat.of().toHexDigits((byte) length);
    assertReads(
        "frame 1 @0 text fin unmasked 7-bit "
            + length
            + " | payload "
            + hex
            + violation("text-not-utf8", row, 2, length, 1)
            + " | message 1 text 1 frame "
            + hex,
        Endpoint.SERVER,
        Limits.NONE,
        Vectors.bytes("81" + size + hex));
  }

  /** A code point may straddle frames (RFC 6455 §5.6, §8.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void checksUtf8InFramesOfOneByte(String name, Vectors.Row row) {
    byte[] text = Vectors.bytes(row.cell("hex"));
    StringBuilder stream = new StringBuilder();
    StringBuilder expected = new StringBuilder();
    for (int at = 0; at < text.length; at++) {
      boolean fin = at == text.length - 1;
      int frame = at + 1;
      String b = HexFormat.of().toHexDigits(text[at]);
      stream.append(fin ? "8" : "0").append(at == 0 ? "1" : "0").append("01").append(b);
      expected.append(at == 0 ? "" : " | ").append("frame ").append(frame).append(" @");
      expected.append(3 * at).append(at == 0 ? " text" : " continuation").append(fin ? " fin" : "");
      expected.append(" unmasked 7-bit 1 | payload ").append(b);
      String verdict = row.cell("first invalid");
      if (verdict.equals(String.valueOf(at))) {
        expected.append(" | violation text-not-utf8 @").append(3 * at + 2).append(" #");
        expected.append(frame);
      } else if (verdict.equals("end") && fin) {
        expected.append(" | violation text-not-utf8 @").append(3 * at + 3).append(" #");
        expected.append(frame);
      }
    }
    expected.append(" | message 1 text ").append(text.length);
    expected.append(text.length == 1 ? " frame " : " frames ").append(row.cell("hex"));
    assertReads(
        expected.toString(), Endpoint.SERVER, Limits.NONE, Vectors.bytes(stream.toString()));
  }

  /** The same text as the reason of a Close (RFC 6455 §5.5.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void checksUtf8InACloseReason(String name, Vectors.Row row) {
    String hex = row.cell("hex");
    int length = hex.length() / 2;
    String size = HexFormat.of().toHexDigits((byte) (2 + length));
    byte[] stream = Vectors.bytes("88" + size + "03e8" + hex);
    Recorder whole = Recorder.read(Endpoint.SERVER, Limits.NONE, stream);
    String expected =
        "frame 1 @0 close fin unmasked 7-bit "
            + (2 + length)
            + " | payload 03e8"
            + hex
            + violation("close-reason-not-utf8", row, 4, length, 1);
    // The last line has the reason itself, with invalid bytes replaced.
    assertEquals(
        lines(expected), whole.text().substring(0, whole.text().lastIndexOf("close ")), name);
  }

  private static String violation(String rule, Vectors.Row row, int start, int length, int frame) {
    String verdict = row.cell("first invalid");
    if (verdict.equals("none")) {
      return "";
    }
    int index = verdict.equals("end") ? length : Integer.parseInt(verdict);
    return " | violation " + rule + " @" + (start + index) + " #" + frame;
  }

  private static void assertReads(
      String expected, @Nullable Endpoint sender, Limits limits, byte[] stream) {
    assertReads(expected, stream, cuts -> Recorder.read(sender, limits, stream, cuts));
  }

  private static void assertReads(
      String expected, byte[] stream, Function<int[], Recorder> reading) {
    Recorder whole = reading.apply(new int[0]);
    assertEquals(lines(expected), whole.text());
    assertSame(whole, reading.apply(Recorder.everywhere(stream)), -1);
    boolean isLong = stream.length > LONG_STREAM;
    IntStream.rangeClosed(0, stream.length)
        .filter(
            cut ->
                !isLong || cut <= ENDS_OF_LONG_STREAM || cut >= stream.length - ENDS_OF_LONG_STREAM)
        .forEach(cut -> assertSame(whole, reading.apply(new int[] {cut}), cut));
  }

  private static void assertSame(Recorder whole, Recorder pieces, int cut) {
    String where = cut < 0 ? "byte by byte" : "cut before byte " + cut;
    assertEquals(whole.text(), pieces.text(), where);
    assertEquals(whole.found(), pieces.found(), where);
  }

  private static String lines(String expected) {
    return expected.isEmpty() ? "" : Vectors.expand(expected).replace(" | ", "\n") + "\n";
  }
}
