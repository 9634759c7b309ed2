package wscope.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.process.Stdio;

class ProgressTest {
  /** A line that fills the terminal would wrap, and the next one could not replace it. */
  @ParameterizedTest
  @CsvSource({"0, 72", "200, 72", "73, 72", "60, 59", "2, 1", "1, 0"})
  void fitsIntoTheTerminal(int terminal, int columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Stdio stdio =
        new Stdio(InputStream.nullInputStream(), out, out, false, true, true, true, terminal);
    Progress progress = new Progress(stdio, true);
    progress.show("case".repeat(50));
    assertEquals("\r" + "case".repeat(50).substring(0, columns), out.toString(UTF_8));
    out.reset();
    progress.clear();
    assertEquals("\r" + " ".repeat(columns) + "\r", out.toString(UTF_8));
  }
}
