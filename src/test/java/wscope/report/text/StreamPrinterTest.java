package wscope.report.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static wscope.support.SampleHandshake.REQUEST;
import static wscope.support.SampleHandshake.RESPONSE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.support.SampleHandshake;

/**
 * A handshake, or what looks like one, then frames: whole screens, the same however it is split.
 */
class StreamPrinterTest {
  private static final String HIXIE_76 = SampleHandshake.HIXIE_76 + "Tm[K T2u";
  private static final String FROM_CLIENT = "\u0081\u0083=T#\u0006p\u0010m";
  private static final String FROM_SERVER = "\u0081\u0003MDN";

  static List<String> streams() {
    return List.of(
        REQUEST + RESPONSE + FROM_CLIENT + FROM_SERVER,
        REQUEST + FROM_CLIENT,
        RESPONSE + FROM_SERVER,
        REQUEST + "HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nnope\n",
        REQUEST + RESPONSE.replace("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "dGhlIHNhbXBsZSBub25jZQ=="),
        HIXIE_76,
        HIXIE_76.substring(0, HIXIE_76.length() - 3),
        REQUEST.substring(0, 50),
        "GET / HTTP/1.1\r\nbroken\r\n\r\n",
        "POST /form\r\n\r\nbody",
        "GE",
        "HTTP/1.1 200 OK\r\n\r\n<html>",
        FROM_CLIENT + REQUEST);
  }

  @Test
  void printsAHandshakeAndFrames() {
    assertEquals(
        """
        request                                                     bytes 0-160
            GET /chat HTTP/1.1
            Host: server.example.com
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

        response                                                    bytes 161-289
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

        accept       s3pPLMBiTxaQ9kYGzzhZRbK+xOo=   matches the key
        open     extensions: none   subprotocol: none
        frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 3         key 3d542306  bytes 290-298   "MDN"
        frame 2    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 3                       bytes 299-303   "MDN"
        """,
        screen(Detail.FRAMES, streams().get(0)));
  }

  @Test
  void printsTheResponseToHixie76() {
    String shown = screen(Detail.BITS, HIXIE_76);
    assertEquals(
        """
          ! the client uses an old protocol: draft-hixie-thewebsocketprotocol-76, also called hybi-00
              the protocol of Chrome 6 to 13, Safari 5.0.1 and 5.1, Firefox 4 (2010 to 2011)
              two keys in fields and eight bytes after the head; text frames between 00 and ff
        challenge    54 6d 5b 4b 20 54 32 75   the eight bytes after the head
        number 1     155712099   the digits of the key, divided by the number of its spaces
        number 2     173347027   the digits of the key, divided by the number of its spaces
        MD5          66 51 4a 2c 66 4e 2f 34 46 34 21 7e 4b 7e 4d 48
                     "fQJ,fN/4F4!~K~MH", the 16 bytes of the response
        """,
        shown.substring(shown.indexOf("  ! ")));
  }

  @ParameterizedTest
  @CsvSource({
    "8, 'challenge    54 6d 5b 4b 20 54 32 75   the eight bytes after the head'",
    "7, 'challenge    54 6d 5b 4b 20 54 32   of the eight bytes after the head"
        + "|✗ incomplete   at byte 202: 1 of the eight bytes after the head is missing'",
    "5, 'challenge    54 6d 5b 4b 20   of the eight bytes after the head"
        + "|✗ incomplete   at byte 200: 3 of the eight bytes after the head are missing'",
    "0, '✗ incomplete   at byte 195: 8 of the eight bytes after the head are missing'",
  })
  void printsATruncatedChallenge(int received, String expected) {
    String shown = screen(Detail.MESSAGES, HIXIE_76.substring(0, HIXIE_76.length() - 8 + received));
    String rest = shown.substring(shown.indexOf("text frames between 00 and ff\n") + 30);
    assertEquals(expected.replace('|', '\n') + "\n", rest.replaceAll("(?m)^(num|MD5|   ).*\n", ""));
  }

  @Test
  void printsTheVerdictOnATruncatedHandshake() {
    assertEquals(
        "broken   0 frames, 0 messages, 2 violations, the challenge is incomplete\n",
        screen(Detail.NONE, HIXIE_76.substring(0, HIXIE_76.length() - 8)));
    assertEquals(
        "broken   0 frames, 0 messages, 0 violations, the head is incomplete\n",
        screen(Detail.NONE, REQUEST.substring(0, 50)));
  }

  @Test
  void printsAResponseThatOpensNothing() {
    assertEquals(
        """
        response                                                    bytes 161-289
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=

          ✗ accept-wrong   RFC 6455 §4.1
              Sec-WebSocket-Accept does not match the key of the request
              found: S3pPLMBiTxaQ9kYGzzhZRbK+xOo= instead of s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
              hint: the value must be the base64 encoding of the SHA-1 of the key's text and the GUID
        failed   a client must fail the connection
        """,
        afterRequest(Detail.MESSAGES, REQUEST + RESPONSE.replace("s3pP", "S3pP")));
  }

  private static String afterRequest(Detail detail, String stream) {
    String shown = screen(detail, stream);
    return shown.substring(shown.indexOf("response"));
  }

  @Test
  void printsABodyWithoutAPreview() {
    String shown = screen(Detail.MESSAGES, 0, streams().get(3));
    assertEquals(
        """
        rejected with HTTP 403; no WebSocket opens
        body     "" … 5 bytes more
        """,
        shown.substring(shown.indexOf("rejected")));
    assertEquals(
        "fine   0 frames, 0 messages, 0 violations\n", screen(Detail.NONE, 0, streams().get(3)));
  }

  @Test
  void printsARejectionWithItsBody() {
    String shown = screen(Detail.MESSAGES, streams().get(3));
    assertEquals(
        """
        rejected with HTTP 403; no WebSocket opens
        body     "nope\\n"
        """,
        shown.substring(shown.indexOf("rejected")));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void printsTheSameHoweverSplit(String stream) {
    for (Detail detail : Detail.values()) {
      String whole = screen(detail, stream);
      for (int cut = 1; cut < stream.length(); cut++) {
        assertEquals(whole, screen(detail, stream.substring(0, cut), stream.substring(cut)));
      }
      assertEquals(whole, screen(detail, stream.split("", -1)));
    }
  }

  /** A space separates the columns, however long the number of the frame is. */
  @Test
  void separatesTheColumnsOfFramesWithLongNumbers() {
    String[] lines = screen(Detail.FRAMES, "\u0089\u0000".repeat(100_000)).split("\n", 0);
    assertEquals(
        List.of(
            "frame 9999 FIN 1  RSV 000  opcode 0x9 ping          MASK 0  length 0"
                + "                       bytes 19996-19997",
            "frame 10000 FIN 1 RSV 000  opcode 0x9 ping          MASK 0  length 0"
                + "                       bytes 19998-19999",
            "frame 100000 FIN 1 RSV 000 opcode 0x9 ping          MASK 0  length 0"
                + "                       bytes 199998-199999"),
        List.of(lines[9998], lines[9999], lines[99_999]));
  }

  private static String screen(Detail detail, String... pieces) {
    return screen(detail, 4096, pieces);
  }

  private static String screen(Detail detail, long preview, String... pieces) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true);
    LiveView view = LiveView.fixed(new ViewOptions(detail, preview, false));
    TextReport report = new TextReport(screen, view);
    MixedStreamReader reader =
        new MixedStreamReader(null, Limits.NONE, null, report.stream(new Totals()));
    for (String piece : pieces) {
      reader.feed(ByteBuffer.wrap(piece.getBytes(ISO_8859_1)));
    }
    reader.end();
    screen.flush();
    return out.toString(UTF_8);
  }
}
