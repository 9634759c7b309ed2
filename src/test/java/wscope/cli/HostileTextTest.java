package wscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.report.json.EventSchema;
import wscope.support.SampleHandshake;

/**
 * S15, S16: text that controls a terminal or forges a line of output, wherever streams and
 * arguments contain text. The output has no control characters except its own line ends.
 */
class HostileTextTest {
  /** A line of output begins with this only if a line end from the input gets through. */
  private static final String FORGED = "message 9   text, 4 bytes in 1 frame";

  /** Hostile texts, one character per byte. */
  static Stream<String> texts() {
    return Stream.of(
            "\u001b[2J",
            "\u001b]8;;http://x\u001b\\",
            "\u001b]52;c;QQ==\u0007",
            "\u009b2J",
            "\b\b\b",
            "\r" + FORGED,
            "\n" + FORGED,
            "\r\n" + FORGED,
            "\u0000",
            "\u0085" + FORGED,
            "\u2028" + FORGED,
            "\u202e",
            "\u200b\ufeff",
            "\udb40\udc41")
        .flatMap(text -> Stream.of(text, new String(text.getBytes(UTF_8), ISO_8859_1)))
        .filter(text -> text.chars().allMatch(c -> c < 0x100))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isHarmlessInAStream(String text) {
    for (String stream : List.of(conversation(text), rejection(text), text)) {
      for (String detail : List.of("bits", "messages")) {
        Run run = decode(stream, "--detail", detail, "--explain", "--summary");
        assertTrue(run.exitCode() <= 2, run.err());
        assertHarmless(run.out());
        assertHarmless(run.err());
        Run json = decode(stream, "--detail", detail, "--format", "json");
        EventSchema.check(json.out());
        assertHarmless(json.err());
      }
    }
  }

  /** A recording may come from anybody. */
  @ParameterizedTest
  @MethodSource("texts")
  void isHarmlessInARecording(String text, @TempDir Path folder) throws Exception {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    String time = "\"time\":\"2026-11-29T01:22:58.084424Z\"";
    String recording =
        """
        {"type":"recording",TIME,"format":"wscope","version":1,"program":"TEXT","self":"server",\
        "maxMessage":1,"maxFragments":1,"maxHead":1,"maxFields":1}
        {"type":"listening",TIME,"address":"TEXT","port":1,"url":"TEXT","urls":["TEXT"],\
        "behaviour":"TEXT","notes":["TEXT"]}
        {"type":"resolved",TIME,"host":"TEXT","addresses":["TEXT"],"micros":1}
        {"type":"attempt-failed",TIME,"path":"TEXT","cause":"TEXT","micros":1}
        {"type":"redirect",TIME,"status":302,"url":"TEXT","withheld":true,"trouble":"TEXT"}
        {"type":"turned-away",TIME,"address":"TEXT","port":1}
        {"type":"accept-failed",TIME,"cause":"TEXT"}
        {"type":"script-changed",TIME,"script":"TEXT","rules":1,"trouble":"TEXT"}
        {"type":"connected",TIME,"connection":1,"address":"TEXT","port":1}
        {"type":"query-left",TIME,"connection":1,"names":["TEXT"],"more":1}
        {"type":"secured",TIME,"connection":1,"version":"TEXT","cipherSuite":"TEXT",\
        "protocol":"TEXT","certificate":{"names":["TEXT"],"issuer":"TEXT","days":1,\
        "distrust":"TEXT"},"micros":1}
        {"type":"unable",TIME,"connection":1,"fault":"TEXT"}
        {"type":"expectation",TIME,"connection":1,"expected":"TEXT","met":false,"micros":1,\
        "doubt":"TEXT"}
        {"type":"reply",TIME,"connection":1,"script":"TEXT","ruleNumber":1,"line":1,\
        "trouble":"TEXT"}
        """
            .replace("TIME", time)
            .replace("TEXT", "<" + escaped + ">");
    Path file = Files.writeString(folder.resolve("recording"), recording);
    Run run = Run.of("decode", "--file", file.toString());
    assertHarmless(run.out());
    assertEquals("", run.err());
    // 29 texts, without the program, the address that listens, and one of its two URLs.
    assertEquals(26, run.out().split("<", -1).length - 1, run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b[2J\u009b\b\u202e\u200b", "\n" + FORGED, "\r" + FORGED})
  void isHarmlessInArguments(String text) {
    for (String[] args :
        new String[][] {
          {text},
          {"decode", text},
          {"decode", "--file", "nowhere/" + text},
          {"decode", "--from", text},
          {"encode", "--opcode", text},
          {"encode", "--file", "nowhere/" + text},
          {"accept-key", text},
          {"accept-key", "--check", text, SampleHandshake.KEY},
          {"rules", text},
          {"explain", text},
          {"explain", "--format", "json", text},
          {"serve", "--host", text + ".invalid."},
          {"serve", "--origin", text},
          {"serve", "--host-name", text},
          {"serve", "--reply", text},
          {"serve", "--header", text},
          {"serve", "--record", "nowhere/" + text},
          {"serve", "--tls-cert", "nowhere/" + text, "--tls-key", "nowhere/" + text},
          {"serve", "--tls-keystore", "nowhere/" + text},
          {"install", "--prefix", "/dev/null/" + text},
          {"completion", text},
          {"help", text},
        }) {
      Run run = Run.of(args);
      assertTrue(run.exitCode() > 0 && run.exitCode() < 70, () -> String.join(" ", args));
      assertHarmless(run.out());
      assertHarmless(run.err());
    }
  }

  /** Proves that the decoder reads the text of each part. */
  @Test
  void decodesTheTextsOfTheStream() {
    Run run = decode(conversation("x"), "--detail", "messages");
    assertEquals("", run.err());
    assertTrue(run.out().contains("message 1   text, 1 byte in 1 frame   \"x\"\n"), run.out());
    assertTrue(run.out().contains("1000"), run.out());
  }

  private static void assertHarmless(String shown) {
    assertTrue(shown.codePoints().allMatch(HostileTextTest::isHarmless), shown);
    assertTrue(shown.lines().noneMatch(line -> line.startsWith(FORGED)), shown);
  }

  private static boolean isHarmless(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\n';
      case Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static Run decode(String stream, String... options) {
    String[] args =
        Stream.concat(Stream.of("decode", "--from", "raw"), Stream.of(options))
            .toArray(String[]::new);
    return Run.reading(new ByteArrayInputStream(stream.getBytes(ISO_8859_1)), args);
  }

  private static String conversation(String text) {
    return """
        GET /chat?%s HTTP/1.1\r
        Host: localhost%s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Origin: http://%s\r
        Sec-WebSocket-Protocol: a%s\r
        Sec-WebSocket-Extensions: %s; x=%s\r
        X-%s: %s\r
        \r
        HTTP/1.1 101 Switching %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
        X: %s\r
        \r
        """
            .replace("%s", text)
        + frames(text);
  }

  private static String rejection(String text) {
    return "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        + "HTTP/1.1 403 "
        + text
        + "\r\nContent-Type: "
        + text
        + "\r\n\r\n"
        + text;
  }

  /** Frames of a server: a text, a binary message, a ping, a reserved opcode and a Close. */
  private static String frames(String text) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int byte0 : new int[] {0x81, 0x82, 0x89, 0x83, 0x88}) {
      String payload = byte0 == 0x88 ? "\u0003\u00e8" + text : text;
      frames.write(byte0);
      frames.write(payload.length());
      frames.writeBytes(payload.getBytes(ISO_8859_1));
    }
    return frames.toString(ISO_8859_1);
  }
}
