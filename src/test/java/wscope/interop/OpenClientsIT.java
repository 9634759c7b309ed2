package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real clients open a WebSocket at a server without options, with the path, the query and the
 * subprotocols that they usually have. The tables in open-client.mjs and open-client.py list them.
 */
@Tag("interop")
@Timeout(30)
class OpenClientsIT {
  /** The smallest number of clients in the tables, besides those of the other tests. */
  private static final int LEAST = 30;

  @TempDir private static Path cache;
  private static InteropServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new InteropServer(cache);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> clients() throws Exception {
    List<Arguments> clients = new ArrayList<>();
    for (List<String> script : List.of(node(), python())) {
      ClientProcess.run(null, script)
          .lines()
          .forEach(name -> clients.add(Arguments.of(name, script)));
    }
    assertTrue(clients.size() >= LEAST, clients::toString);
    return clients.stream();
  }

  private static List<String> node() {
    return ClientProcess.script("open-client.mjs");
  }

  /** Debian's own Python, which has Debian's packages. */
  private static List<String> python() {
    ClientProcess.script("open-client.py");
    Tool.folder(
        Path.of("/usr/lib/python3/dist-packages/aiohttp"),
        "apt-get install python3-aiohttp python3-websocket");
    return List.of("/usr/bin/python3", "open-client.py");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("clients")
  void opens(String name, List<String> script) throws Exception {
    List<String> command = new ArrayList<>(script);
    command.addAll(List.of(name, server.url().toString()));
    assertEquals("", ClientProcess.failures(1, null, command));
    List<JsonNode> events = server.eventsUntilDisconnected(1);
    JsonNode request =
        events.stream()
            .filter(event -> event.get("type").asText().equals("handshake"))
            .findFirst()
            .orElseThrow();
    assertEquals("accepted", request.get("outcome").asText(), request::toString);
    assertEquals(0, request.get("violations").size(), request::toString);
  }
}
