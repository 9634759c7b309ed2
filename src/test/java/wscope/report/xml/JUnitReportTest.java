package wscope.report.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import wscope.report.CheckedCase;

class JUnitReportTest {
  private static CheckedCase result(String id, String outcome, String came) {
    return new CheckedCase(
        id,
        id.substring(0, id.indexOf('/')),
        "reserved-opcode",
        "RFC 6455 §5.2",
        "must",
        outcome,
        "a frame with opcode 0x3",
        "a Close with 1002",
        came,
        null,
        "",
        "wscope check ws://localhost:8080/ --case " + id,
        1_234_567_890);
  }

  @Test
  void writesASuiteForEachGroup() {
    String xml =
        JUnitReport.of(
            "ws://localhost:8080/?a=1&b=2",
            List.of(
                result("framing/a", "pass", "a Close with 1002"),
                result("framing/b", "hang", "nothing"),
                result("close/c", "not-judgeable", "\"<&>\u001b\u202e§\""),
                result("framing/d", "lenient", "a pong")));
    assertEquals(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="ws://localhost:8080/?a=1&amp;b=2">
          <testsuite name="framing" tests="3" failures="1" errors="0" skipped="0">
            <testcase classname="framing" name="framing/a" time="1.234"/>
            <testcase classname="framing" name="framing/b" time="1.234">
              <failure type="hang" message="expected a Close with 1002; came: nothing">\
        sent: a frame with opcode 0x3&#10;see: RFC 6455 &#167;5.2&#10;\
        again: wscope check ws://localhost:8080/ --case framing/b</failure>
            </testcase>
            <testcase classname="framing" name="framing/d" time="1.234"/>
          </testsuite>
          <testsuite name="close" tests="1" failures="0" errors="0" skipped="1">
            <testcase classname="close" name="close/c" time="1.234">
              <skipped message="&quot;&lt;&amp;&gt;??&#167;&quot;"/>
            </testcase>
          </testsuite>
        </testsuites>
        """,
        xml);
  }

  /** An XML parser reads any text that a server may have sent. */
  @Test
  void isWellFormedForAnyText() throws Exception {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0x300; c++) {
      all.append(c);
    }
    String xml = JUnitReport.of("ws://x/", List.of(result("close/c", "fail", all + "\ud800]]>")));
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(bytes));
    assertEquals(1, document.getElementsByTagName("failure").getLength());
  }
}
