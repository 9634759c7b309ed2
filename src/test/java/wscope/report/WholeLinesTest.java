package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.report.text.Screen;
import wscope.report.text.Style;

/** What a console or a page is handed. */
class WholeLinesTest {
  private final List<String> handed = new ArrayList<>();
  private final WholeLines lines = new WholeLines(handed::add);

  @Test
  void aFlushHandsAllLinesOnAtOnce() {
    Screen screen = new Screen(lines, true, true);
    screen.text("✗ one", Style.ERROR).endLine();
    screen.text("two").endLine();
    assertEquals(List.of(), handed);
    screen.flush();
    assertEquals(List.of("\u001b[1;31m✗ one\u001b[0m\ntwo\n"), handed);
    screen.flush();
    assertEquals(1, handed.size(), "nothing twice");
  }

  @Test
  void aLineThatIsNotWholeStays() {
    write("one\nt");
    lines.flush();
    assertEquals(List.of("one\n"), handed);
    write("w");
    lines.flush();
    assertEquals(List.of("one\n"), handed);
    write("o");
    lines.write('\n');
    lines.flush();
    assertEquals(List.of("one\n", "two\n"), handed);
  }

  @Test
  void manyLinesDoNotWaitForAFlush() {
    String most = "1234567\n".repeat((64 << 10) / 8 - 1);
    write(most);
    write("123456");
    assertEquals(List.of(), handed);
    write("7890");
    assertEquals(List.of(), handed, "no line is whole now that was not before");
    write("1\n2");
    assertEquals(List.of(most + "12345678901\n"), handed);
    lines.flush();
    assertEquals(1, handed.size());
  }

  @Test
  void linesThatAreHeldAreCountedAndLeftOut() {
    write("one\n");
    lines.hold();
    assertEquals(List.of("one\n"), handed);
    write("two\nthree\n");
    lines.flush();
    write("four\nfi");
    assertEquals(3, lines.release());
    write("ve\n");
    lines.flush();
    assertEquals(List.of("one\n", "five\n"), handed);
    lines.hold();
    assertEquals(0, lines.release());
  }

  private void write(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    lines.write(bytes, 0, bytes.length);
  }
}
