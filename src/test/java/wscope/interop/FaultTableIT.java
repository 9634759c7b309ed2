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
 * Real clients react to every fault of the server. The table of each client has a row for each
 * fault, with these columns:
 *
 * <ol>
 *   <li>the fault
 *   <li>the close code that the RFC requires, "handshake" if no WebSocket may open, "choice" if the
 *       client may open it or not, or "wait" if the fault breaks no rule
 *   <li>the error that the client reports, "accepted" if none, or "waits" if it waits for more
 *   <li>the close code that the client sends, or "none"
 *   <li>only if the client deviates from the RFC: the reason
 * </ol>
 */
@Tag("interop")
class FaultTableIT {
  private static final String SEPARATOR = " | ";

  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(strings = {"ws-faults.mjs", "websockets-faults.py", "chromium-faults.mjs"})
  void aRealClientReactsAsInTheTable(String script) throws Exception {
    List<String> seen = new ArrayList<>();
    try (InteropServer server = new InteropServer(cache, "--subprotocol=chat")) {
      List<String> arguments = new ArrayList<>(List.of(server.url().toString()));
      arguments.addAll(ids());
      String output =
          ClientProcess.run(null, ClientProcess.script(script, arguments.toArray(String[]::new)));
      Map<String, String> sent = closeCodes(server.eventsUntilDisconnected(ids().size()));
      for (String line : output.lines().toList()) {
        String id = line.substring(0, line.indexOf(SEPARATOR));
        String outcome = line.substring(id.length() + SEPARATOR.length());
        seen.add(String.join(SEPARATOR, id, required(id), outcome, sent.get(id)));
      }
    }
    List<String> rows = rows(script);
    assertEquals(
        String.join("\n", rows.stream().map(row -> row.replaceFirst(" \\| but .*", "")).toList()),
        String.join("\n", seen));
  }

  /** A row has a reason if and only if the client deviates from the RFC. */
  @ParameterizedTest
  @ValueSource(strings = {"ws-faults.mjs", "websockets-faults.py", "chromium-faults.mjs"})
  void everyDeviationHasAReason(String script) throws Exception {
    for (String row : rows(script)) {
      String[] columns = row.split(" \\| ", -1);
      boolean conforms =
          switch (columns[1]) {
            case "handshake" -> columns[3].equals("none") && !columns[2].equals("accepted");
            case "choice" -> true;
            case "wait" -> columns[2].equals("waits");
            default -> columns[3].equals(columns[1]);
          };
      assertEquals(conforms ? 4 : 5, columns.length, row);
    }
  }

  private static List<String> ids() {
    return Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
  }

  private static List<String> rows(String script) throws Exception {
    return Files.readAllLines(ClientProcess.SCRIPTS.resolve(script.replaceFirst("\\..*", ".txt")));
  }

  private static String required(String id) {
    Fault fault = Objects.requireNonNull(Faults.find(Endpoint.SERVER, id));
    Rule rule = fault.rule();
    if (rule == null) {
      return "wait";
    }
    if (!rule.isError()) {
      return "choice";
    }
    return fault instanceof ResponseFault ? "handshake" : Integer.toString(rule.closeCode());
  }

  /** The close codes that the client sent, by the fault that it asked for. */
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
