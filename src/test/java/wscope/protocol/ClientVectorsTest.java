package wscope.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.rule.Rule;
import wscope.support.SampleHandshake;

/**
 * The vectors of a server's session, mirrored: an echoing client receives the frames unmasked, and
 * sends masked what a server sends unmasked.
 */
class ClientVectorsTest {
  private static final Pattern FAIL = Pattern.compile("fail\\((\\d+) ([a-z0-9-]+)\\)");
  private static final int LONG_STREAM = 450;
  private static final int ENDS_OF_LONG_STREAM = 20;

  static Stream<Arguments> sessions() {
    return Vectors.arguments("sessions.csv");
  }

  static Stream<Arguments> closeCodes() {
    return Vectors.arguments("close-codes.csv");
  }

  static Stream<Arguments> texts() {
    return Vectors.arguments("utf8.csv");
  }

  private static TestEndpoint connecting() {
    TestEndpoint client = TestEndpoint.client(Limits.SERVER, () -> 0x3d542306).echoing();
    client.connect(Pair.request().build());
    client.out();
    return client;
  }

  private static TestEndpoint open() {
    TestEndpoint client = connecting();
    client.feedText(SampleHandshake.RESPONSE);
    return client;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void repliesAsInTheVectors(String name, Vectors.Row row) {
    TestEndpoint client = open();
    client.feed(in(row));
    assertEquals(out(row), client.out());
    assertThen(row, client);
  }

  /** Frames in the same segment as the response are not lost (RFC 6455 §4.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void readsFramesInTheSegmentOfTheResponse(String name, Vectors.Row row) {
    TestEndpoint client = connecting();
    client.feed(stream(row));
    assertEquals(out(row), client.out());
    assertThen(row, client);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void repliesTheSameByteByByte(String name, Vectors.Row row) {
    TestEndpoint whole = open();
    whole.feed(in(row));
    TestEndpoint pieces = connecting();
    pieces.feedByteByByte(stream(row));
    assertEquals(out(row), pieces.out());
    assertThen(row, pieces);
    assertEquals(whole.messages(), pieces.messages());
    assertEquals(whole.session().closure(), pieces.session().closure());
    assertEquals(whole.session().totalsReceived(), pieces.session().totalsReceived());
    assertEquals(whole.session().totalsSent(), pieces.session().totalsSent());
  }

  /** S3: TCP may end anywhere (RFC 6455 §7.1.1). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("sessions")
  void closesOnceWhereverTcpEnds(String name, Vectors.Row row) {
    byte[] stream = stream(row);
    String whole = out(row);
    IntStream.rangeClosed(SampleHandshake.RESPONSE.length(), stream.length)
        .filter(
            end ->
                stream.length < LONG_STREAM
                    || end < ENDS_OF_LONG_STREAM + SampleHandshake.RESPONSE.length()
                    || end > stream.length - ENDS_OF_LONG_STREAM)
        .forEach(
            end -> {
              TestEndpoint client = connecting();
              client.feed(Arrays.copyOf(stream, end));
              assertEquals(0, client.ends());
              client.session().end();
              assertEquals(1, client.ends());
              assertEquals(Session.State.CLOSED, client.session().state());
              assertTrue(whole.startsWith(client.out()), () -> "after byte " + end);
              client.session().close(1000, "");
              client.session().end();
              assertEquals("", client.out());
              assertEquals(1, client.ends());
            });
  }

  /** An endpoint closes with the same code, or with 1002 (RFC 6455 §5.5.1, §7.4). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("closeCodes")
  void closesWithTheSameCodeOr1002(String name, Vectors.Row row) {
    String verdict = row.cell("expected");
    String hex = HexFormat.of().toHexDigits((short) Integer.parseInt(row.cell("code")));
    TestEndpoint client = open();
    client.feed("8802" + hex);
    boolean tolerated = verdict.equals("fine") || verdict.equals("close-code-only-for-clients");
    String frame = tolerated ? "8802" + hex : fail(1002, verdict);
    assertEquals(masked(frame), client.out());
    assertEquals(Session.State.CLOSED, client.session().state());
  }

  /** As a text in one frame, as a text in frames of one byte, and as the reason of a Close. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void failsOnInvalidUtf8(String name, Vectors.Row row) {
    String hex = row.cell("hex");
    boolean valid = row.cell("first invalid").equals("none");
    String size = HexFormat.of().toHexDigits((byte) (hex.length() / 2));
    TestEndpoint whole = open();
    whole.feed("81" + size + hex);
    assertEquals(masked(valid ? "81" + size + hex : fail(1007, "text-not-utf8")), whole.out());
    TestEndpoint pieces = open();
    for (int at = 0; at < hex.length(); at += 2) {
      String fin = at + 2 == hex.length() ? "8" : "0";
      pieces.feed(fin + (at == 0 ? "1" : "0") + "01" + hex.substring(at, at + 2));
    }
    assertEquals(masked(valid ? "81" + size + hex : fail(1007, "text-not-utf8")), pieces.out());
    TestEndpoint close = open();
    String closeSize = HexFormat.of().toHexDigits((byte) (2 + hex.length() / 2));
    close.feed("88" + closeSize + "03e8" + hex);
    assertEquals(
        masked(valid ? "88" + closeSize + "03e8" + hex : fail(1007, "close-reason-not-utf8")),
        close.out());
  }

  /** §7.1.1: the client does not end TCP, but waits for the server to do so. */
  private static void assertThen(Vectors.Row row, TestEndpoint client) {
    boolean ended = row.cell("then").equals("ended");
    assertEquals(0, client.ends());
    assertEquals(ended ? Session.State.CLOSED : Session.State.OPEN, client.session().state());
    client.session().end();
    assertEquals(1, client.ends());
    assertEquals("", client.out());
  }

  private static byte[] in(Vectors.Row row) {
    return MirroredFrames.of(Vectors.bytes(row.cell("in")));
  }

  private static byte[] stream(Vectors.Row row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(SampleHandshake.RESPONSE.getBytes(ISO_8859_1));
    bytes.writeBytes(in(row));
    return bytes.toByteArray();
  }

  private static String out(Vectors.Row row) {
    return masked(
        FAIL.matcher(row.cell("out"))
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        fail(Integer.parseInt(match.group(1)), match.group(2)))));
  }

  private static String masked(String frames) {
    return HexFormat.of().formatHex(MirroredFrames.of(Vectors.bytes(frames)));
  }

  /** A Close frame with a code and the title of a rule; the masking rule is that of servers. */
  private static String fail(int code, String id) {
    String mirrored = id.equals("client-frame-unmasked") ? "server-frame-masked" : id;
    Rule rule = Rule.valueOf(mirrored.toUpperCase(Locale.ROOT).replace('-', '_'));
    byte[] title = rule.title().getBytes(UTF_8);
    HexFormat hex = HexFormat.of();
    return "88"
        + hex.toHexDigits((byte) (2 + title.length))
        + hex.toHexDigits((short) code)
        + hex.formatHex(title);
  }
}
