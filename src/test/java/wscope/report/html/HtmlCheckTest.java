package wscope.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import wscope.report.CheckSummary;
import wscope.report.CheckedCase;
import wscope.report.CheckedStep;

class HtmlCheckTest {
  private static final long MOST = 1 << 20;
  private static final int MOST_WITHOUT_DATA = 60 * 1024;
  private static final String HOSTILE =
      "</script><script>document.title='x'</script><!--<script>&lt;\u0000\u202e\u2028\u2029";

  private final WrittenPage page = new WrittenPage();

  private HtmlCheck check(String name, long most, String... command) {
    return new HtmlCheck(
        page, new PageStart("wscope 1", List.of(command), "check"), "server", name, most);
  }

  private static CheckedCase result(String id, String outcome, String came, String command) {
    return new CheckedCase(
        id,
        "close",
        "close-code-invalid",
        "RFC 6455 §7.4",
        "must",
        outcome,
        "a Close",
        "a Close with 1002",
        came,
        null,
        "",
        command,
        5_000_000);
  }

  private static CheckSummary summary(int pass) {
    CheckSummary.GroupCount count = new CheckSummary.GroupCount("close", pass, 0, 0, 0, 0);
    return new CheckSummary(
        "server", "ws://h/", 7, List.of(count), 2, List.of("the group patience"), null);
  }

  @Test
  void thePageIsSelfContainedAndSmall() throws Exception {
    check("ws://h/", MOST).finish("");
    page.assertIsSelfContained();
    page.assertIsWhole();
    assertTrue(page.length() < MOST_WITHOUT_DATA, () -> page.length() + " bytes");
  }

  @Test
  void theLinesSayWhatTheJsonSays() throws Exception {
    HtmlCheck check = check("ws://h/", MOST, "check", "ws://h/");
    check.probe(List.of(new CheckedStep("ping", "failed", "no pong came", 0, null, "reply")));
    check.idle(List.of(new CheckedStep("idle", "noted", "still open", 0, null, "")));
    check.result(result("close/code/1000", "pass", "a Close", "wscope check --case close/code/1"));
    check.summary(summary(1), List.of());
    check.finish("the check was interrupted");
    List<JsonNode> lines = page.lines();
    assertEquals(
        List.of("report", "probe-step", "probe-step", "case", "check", "report-end"),
        lines.stream().map(line -> line.get("type").asText()).toList());
    assertEquals("server", lines.get(0).get("checked").asText());
    assertEquals("ws://h/", lines.get(0).get("name").asText());
    assertEquals("[\"check\",\"ws://h/\"]", lines.get(0).get("command").toString());
    assertEquals("reply", lines.get(1).get("hint").asText());
    assertEquals(
        "{\"type\":\"case\",\"id\":\"close/code/1000\",\"group\":\"close\","
            + "\"rule\":\"close-code-invalid\",\"citation\":\"RFC 6455 §7.4\","
            + "\"strictness\":\"must\",\"outcome\":\"pass\",\"sends\":\"a Close\","
            + "\"expected\":\"a Close with 1002\",\"came\":\"a Close\","
            + "\"command\":\"wscope check --case close/code/1\",\"micros\":5000}",
        lines.get(3).toString());
    assertEquals(2, lines.get(4).get("notRun").asInt());
    assertEquals("[\"the group patience\"]", lines.get(4).get("leftOut").toString());
    assertTrue(page.end().get("finished").asBoolean());
    assertEquals("the check was interrupted", page.end().get("reason").asText());
  }

  @Test
  void hostileTextsStayInTheirBlock() throws Exception {
    HtmlCheck check = check(HOSTILE, MOST, "check", HOSTILE);
    check.probe(List.of(new CheckedStep("handshake", "failed", HOSTILE, 0, null, HOSTILE)));
    check.result(result("close/code/1000", "fail", HOSTILE, HOSTILE));
    check.finish("");
    page.assertDataStayInTheirBlock();
    List<JsonNode> lines = page.lines();
    assertEquals(HOSTILE, lines.get(0).get("name").asText());
    assertEquals(HOSTILE, lines.get(0).get("command").get(1).asText());
    assertEquals(HOSTILE, lines.get(1).get("found").asText());
    assertEquals(HOSTILE, lines.get(2).get("came").asText());
    assertEquals(HOSTILE, lines.get(2).get("command").asText());
  }

  @Test
  void thePageIsWholeAfterEachFlush() throws Exception {
    HtmlCheck check = check("ws://h/", MOST);
    for (int i = 1; i <= 5; i++) {
      check.result(result("close/code/" + i, "pass", "a Close", "wscope check"));
      check.flush();
      assertEquals(i, page.appends());
      page.assertIsWhole();
      assertEquals(i + 2, page.lines().size());
      assertFalse(page.end().get("finished").asBoolean());
    }
  }

  @Test
  void credentialsAreHidden() throws Exception {
    String url = "ws://ann:pw@h/?token=t0ken";
    HtmlCheck check = check(url, MOST, "check", url);
    check.result(result("close/code/1000", "fail", "Set-Cookie: sid=1", "wscope connect " + url));
    check.finish("");
    assertFalse(page.text().contains("t0ken"));
    assertFalse(page.text().contains("ann:pw"));
    assertFalse(page.text().contains("sid=1"));
    assertEquals("ws://[redacted]@h/?token=[redacted]", page.lines().get(0).get("name").asText());
    assertTrue(page.end().get("redacted").has("parameter token"));
  }

  /**
   * Beyond its bound, the page has the outcome of each case, and says that its texts are absent.
   */
  @Test
  void thePageKeepsWithinItsBoundAndNoOutcomeIsLost() throws Exception {
    long most = 256 << 10;
    HtmlCheck check = check("ws://h/", most);
    String long1000 = "<".repeat(1000);
    for (int i = 0; i < 500; i++) {
      check.result(result("close/code/" + i, i % 2 == 0 ? "pass" : "fail", long1000, "wscope"));
    }
    check.summary(summary(250), List.of());
    check.finish("");
    assertTrue(page.length() <= most, () -> page.length() + " bytes");
    TreeMap<String, Integer> outcomes = new TreeMap<>();
    int shortened = 0;
    for (JsonNode line : page.lines()) {
      if (line.get("type").asText().equals("case")) {
        outcomes.merge(line.get("outcome").asText(), 1, Integer::sum);
        assertEquals(!line.has("shortened"), line.has("came"));
        shortened += line.has("shortened") ? 1 : 0;
      }
    }
    assertEquals("{fail=250, pass=250}", outcomes.toString());
    assertTrue(shortened > 400 && shortened < 500, "with texts: " + (500 - shortened));
    assertEquals(7, page.lines().get(501).get("seed").asInt());
  }
}
