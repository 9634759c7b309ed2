package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.ResponseFault;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Every fault of the server is one for real clients too: each table has a row for each fault, and
 * in it what the client says and the close code that it sends.
 *
 * <p>The columns: the fault; the close code that the RFC asks of the receiver, or "handshake" where
 * no WebSocket may open, or "wait" where no rule is broken; what the client says, "taken" if
 * nothing, "waits" if it waits; the close code that it sends, "none" if it does not; and, where it
 * does not do what the RFC asks, why.
 */
@Tag("interop")
class FaultTableIT {
  private static final String BESIDE = " | ";

  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"ws-faults.mjs", "websockets-faults.py"})
  void aRealClientSeesEachFault(String script) throws Exception {
    List<String> seen = new ArrayList<>();
    try (ServedJar server = new ServedJar(cache, "--subprotocol=chat")) {
      List<String> arguments = new ArrayList<>(List.of(server.url().toString()));
      arguments.addAll(ids());
      String said = Client.run(null, Client.script(script, arguments.toArray(String[]::new)));
      Map<String, String> sent = closeCodes(server.untilGone(ids().size()));
      for (String line : said.lines().toList()) {
        String id = line.substring(0, line.indexOf(BESIDE));
        String outcome = line.substring(id.length() + BESIDE.length());
        seen.add(String.join(BESIDE, id, asked(id), outcome, sent.get(id)));
      }
    }
    List<String> rows = rows(script);
    assertEquals(
        String.join("\n", rows.stream().map(row -> row.replaceFirst(" \\| but .*", "")).toList()),
        String.join("\n", seen));
  }

  /** What a client does otherwise is explained, and only that. */
  @ParameterizedTest
  @ValueSource(strings = {"ws-faults.mjs", "websockets-faults.py"})
  void aDeviationIsExplained(String script) throws Exception {
    for (String row : rows(script)) {
      String[] columns = row.split(" \\| ", -1);
      boolean asAsked =
          switch (columns[1]) {
            case "handshake" -> columns[3].equals("none") && !columns[2].equals("taken");
            case "wait" -> columns[2].equals("waits");
            default -> columns[3].equals(columns[1]);
          };
      assertEquals(asAsked ? 4 : 5, columns.length, row);
    }
  }

  private static List<String> ids() {
    return Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
  }

  private static List<String> rows(String script) throws Exception {
    return Files.readAllLines(Client.SCRIPTS.resolve(script.replaceFirst("\\..*", ".txt")));
  }

  private static String asked(String id) {
    Fault fault = Objects.requireNonNull(Faults.find(Endpoint.SERVER, id));
    Rule rule = fault.rule();
    if (rule == null) {
      return "wait";
    }
    return fault instanceof ResponseFault ? "handshake" : Integer.toString(rule.closeCode());
  }

  /** The codes that a client sent, by the fault that it had asked for. */
  private static Map<String, String> closeCodes(List<JsonNode> events) {
    Map<Integer, String> faults = new LinkedHashMap<>();
    Map<String, String> codes = new LinkedHashMap<>();
    for (JsonNode event : events) {
      int connection = event.get("connection").asInt();
      if (event.has("target")) {
        faults.put(connection, event.get("target").asText().replace("/?fault=", ""));
      } else if (event.get("type").asText().equals("disconnected")) {
        JsonNode received = event.get("received");
        String code = received == null ? "none" : received.get("code").asText();
        codes.put(Objects.requireNonNull(faults.get(connection)), code);
      }
    }
    return codes;
  }
}
