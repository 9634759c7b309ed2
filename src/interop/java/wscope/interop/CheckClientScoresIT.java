package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;

/**
 * {@code wscope check --client} with real clients, whose scores are known (profile interop). The
 * property {@code check.clients=all} adds those that take minutes.
 */
@Tag("interop")
@Timeout(900)
class CheckClientScoresIT {
  private static final boolean ALL = "all".equals(System.getProperty("check.clients"));

  /** They are started once for each case. */
  @ParameterizedTest
  @CsvSource({
    "ws-echo-client.mjs, ws-client-scores.txt",
  })
  void scriptsKeepTheirScores(String script, String scores) throws IOException {
    assumeTrue(ALL, "add -Dcheck.clients=all");
    List<String> command = ClientProcess.script(script, "{url}");
    List<String> args = new ArrayList<>(List.of("check", "--client", "--format", "json"));
    args.addAll(List.of("--parallel", "2", "--case-time", "8s", "--total-time", "15m", "--"));
    args.addAll(List.of("env", "PYTHONPATH=" + ClientProcess.SCRIPTS.resolve("site-packages")));
    args.add(command.get(0));
    args.add(ClientProcess.SCRIPTS.resolve(script).toString());
    args.add("{url}");
    compare(scores, Run.of(args.toArray(String[]::new)));
  }

  @Test
  void chromiumKeepsItsScore() throws IOException {
    assumeTrue(ALL, "add -Dcheck.clients=all");
    Tool.onPath("chromium");
    compare(
        "chromium-client-scores.txt",
        Run.of("check", "--client", "--browser", "--case-time", "8s", "--format", "json"));
  }

  private static void compare(String scores, Run run) throws IOException {
    List<String> found =
        EventSchema.parse(EventSchema.check(run.out())).stream()
            .filter(line -> line.path("type").asText().equals("case"))
            .filter(line -> !line.path("outcome").asText().equals("pass"))
            .map(CheckClientScoresIT::score)
            .toList();
    // Cases that run in parallel end in any order.
    assertEquals(
        String.join("\n", known(scores).stream().sorted().toList()),
        String.join("\n", found.stream().sorted().toList()));
  }

  private static String score(JsonNode line) {
    return line.path("outcome").asText() + " " + line.path("id").asText();
  }

  private static List<String> known(String scores) throws IOException {
    return Files.readAllLines(ClientProcess.SCRIPTS.resolve(scores)).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }
}
