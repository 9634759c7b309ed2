package wscope.report.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import wscope.cli.Run;
import wscope.report.json.EventSchema;

/** The output for an exchange of hixie-76: the heads of the draft (§1.2), then frames. */
class HixieReportTest {
  private static final String EXCHANGE =
      """
      GET /demo HTTP/1.1\r
      Host: example.com\r
      Connection: Upgrade\r
      Sec-WebSocket-Key2: 12998 5 Y3 1  .P00\r
      Upgrade: WebSocket\r
      Sec-WebSocket-Key1: 4 @1  46546xW%0l 1 5\r
      \r
      ^n:ds[4UHTTP/1.1 101 WebSocket Protocol Handshake\r
      Upgrade: WebSocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Location: ws://example.com/demo\r
      \r
      8jKS'y:G*Co,Wxa-\0h\u00c3\u00a9\033\u00ff\u0080\u0001a\u00ff\0\0wor""";

  private static Run decode(String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "decode";
    System.arraycopy(options, 0, words, 1, options.length);
    return Run.reading(new ByteArrayInputStream(EXCHANGE.getBytes(ISO_8859_1)), words);
  }

  @Test
  void showsTheAnswerAndTheFrames() {
    Run run = decode();
    assertEquals(1, run.exitCode());
    assertTrue(
        run.out()
            .endsWith(
                """
                  ! the server uses an old protocol: draft-hixie-thewebsocketprotocol-76, also called hybi-00
                      the protocol of Chrome 6 to 13, Safari 5.0.1 and 5.1, Firefox 4 (2010 to 2011)
                      two keys in fields and eight bytes after the head; text frames between 00 and ff
                      RFC 6455 needs Sec-WebSocket-Accept; without it, Chromium says: 'Sec-WebSocket-Accept' header is missing
                failed   a client must fail the connection; a client of the old protocol opens it
                answer       38 6a 4b 53 27 79 3a 47 2a 43 6f 2c 57 78 61 2d   fits the challenge
                hixie frame 1   text, 4 bytes   bytes 321-326   "hé\\x1b"
                hixie frame 2   data, 1 byte   bytes 327-329   receivers discard it
                hixie frame 3   close   bytes 330-331
                hixie frame 4   text, 3 bytes   bytes 332-335   "wor"
                ✗ incomplete   hixie frame 4, at byte 336: the byte ff is missing
                """),
        run.out());
  }

  @Test
  void writesTheSameAsJson() {
    String json = decode("--format", "json").out();
    EventSchema.check(json);
    assertTrue(
        json.contains(
            """
            {"type":"challenge-answer","sender":"server","offset":305,"bytes":"386a4b5327793a472a436f2c5778612d","fits":true}
            {"type":"hixie-frame","number":1,"offset":321,"length":4,"kind":"text","complete":true,"text":"h\\u00E9\\u001B","omitted":0}
            {"type":"hixie-frame","number":2,"offset":327,"length":1,"kind":"discarded","complete":true,"base64":"YQ==","omitted":0}
            {"type":"hixie-frame","number":3,"offset":330,"length":0,"kind":"close","complete":true,"base64":"","omitted":0}
            {"type":"hixie-frame","number":4,"offset":332,"length":3,"kind":"text","complete":false,"text":"wor","omitted":0}
            """),
        json);
  }
}
