package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadWrapTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Host: localhost:8080 | Host: localhost:8080",
        // After a separator of lists in the second half of a line.
        "Cookie: session=abcdef0123; theme=dark; id=1 | Cookie: session=abcdef0123; \\/    theme=dark; id=1",
        "Accept-Encoding: gzip, deflate, br, zstd | Accept-Encoding: gzip, \\/    deflate, br, zstd",
        "GET /?room=lobby&user=someone&id=7 HTTP/1.1 | GET /?room=lobby&\\/    user=someone&id=7 HTTP/1.1",
        // Otherwise after a space, if the word then fits.
        "User-Agent: Mozilla/5.0 Gecko/20100101 | User-Agent: Mozilla/5.0 \\/    Gecko/20100101",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ== | Sec-WebSocket-Key: \\/    dGhlIHNhbXBsZSBub25jZQ==",
        // Otherwise anywhere.
        "GET /0123456789012345678901234567890123456789 HTTP/1.1 | GET /012345678901234567890123\\/    4567890123456789 HTTP/1.1",
        // But not after a backslash.
        "GET /012345678901234567890\\\\\\\\345678901234 HTTP/1.1 | GET /012345678901234567890\\/    \\\\\\\\345678901234 HTTP/1.1",
      })
  void breaksWhereAReaderWould(String line, String expected) {
    assertEquals(expected.replace("\\/    ", "\\\n    "), shown(line, 30));
    assertEquals(line, shown(line, 0));
  }

  /** What was broken can be joined again, and no line is longer than the terminal. */
  @Test
  void losesNothing() {
    Random random = new Random(1);
    String characters = "abcdefghij;, &=\\/é€";
    for (int i = 0; i < 2000; i++) {
      StringBuilder built = new StringBuilder("X: ");
      for (int length = random.nextInt(200); length > 0; length--) {
        built.append(characters.charAt(random.nextInt(characters.length())));
      }
      // A backslash is shown as two.
      String line = built.toString().replace("\\", "\\\\");
      int columns = 24 + random.nextInt(100);
      List<String> lines = shown(line, columns).lines().toList();
      assertEquals(line, String.join("\n", lines).replace("\\\n    ", ""), () -> "at " + columns);
      assertTrue(lines.stream().allMatch(each -> each.length() <= columns), lines.toString());
    }
  }

  private static String shown(String line, int columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true, LineTimes.OFF, columns);
    screen.head();
    line.codePoints().forEach(screen::codePoint);
    screen.endLine();
    screen.flush();
    String shown = out.toString(UTF_8);
    return shown.substring(0, shown.length() - 1);
  }
}
