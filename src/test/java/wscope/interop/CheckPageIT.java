package wscope.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import wscope.report.CheckSummary;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;
import wscope.report.html.HtmlCheck;
import wscope.report.html.PageFile;
import wscope.report.html.PageStart;

/** The pages of {@code check --html} in Chromium, opened from disk (profile interop). */
@Tag("interop")
class CheckPageIT {
  private static final int EACH = 40;
  private static final int CUTS = 6;
  private static final String[] OUTCOMES = {"pass", "fail", "hang", "lenient", "not-judgeable"};

  /** What must do nothing; page-check.mjs looks for it. */
  private static final String HOSTILE =
      "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
          + "<b id=bold>left \u202enihton\u202c \u0000\u001b[31m \u2028\u2029";

  @TempDir private Path folder;

  @Test
  void thePageWorksInChromium() throws Exception {
    write("failing", HOSTILE, EACH, OUTCOMES);
    byte[] fine = write("fine", "the server sent a Close", EACH, "pass");
    write("probe", "nothing listens there", 0);
    int data = new String(fine, ISO_8859_1).indexOf("id=\"lines\">");
    for (int i = 0; i < CUTS; i++) {
      // The first cut is inside the line that describes the page.
      int end = data + 40 + i * (fine.length - data - 200) / CUTS;
      Files.write(folder.resolve("cut-" + i + ".html"), Arrays.copyOf(fine, end));
    }
    List<String> client = ClientProcess.script("page-check.mjs", folder.toString());
    assertEquals("", ClientProcess.failures(35, null, client));
  }

  private byte[] write(String name, String text, int each, String... outcomes) throws IOException {
    Path file = folder.resolve(name + ".html");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PageStart start = new PageStart("wscope 1", List.of("check", text), "check");
      HtmlCheck check = new HtmlCheck(inPlace(channel), start, "server", text, 100 << 20);
      String state = outcomes.length == 0 ? "failed" : "done";
      check.probe(List.of(new CheckedStep("TCP", state, text, 1_500_000, null, text)));
      for (int i = 0; i < each; i++) {
        for (String outcome : outcomes) {
          check.result(result(outcome, i, text));
        }
        check.flush();
      }
      if (each > 0) {
        List<CheckSummary.GroupCount> none = List.of();
        List<String> leftOut = List.of("the group patience (--all)");
        check.summary(new CheckSummary("server", text, 1, none, 0, leftOut, null), List.of());
      }
      check.finish(each > 0 ? "" : "the probe failed");
    }
    return Files.readAllBytes(file);
  }

  private static CheckedCase result(String outcome, int number, String text) {
    return new CheckedCase(
        (number % 2 == 0 ? "close/" : "framing/") + outcome + "/" + number,
        number % 2 == 0 ? "close" : "framing",
        "close-code-invalid",
        "RFC 6455 §7.4",
        "must",
        outcome,
        text,
        "a Close with 1002",
        text,
        number % 4 == 0 ? "server-frame-masked" : null,
        "the line that writes a Close",
        "wscope check " + text,
        2_500_000);
  }

  private static PageFile inPlace(FileChannel channel) {
    int[] tail = {0};
    return (bytes, length, newTail) -> {
      try {
        channel.position(channel.size() - tail[0]);
        channel.write(ByteBuffer.wrap(bytes, 0, length));
        tail[0] = newTail;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
