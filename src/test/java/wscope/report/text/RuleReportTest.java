package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class RuleReportTest {
  @Test
  void rowsHaveAnIndentInANarrowTerminal() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true, LineTimes.OFF, 60);
    new RuleReport(screen).list();
    screen.flush();
    String shown = out.toString(UTF_8);
    assertTrue(
        shown.startsWith(
            """
            The header of a frame
              ✗ client-frame-unmasked               RFC 6455 §5.1
                  close 1002
                  A frame from a client is not masked
            """),
        shown);
  }
}
