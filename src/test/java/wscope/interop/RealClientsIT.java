package wscope.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.net.tls.Identity;
import wscope.net.tls.LocalIdentity;
import wscope.support.SampleHandshake;

/**
 * Independent clients hold a conversation with the real jar, over TCP and over TLS, and see what
 * they should; the jar tells what they sent. What they need is installed as {@code .ci/run} does:
 * profile interop.
 */
@Tag("interop")
class RealClientsIT {
  /** In checks.mjs, and in every other script. */
  private static final int MESSAGES = 9;

  @TempDir private Path cache;

  @ParameterizedTest
  @CsvSource({
    "ws-client.mjs, false",
    "ws-client.mjs, true",
    "chromium-client.mjs, false",
    "chromium-client.mjs, true",
    "websockets-client.py, false",
    "websockets-client.py, true",
  })
  void script(String name, boolean tls) throws Exception {
    try (ServedJar server = ServedJar.over(tls, cache)) {
      List<String> command = Client.script(name, server.url().toString());
      if (name.startsWith("chromium")) {
        command.addAll(server.chromiumFlags());
      }
      assertEquals("", Client.failures(MESSAGES, server.pem(), command));
      assertConversation(server.untilGone(1), MESSAGES, MESSAGES, true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wscat(boolean tls) throws Exception {
    String wscat = "node_modules/wscat/bin/wscat";
    try (ServedJar server = ServedJar.over(tls, cache);
        Client client =
            new Client(
                server.pem(),
                Client.script(wscat, "-P", "--slash", "-c", server.url() + "?greet=hello"))) {
      assertEquals("hello", client.line());
      // From 1024 bytes on it compresses.
      for (String message : List.of("héllo ☃", "twice the same, ".repeat(100))) {
        client.type(message);
        assertEquals(message, withoutPrompt(client.line()));
      }
      client.type("/ping ☃");
      assertEquals("Received pong (data: \"☃\")", withoutPrompt(client.line()));
      client.type("/close 1000 bye");
      assertEquals("", withoutPrompt(client.rest()));
      assertConversation(server.untilGone(1), 2, 3, true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jdk(boolean tls) throws Exception {
    try (ServedJar server = ServedJar.over(tls, cache)) {
      JdkClient.converse(server.url(), server.pem());
      assertConversation(server.untilGone(1), MESSAGES, MESSAGES, false);
    }
  }

  /** It opens a WebSocket, but knows no frames: it shows the bytes that come. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void curl(boolean tls) throws Exception {
    Path shown = cache.resolve("shown");
    try (ServedJar server = ServedJar.over(tls, cache, "--close-timeout=100ms")) {
      List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
      command.addAll(List.of("--include", "--http1.1", "--output", shown.toString()));
      command.addAll(List.of("--header", "Connection: Upgrade", "--header", "Upgrade: websocket"));
      command.addAll(List.of("--header", "Sec-WebSocket-Version: 13"));
      command.addAll(List.of("--header", "Sec-WebSocket-Key: " + SampleHandshake.KEY));
      if (tls) {
        command.addAll(List.of("--cacert", server.pem().toString()));
      }
      command.add(server.url().toString().replaceFirst("^ws", "http") + "?greet=hello&close=1000");
      assertEquals("", Client.run(null, command));
      server.untilGone(1);
    }
    assertEquals(
        SampleHandshake.RESPONSE + "\u0081\u0005hello\u0088\u0002\u0003\u00e8",
        Files.readString(shown, ISO_8859_1));
  }

  @Test
  void certificateOfTheUser() throws Exception {
    Identity identity = LocalIdentity.in(cache).identity();
    Path certificate = cache.resolve("localhost.pem");
    String key = Base64.getMimeEncoder().encodeToString(identity.key().getEncoded());
    Path keyFile =
        Files.writeString(
            cache.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    try (ServedJar server =
        new ServedJar(cache, "--tls-cert=" + certificate, "--tls-key=" + keyFile)) {
      String url = server.url().toString();
      assertEquals("", Client.failures(MESSAGES, certificate, Client.script("ws-client.mjs", url)));
      assertConversation(server.untilGone(1), MESSAGES, MESSAGES, true);
    }
  }

  private static String withoutPrompt(String line) {
    return line.replaceFirst("^(> )+", "");
  }

  /** A conversation without a fault that the client closed with "bye". */
  private static void assertConversation(
      List<JsonNode> events, int received, int sent, boolean compressed) {
    JsonNode gone = events.get(events.size() - 1);
    assertEquals("client", gone.get("initiator").asText());
    assertTrue(gone.get("clean").asBoolean(), gone::toString);
    assertEquals(1000, gone.get("received").get("code").asInt());
    assertEquals("bye", gone.get("received").get("reason").asText());
    assertEquals(received, gone.get("messagesReceived").asInt());
    assertEquals(sent, gone.get("messagesSent").asInt());
    for (String way : List.of("Received", "Sent")) {
      long saved = gone.get("bytes" + way).asLong() - gone.get("wireBytes" + way).asLong();
      assertEquals(compressed, saved > 0, gone::toString);
    }
    for (JsonNode event : events) {
      assertFalse(event.get("type").asText().equals("violation"), event::toString);
    }
    assertEquals(compressed, events.stream().anyMatch(event -> event.has("deflate")));
    for (String sender : List.of("client", "server")) {
      assertEquals(compressed, events.stream().anyMatch(event -> isCompressed(event, sender)));
    }
  }

  private static boolean isCompressed(JsonNode event, String sender) {
    return event.has("compression") && event.get("sender").asText().equals(sender);
  }
}
