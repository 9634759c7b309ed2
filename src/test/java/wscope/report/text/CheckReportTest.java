package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.report.CheckSummary;
import wscope.report.CheckSummary.GroupCount;

/** The table of the groups fits into a terminal of 80 columns, and into a narrow one. */
class CheckReportTest {
  private static String table(int columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckReport report = new CheckReport(new Screen(out, false, true, LineTimes.OFF, columns));
    GroupCount handshake = new GroupCount("handshake", 100, 20, 30, 8, 2);
    report.summary(
        new CheckSummary("server", "ws://a/", 1, List.of(handshake), 0, List.of(), null),
        List.of());
    report.flush();
    return out.toString(UTF_8);
  }

  @Test
  void fitsInto80Columns() {
    String shown =
        """
        group      cases  pass  lenient  fail  hang  not judgeable
        handshake  160    100   20       30    8     2              #############~~?xxxx

        seed: 1
        """;
    assertEquals(shown, table(80));
    assertEquals(shown, table(0));
    assertEquals(80, shown.lines().skip(1).findFirst().orElseThrow().length());
  }

  @Test
  void hasNoBarInANarrowTerminal() {
    assertEquals(
        """
        group      cases  pass  lenient  fail  hang  not judgeable
        handshake  160    100   20       30    8     2

        seed: 1
        """,
        table(60));
  }
}
