package wscope.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.report.Advice;
import wscope.report.Redaction;
import wscope.report.Totals;
import wscope.report.html.HtmlReport;
import wscope.report.html.PageStart;

/** The pages of {@code --html} in Chromium, opened from disk (profile interop). */
@Tag("interop")
class ReportPageIT {
  private static final int MANY = 100_000;
  private static final int CUTS = 12;

  /** What must do nothing; page-report.mjs looks for each. */
  private static final List<String> HOSTILE =
      List.of(
          "</script><script>document.title='owned'</script>",
          "<img src=x onerror=\"document.title='owned'\"><b id=bold>",
          "<!--<script>",
          "]]>&lt;i id=italic&gt;",
          "left \u202egnihton\u202c right \u2066x\u2069 \u0000\u001b[31m",
          "{\"__proto__\":{\"x\":1},\"constructor\":\"<b id=bold>\"}",
          "\u2028\u2029${alert(1)}`",
          "\n".repeat(60_000));

  @TempDir private Path folder;

  @Test
  void thePageWorksInChromium() throws Exception {
    byte[] hostile = write("hostile.html", hostileFrames());
    write("many.html", manyFrames());
    Random random = new Random(20);
    int data = new String(hostile, ISO_8859_1).indexOf("id=\"lines\">") + 20;
    for (int i = 0; i < CUTS; i++) {
      // The first cut is inside the line that describes the page.
      int end = data + (i == 0 ? 30 : random.nextInt(hostile.length - data - 40));
      Files.write(folder.resolve("cut-" + i + ".html"), Arrays.copyOf(hostile, end));
    }
    List<String> client = ClientProcess.script("page-report.mjs", folder.toString());
    assertEquals("", ClientProcess.failures(40, null, client));
  }

  private byte[] write(String name, byte[][] input) throws IOException {
    Path file = folder.resolve(name);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int[] tail = {0};
      HtmlReport report =
          new HtmlReport(
              (bytes, length, newTail) -> {
                try {
                  channel.position(channel.size() - tail[0]);
                  channel.write(ByteBuffer.wrap(bytes, 0, length));
                  tail[0] = newTail;
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              new PageStart("wscope 1", List.of("decode", HOSTILE.get(0)), "decode"),
              new Redaction(Redaction.Style.MARK, List.of()),
              100 << 20,
              Advice.NONE,
              InstantSource.fixed(Instant.EPOCH));
      MixedStreamReader reader =
          new MixedStreamReader(null, Limits.NONE, null, report.stream(new Totals()));
      for (byte[] part : input) {
        reader.feed(ByteBuffer.wrap(part));
      }
      reader.end();
      report.finish();
    }
    return Files.readAllBytes(file);
  }

  private static byte[][] hostileFrames() {
    byte[][] input = new byte[HOSTILE.size() + 1][];
    String head =
        """
        GET /<script>document.title='owned'</script> HTTP/1.1
        Host: "><img/src=x>
        Upgrade: websocket
        Connection: Upgrade
        X-<b>: <b id=bold>é
        Cookie: hidden=value
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13

        """;
    input[0] = head.replace("\n", "\r\n").getBytes(UTF_8);
    for (int i = 0; i < HOSTILE.size(); i++) {
      input[i + 1] = frame(HOSTILE.get(i).getBytes(UTF_8));
    }
    return input;
  }

  private static byte[][] manyFrames() {
    byte[][] input = new byte[MANY][];
    for (int i = 0; i < MANY; i++) {
      input[i] = frame(("message " + (i + 1)).getBytes(UTF_8));
    }
    return input;
  }

  /** A text frame of a server. */
  private static byte[] frame(byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(payload.length + 4).put((byte) 0x81);
    if (payload.length < 126) {
      bytes.put((byte) payload.length);
    } else {
      bytes.put((byte) 126).putShort((short) payload.length);
    }
    bytes.put(payload).flip();
    byte[] frame = new byte[bytes.remaining()];
    bytes.get(frame);
    return frame;
  }
}
