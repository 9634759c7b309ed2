package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.cli.process.Stdio;

/** What wscope shows on a narrow terminal can be pasted, and is then what it was. */
class WrappedScreenTest {
  private static final String TEXT =
      """
      GET /a/long/path?token=eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9&user=someone HTTP/1.1
      Host: 127.0.0.1:8080
      Upgrade: websocket
      Connection: Upgrade
      Cookie: session=abcdef0123456789; theme=dark; language=en-GB; consent=all
      User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      HTTP/1.1 101 Switching Protocols
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

      """;

  @ParameterizedTest
  @ValueSource(ints = {30, 37, 44, 51, 58, 60, 72, 80, 120, 200})
  void isReadBack(int columns) {
    String wide = shown(TEXT, 0);
    String narrow = shown(TEXT, columns);
    assertTrue(
        narrow
            .lines()
            .filter(line -> line.startsWith("    "))
            .allMatch(line -> line.length() <= columns),
        narrow);
    assertEquals(wide, shown(narrow, 0));
  }

  @Test
  void aRowOfACaptureHasAnIndent() throws IOException {
    String har = Files.readString(Path.of("src", "test", "resources", "logs", "chrome.har"));
    assertEquals(
        """
        #1 → localhost:8087 /chat?greet=hi 101 5 messages, its end
            is unknown
        """,
        shown(har, 60, "--detail", "none"));
  }

  private static String shown(String input, int columns) {
    return shown(input, columns, "-d", "frames");
  }

  private static String shown(String input, int columns, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio stdio =
        new Stdio(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            out,
            new ByteArrayOutputStream(),
            false,
            columns > 0,
            true,
            false,
            columns);
    String[] command =
        Stream.concat(Stream.of("decode"), Stream.of(options)).toArray(String[]::new);
    assertEquals(0, Run.on(stdio, command));
    return out.toString(UTF_8);
  }
}
