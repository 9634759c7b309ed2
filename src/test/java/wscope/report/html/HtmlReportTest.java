package wscope.report.html;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.report.Advice;
import wscope.report.Redaction;
import wscope.report.Totals;

class HtmlReportTest {
  private static final long MOST = 20L << 20;
  private static final int MOST_WITHOUT_DATA = 150 * 1024;
  private static final String HOSTILE =
      "</script><script>document.title='x'</script><!--<script>&lt;\u0000\u202e\u2028\u2029";

  private final WrittenPage page = new WrittenPage();

  private HtmlReport report(@Nullable Redaction redaction, long most, String... command) {
    return new HtmlReport(
        page,
        new PageStart("wscope 1", List.of(command), "decode"),
        redaction,
        most,
        Advice.NONE,
        InstantSource.fixed(Instant.EPOCH));
  }

  private static Redaction redaction() {
    return new Redaction(Redaction.Style.MARK, List.of());
  }

  private static void decode(HtmlReport report, byte[]... frames) {
    MixedStreamReader reader =
        new MixedStreamReader(null, Limits.NONE, null, report.stream(new Totals()));
    for (byte[] frame : frames) {
      reader.feed(ByteBuffer.wrap(frame));
    }
    reader.end();
    report.flush();
  }

  /** An unmasked frame with less than 64 KiB. */
  private static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    if (payload.length < 126) {
      bytes.write(payload.length);
    } else {
      bytes.write(126);
      bytes.write(payload.length >> 8);
      bytes.write(payload.length);
    }
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  private static byte[] text(String payload) {
    return frame(0x81, payload.getBytes(UTF_8));
  }

  @Test
  void thePolicyAllowsExactlyItsScriptAndStyle() throws Exception {
    decode(report(redaction(), MOST), text("a"));
    page.assertIsSelfContained();
  }

  @Test
  void thePageIsSmallWithoutItsData() {
    decode(report(redaction(), MOST), text("a"));
    assertTrue(page.length() < MOST_WITHOUT_DATA, () -> page.length() + " bytes");
  }

  @Test
  void hostileDataStayInTheirBlock() throws Exception {
    decode(report(null, MOST, "decode", HOSTILE), text(HOSTILE), frame(0x88, new byte[] {3}));
    page.assertDataStayInTheirBlock();
    assertEquals(HOSTILE, page.lines().get(0).get("command").get(1).asText());
    assertEquals(HOSTILE, page.lines().get(1).get("text").asText());
  }

  @Test
  void loneSurrogatesOfTheCommandLineAreReplaced() throws Exception {
    decode(report(null, MOST, "decode", "a\ud800b"), text("a"));
    assertEquals("a?b", page.lines().get(0).get("command").get(1).asText());
  }

  /** A page whose writing stops anywhere has its head, whole lines, and one line that is cut. */
  @Test
  void thePageIsWholeAfterEachFlush() throws Exception {
    HtmlReport report = report(redaction(), MOST);
    for (int i = 1; i <= 5; i++) {
      report.event(new Event.AcceptFailed("cause " + i));
      report.flush();
      assertEquals(i, page.appends());
      page.assertIsWhole();
      List<JsonNode> lines = page.lines();
      assertEquals(i + 2, lines.size());
      assertEquals("cause " + i, lines.get(i).get("cause").asText());
      assertEquals("report-end", lines.get(i + 1).get("type").asText());
      assertFalse(lines.get(i + 1).get("finished").asBoolean());
    }
    report.finish();
    assertTrue(page.lines().get(6).get("finished").asBoolean());
  }

  @Test
  void nothingIsWrittenWithoutEvents() {
    report(redaction(), MOST).finish();
    assertEquals(0, page.appends());
  }

  @Test
  void aMessageOfOneFrameIsWrittenOnce() throws Exception {
    decode(report(redaction(), MOST), text("once"));
    assertEquals("once", page.lines().get(1).get("text").asText());
    assertEquals("message", page.lines().get(2).get("type").asText());
    assertFalse(page.lines().get(2).has("text"));
  }

  @Test
  void aSecretInFragmentsIsFoundInItsMessage() throws Exception {
    decode(
        report(redaction(), MOST),
        frame(0x01, "{\"password\":\"hun".getBytes(US_ASCII)),
        frame(0x80, "ter2\",\"n\":1}".getBytes(US_ASCII)));
    assertFalse(page.text().contains("hun"), "no part of the secret");
    assertTrue(page.lines().get(1).get("withheldPayload").asBoolean());
    assertTrue(page.lines().get(2).get("withheldPayload").asBoolean());
    assertEquals("{\"password\":\"[redacted]\",\"n\":1}", page.lines().get(3).get("text").asText());
  }

