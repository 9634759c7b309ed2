package wscope.report.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import wscope.cli.Run;
import wscope.protocol.handshake.AcceptCause;
import wscope.protocol.handshake.AcceptMistake;
import wscope.report.json.EventSchema;

/** The words for the mistakes behind a wrong accept value. */
class AcceptCauseReportTest {
  /** The value is that of accept-causes.csv: the GUID in lower case, base64 of hexadecimal. */
  private static final String EXCHANGE =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r
      Sec-WebSocket-Version: 13\r
      \r
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: OGEzY2Q2YjNhMTNhMWZhOTMxNWRiODgyYjdmZWExM2JiOWFiZjdiOA==\r
      \r
      """;

  @Test
  void decodeShowsTheCause() {
    Run run = Run.reading(EXCHANGE, "decode");
    assertEquals(1, run.exitCode());
    assertTrue(
        run.out()
            .endsWith(
                """
                      hint: the value must be the base64 encoding of the SHA-1 of the key's text and the GUID
                      cause: the server hashed the GUID in lower case, and the server encoded the hexadecimal text of the hash in base64
                      check: the constant of the GUID; it is "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
                      check: the line that encodes the hash; take the 20 bytes of the hash (digest, not hexdigest)
                failed   a client must fail the connection
                """),
        run.out());
  }

  @Test
  void jsonHasTheIds() {
    String json = Run.reading(EXCHANGE, "decode", "--format", "json").out();
    EventSchema.check(json);
    assertTrue(json.contains(",\"mistakes\":[\"guid-in-lower-case\",\"base64-of-hex\"],"), json);
  }

  /** Each mistake has its own words, and one line of advice. */
  @Test
  void everyMistakeHasItsWords() {
    Set<String> causes = new HashSet<>();
    for (AcceptMistake mistake : AcceptMistake.values()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Screen screen = new Screen(out, false, true);
      AcceptCauseReport.show(
          screen, new AcceptCause(List.of(new AcceptCause.Step(mistake, "DETAIL"))));
      screen.flush();
      String[] lines = out.toString(StandardCharsets.UTF_8).split("\n", -1);
      assertEquals(3, lines.length);
      assertTrue(lines[0].startsWith("      cause: "), lines[0]);
      assertTrue(lines[1].startsWith("      check: "), lines[1]);
      assertTrue(causes.add(lines[0]), lines[0]);
    }
  }
}
