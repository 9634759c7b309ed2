package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;
import wscope.interop.server.EchoServer;
import wscope.report.json.EventSchema;

/**
 * {@code wscope check} against real servers, whose scores are known (profile interop). Each run
 * checks two of them; {@code -Dcheck.scores=all} checks all, and {@code -Dcheck.scores=write}
 * writes their scores anew.
 */
@Tag("interop")
@Timeout(300)
class CheckScoresIT {
  private static final Path SCORES = ClientProcess.SCRIPTS.resolve("scores");
  private static final String WANTED = System.getProperty("check.scores", "");

  static Stream<RealServer> servers() {
    return WANTED.isEmpty()
        ? Stream.of(RealServer.WS, RealServer.WEBSOCKETS)
        : Stream.of(RealServer.values());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void serversKeepTheirScores(RealServer real) throws Exception {
    Path file = SCORES.resolve(real.product() + ".txt");
    try (EchoServer server = real.start()) {
      String url = "ws://127.0.0.1:" + server.port() + "/echo";
      Run run = Run.of("check", url, "--case-time", "5s", "--format", "json");
      List<String> found =
          EventSchema.parse(EventSchema.check(run.out())).stream()
              .filter(line -> line.path("type").asText().equals("case"))
              .filter(line -> !line.path("outcome").asText().equals("pass"))
              .map(CheckScoresIT::score)
              .filter(line -> isSteady(real, line))
              .toList();
      if (WANTED.equals("write")) {
        Files.writeString(file, String.join("\n", found) + "\n");
      }
      assertEquals(String.join("\n", known(file)), String.join("\n", found));
      assertEquals(1, run.exitCode());
    }
  }

  /** Whether each run has the same outcome. */
  private static boolean isSteady(RealServer real, String line) {
    // The end of TCP may overtake the response to a head that is too large.
    boolean head = line.contains(" limits/head/");
    // The server may end TCP before its Close, as its threads happen to run.
    boolean close = real == RealServer.JAVA_WEBSOCKET && line.contains(" close/order/");
    return !head && !close;
  }

  private static String score(JsonNode line) {
    return line.path("outcome").asText() + " " + line.path("id").asText();
  }

  private static List<String> known(Path file) throws Exception {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }
}
