package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.check.Case;
import wscope.check.Cases;
import wscope.cli.Run;
import wscope.protocol.rule.Endpoint;
import wscope.report.json.EventSchema;

/**
 * {@code wscope check --client} with real clients, whose scores are known (profile interop). Each
 * run checks two of them, one of them in a few groups, because a command starts once for each case;
 * {@code -Dcheck.clients=all} checks all, and {@code -Dcheck.clients=write} writes their scores
 * anew.
 */
@Tag("interop")
@Timeout(900)
class CheckClientScoresIT {
  private static final Path SCORES = ClientProcess.SCRIPTS.resolve("client-scores");
  private static final String WANTED = System.getProperty("check.clients", "");
  private static final List<String> FEW = List.of("close", "sending", "fragments");

  static Stream<RealClient> clients() {
    return WANTED.isEmpty()
        ? Stream.of(RealClient.WS, RealClient.JAVA_WEBSOCKET)
        : Stream.of(RealClient.values());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void clientsKeepTheirScores(RealClient client) throws Exception {
    boolean few = WANTED.isEmpty() && client == RealClient.WS;
    List<String> options = new ArrayList<>(List.of("--case-time", "5s", "--total-time", "14m"));
    options.addAll(List.of("--format", "json"));
    if (few) {
      options.addAll(List.of("--group", String.join(",", FEW)));
    }
    Run run = client.check(options);
    List<String> found = found(client, run);
    Path file = SCORES.resolve(client.product() + ".txt");
    if (WANTED.equals("write")) {
      List<String> lines = new ArrayList<>(List.of(client.version()));
      lines.addAll(found);
      Files.write(file, lines);
    }
    List<String> known = known(file, few ? FEW : List.of());
    assertEquals(String.join("\n", known), String.join("\n", found), client::toString);
    boolean fails = found.stream().anyMatch(line -> line.matches("(fail|hang) .*"));
    assertEquals(fails ? 1 : 0, run.exitCode());
  }

  /** What does not pass, in the order of the cases: those that run in parallel end in any order. */
  private static List<String> found(RealClient client, Run run) {
    List<JsonNode> lines = EventSchema.parse(EventSchema.check(run.out()));
    assertEquals(0, lines.get(lines.size() - 1).path("notRun").asInt(-1), run.err());
    Map<String, String> outcomes = new HashMap<>();
    lines.stream()
        .filter(line -> line.path("type").asText().equals("case"))
        .filter(line -> isSteady(client, line))
        .forEach(line -> outcomes.put(line.path("id").asText(), line.path("outcome").asText()));
    return Cases.of(Endpoint.CLIENT, 1).stream()
        .map(Case::id)
        .filter(id -> !outcomes.getOrDefault(id, "pass").equals("pass"))
        .map(id -> outcomes.get(id) + " " + id)
        .toList();
  }

  /** Whether each run has the same outcome. */
  private static boolean isSteady(RealClient client, JsonNode line) {
    String came = line.path("came").asText();
    return switch (client) {
      // Its reader may end TCP before its writer has sent the Close or the last messages.
      case JAVA_WEBSOCKET ->
          line.path("group").asText().equals("handshake")
              || !(came.contains("the end of TCP (FIN)") || came.contains("a Close"));
      // It may get the Close before the program has returned a message.
      case WEBSOCKETS, CHROMIUM ->
          !line.path("group").asText().equals("sending")
              || !line.path("outcome").asText().equals("not-judgeable");
      default -> true;
    };
  }

  /** The known outcomes, after the line with the version. */
  private static List<String> known(Path file, List<String> groups) throws Exception {
    return Files.readAllLines(file).stream()
        .skip(1)
        .filter(line -> groups.isEmpty() || groups.contains(group(line)))
        .toList();
  }

  private static String group(String line) {
    return line.substring(line.indexOf(' ') + 1, line.indexOf('/'));
  }
}
