package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.report.text.Screen;
import wscope.report.text.Style;

/** Which lines are passed on, and when. */
class WholeLinesTest {
  private final List<String> passed = new ArrayList<>();
  private final WholeLines lines = new WholeLines(passed::add);

  @Test
  void passesAllLinesTogetherAtAFlush() {
    Screen screen = new Screen(lines, true, true);
    screen.text("✗ one", Style.ERROR).endLine();
    screen.text("two").endLine();
    assertEquals(List.of(), passed);
    screen.flush();
    assertEquals(List.of("\u001b[1;97;41m✗ one\u001b[0m\ntwo\n"), passed);
    screen.flush();
    assertEquals(1, passed.size(), "no line twice");
  }

  @Test
  void keepsAnIncompleteLine() {
    write("one\nt");
    lines.flush();
    assertEquals(List.of("one\n"), passed);
    write("w");
    lines.flush();
    assertEquals(List.of("one\n"), passed);
    write("o");
    lines.write('\n');
    lines.flush();
    assertEquals(List.of("one\n", "two\n"), passed);
  }

  @Test
  void passesManyLinesBeforeAFlush() {
    String most = "1234567\n".repeat((64 << 10) / 8 - 1);
    write(most);
    write("123456");
    assertEquals(List.of(), passed);
    write("7890");
    assertEquals(List.of(), passed, "no further line is complete");
    write("1\n2");
    assertEquals(List.of(most + "12345678901\n"), passed);
    lines.flush();
    assertEquals(1, passed.size());
  }

  @Test
  void countsAndDropsLinesWhileHeld() {
    write("one\n");
    lines.hold();
    assertEquals(List.of("one\n"), passed);
    write("two\nthree\n");
    lines.flush();
    write("four\nfi");
    assertEquals(3, lines.release());
    write("ve\n");
    lines.flush();
    assertEquals(List.of("one\n", "five\n"), passed);
    lines.hold();
    assertEquals(0, lines.release());
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    lines.write(bytes, 0, bytes.length);
  }
}
