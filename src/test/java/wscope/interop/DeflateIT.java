package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * permessage-deflate with real clients, in place of groups 12 and 13 of Autobahn. The server
 * accepts everything that the clients can offer; every message is compressed in both directions,
 * and its echo is identical.
 */
@Tag("interop")
class DeflateIT {
  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource({"ws-deflate.mjs, 376", "websockets-deflate.py, 333"})
  void echoesWithEveryCombinationOfParameters(String script, int connections) throws Exception {
    try (InteropServer server = new InteropServer(cache)) {
      assertEquals(
          "",
          ClientProcess.failures(
              connections, null, ClientProcess.script(script, server.url().toString())));
      List<JsonNode> events = server.eventsUntilDisconnected(connections);
      Map<Integer, JsonNode> agreed = new HashMap<>();
      Set<JsonNode> parameters = new HashSet<>();
      for (JsonNode event : events) {
        if (event.has("deflate")) {
          agreed.put(event.get("connection").asInt(), event.get("deflate"));
          parameters.add(event.get("deflate"));
        } else if (event.get("type").asText().equals("message")) {
          assertCompressed(
              event, Objects.requireNonNull(agreed.get(event.get("connection").asInt())));
        } else {
          assertTrue(!event.get("type").asText().equals("violation"), event::toString);
        }
      }
      assertEquals(connections, agreed.size());
      assertTrue(parameters.size() >= 2 * 2 * 8 * 7, () -> parameters.size() + " combinations");
    }
  }

  private static void assertCompressed(JsonNode message, JsonNode agreed) {
    String sender = message.get("sender").asText();
    JsonNode compression = message.get("compression");
    assertTrue(compression != null, message::toString);
    assertEquals(agreed.get(sender + "MaxWindowBits"), compression.get("windowBits"));
    assertEquals(
        !agreed.get(sender + "NoContextTakeover").asBoolean(),
        compression.get("contextTakeover").asBoolean());
  }
}