  @Test
  void theMaskingKeyGoesWithARedactedPayload() throws Exception {
    byte[] payload = "token=abc".getBytes(US_ASCII);
    byte[] secret = frame(0x81, payload);
    secret[1] |= (byte) 0x80;
    byte[] masked = new byte[secret.length + 4];
    masked[0] = secret[0];
    masked[1] = secret[1];
    // The key 00000000 changes nothing.
    System.arraycopy(payload, 0, masked, 6, payload.length);
    byte[] open = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 'a'};
    decode(report(redaction(), MOST), masked, open);
    JsonNode first = page.lines().get(1);
    assertEquals("token=[redacted]", first.get("text").asText());
    assertTrue(first.get("redacted").asBoolean());
    assertFalse(first.has("maskingKey"));
    JsonNode second =
        page.lines().stream()
            .filter(line -> line.path("number").asInt() == 2)
            .findFirst()
            .orElseThrow();
    assertEquals("00000000", second.get("maskingKey").asText());
    JsonNode end = page.lines().get(page.lines().size() - 1);
    assertEquals("{\"parameter token\":1}", end.get("redacted").toString());
  }

  @Test
  void binaryPayloadsAreSearchedToo() throws Exception {
    byte[] payload = "\0\u0001token=abc;\0".getBytes(US_ASCII);
    decode(report(redaction(), MOST), frame(0x82, payload));
    byte[] shown = Base64.getDecoder().decode(page.lines().get(1).get("base64").asText());
    assertEquals("\0\u0001token=[redacted];\0", new String(shown, US_ASCII));
  }

  @Test
  void theCommandLineIsRedacted() throws Exception {
    decode(
        report(redaction(), MOST, "connect", "ws://ann:pw@h/?token=x", "-H", "Cookie: a=b"),
        text("a"));
    assertEquals(
        "[\"connect\",\"ws://[redacted]@h/?token=[redacted]\",\"-H\",\"Cookie: [redacted]\"]",
        page.lines().get(0).get("command").toString());
  }

  @Test
  void withoutRedactionEverythingStays() throws Exception {
    decode(
        report(null, MOST),
        frame(0x01, "token=".getBytes(US_ASCII)),
        frame(0x80, "abc".getBytes(US_ASCII)));
    assertEquals("token=", page.lines().get(1).get("text").asText());
    assertEquals("abc", page.lines().get(2).get("text").asText());
    assertFalse(page.lines().get(0).get("redacts").asBoolean());
  }

  @Test
  void thePageKeepsWithinItsBoundAndSaysWhatItLacks() throws Exception {
    long most = 256 << 10;
    HtmlReport report = report(redaction(), most);
    byte[] line = text("x".repeat(1000));
    byte[][] frames = new byte[1000][];
    Arrays.fill(frames, line);
    frames[999] = frame(0xf1, new byte[0]); // RSV1, RSV2 and RSV3
    decode(report, frames);
    report.event(new Event.AcceptFailed("last"));
    report.finish();
    assertTrue(page.length() <= most, () -> page.length() + " bytes");
    List<JsonNode> lines = page.lines();
    JsonNode end = lines.get(lines.size() - 1);
    long kept = lines.stream().filter(each -> each.get("type").asText().equals("frame")).count();
    assertTrue(kept > 50);
    assertEquals(1000 - kept, end.get("leftOut").get("frame").asLong());
    assertEquals(3, end.get("leftOut").get("violation").asLong());
    assertEquals(
        "{\"rsv1-without-extension\":1,\"rsv2-without-extension\":1,\"rsv3-without-extension\":1}",
        end.get("leftOutRules").toString());
    assertTrue(page.text().contains("\"cause\":\"last\""), "rare events have room of their own");
  }

  @Test
  void headersAreRedactedByName() throws Exception {
    HtmlReport report = report(redaction(), MOST);
    String head =
        """
        GET /?api_key=k HTTP/1.1
        Host: h
        Upgrade: websocket
        Connection: Upgrade
        Authorization: Basic YTpi
        Cookie: sid=1
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13

        """
            .replace("\n", "\r\n");
    MixedStreamReader reader =
        new MixedStreamReader(Endpoint.CLIENT, Limits.NONE, null, report.stream(new Totals()));
    reader.feed(ByteBuffer.wrap(head.getBytes(US_ASCII)));
    reader.end();
    report.finish();
    JsonNode request = page.lines().get(1);
    assertEquals("/?api_key=[redacted]", request.get("target").asText());
    assertEquals("[redacted]", request.get("fields").get(3).get("value").asText());
    assertEquals("[redacted]", request.get("fields").get(4).get("value").asText());
    assertEquals("dGhlIHNhbXBsZSBub25jZQ==", request.get("key").asText());
  }
}
