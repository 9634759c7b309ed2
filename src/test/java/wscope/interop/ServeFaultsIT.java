package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** {@code wscope connect} finds every fault of {@code wscope serve}, by the rule that it breaks. */
@Tag("interop")
@Timeout(30)
class ServeFaultsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The offers of permessage-deflate for faults that do not show with the usual offer. */
  private static final Map<String, String> OFFERS =
      Map.of(
          "deflate-parameter-not-offered", "server_no_context_takeover",
          "deflate-client-window-raised", "client_max_window_bits=10",
          "deflate-offer-ignored", "server_no_context_takeover");

  @TempDir private static Path cache;
  private static InteropServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new InteropServer(cache, "--subprotocol=chat");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Fault> faults() {
    return Faults.of(Endpoint.SERVER).stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void findsTheFault(Fault fault) throws Exception {
    String offer = OFFERS.getOrDefault(fault.id(), "client_max_window_bits");
    Run run =
        Run.of(
            "connect",
            server.url() + "?fault=" + fault.id(),
            "--subprotocol=chat",
            "--deflate=" + offer,
            "--send=hello",
            "--send=hello",
            "--count=2",
            "--for=300ms",
            "--close-timeout=300ms",
            "--format=json");
    Rule rule = fault.rule();
    List<String> broken = rule == null ? List.of() : List.of(rule.id());
    assertEquals(broken, List.copyOf(rules(run.out())), run.out());
    assertEquals(exitCode(fault), run.exitCode(), run.out());
  }

  private static int exitCode(Fault fault) {
    return switch (fault.id()) {
      // No WebSocket is there.
      case "status-line-malformed" -> 4;
      // Without an answer to the Close, and with a code that is not of a normal end.
      case "frame-unfinished", "close-code-only-for-clients" -> 5;
      default -> fault.rule() != null && fault.rule().isError() ? 1 : 0;
    };
  }

  /** The rules that the server broke, each once. */
  private static Set<String> rules(String events) throws Exception {
    Set<String> rules = new LinkedHashSet<>();
    for (String line : events.lines().toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.get("type").asText().equals("violation")) {
        rules.add(event.get("rule").asText());
      }
    }
    return rules;
  }
}
