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
 * Independent clients exchange messages with the real jar, without and with TLS. Both the clients
 * and the events of the jar show the expected messages (profile interop). {@code .ci/run} installs
 * the clients.
 */
@Tag("interop")
class RealClientsIT {
  /** The number of messages in checks.mjs and in the other scripts. */
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
  void scriptsEcho(String name, boolean tls) throws Exception {
    try (InteropServer server = InteropServer.over(tls, cache)) {
      List<String> command = ClientProcess.script(name, server.url().toString());
      if (name.startsWith("chromium")) {
        command.addAll(server.chromiumFlags());
      }
      assertEquals("", ClientProcess.failures(MESSAGES, server.pem(), command));
      assertConversation(server.eventsUntilDisconnected(1), MESSAGES, MESSAGES, true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wscatEchoes(boolean tls) throws Exception {
    String wscat = "node_modules/wscat/bin/wscat";
    try (InteropServer server = InteropServer.over(tls, cache);
        ClientProcess client =
            new ClientProcess(
                server.pem(),
                ClientProcess.script(
                    wscat, "-P", "--slash", "-c", server.url() + "?greet=hello"))) {
      assertEquals("hello", client.line());
      // wscat compresses messages of 1024 bytes or more.
      for (String message : List.of("héllo ☃", "twice the same, ".repeat(100))) {
        client.type(message);
        assertEquals(message, withoutPrompt(client.line()));
      }
      client.type("/ping ☃");
      assertEquals("Received pong (data: \"☃\")", withoutPrompt(client.line()));
      client.type("/close 1000 bye");
      assertEquals("", withoutPrompt(client.rest()));
      assertConversation(server.eventsUntilDisconnected(1), 2, 3, true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theJdkEchoes(boolean tls) throws Exception {
    try (InteropServer server = InteropServer.over(tls, cache)) {
      JdkClient.check(server.url(), server.pem());
      assertConversation(server.eventsUntilDisconnected(1), MESSAGES, MESSAGES, false);
    }
  }

  /** curl opens a WebSocket and prints the bytes of the frames. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void curlReceivesFrames(boolean tls) throws Exception {
    Path shown = cache.resolve("shown");
    try (InteropServer server = InteropServer.over(tls, cache, "--close-timeout=100ms")) {
      List<String> command = new ArrayList<>(List.of("curl", "--silent", "--show-error"));
      command.addAll(List.of("--include", "--http1.1", "--output", shown.toString()));
      command.addAll(List.of("--header", "Connection: Upgrade", "--header", "Upgrade: websocket"));
      command.addAll(List.of("--header", "Sec-WebSocket-Version: 13"));
      command.addAll(List.of("--header", "Sec-WebSocket-Key: " + SampleHandshake.KEY));
      if (tls) {
        command.addAll(List.of("--cacert", server.pem().toString()));
      }
      command.add(server.url().toString().replaceFirst("^ws", "http") + "?greet=hello&close=1000");
      assertEquals("", ClientProcess.run(null, command));
      server.eventsUntilDisconnected(1);
    }
    assertEquals(
        SampleHandshake.RESPONSE + "\u0081\u0005hello\u0088\u0002\u0003\u00e8",
        Files.readString(shown, ISO_8859_1));
  }

  @Test
  void usesTheCertificateOfTheUser() throws Exception {
    Identity identity = LocalIdentity.in(cache, () -> {}).identity();
    Path certificate = cache.resolve("localhost.pem");
    String key = Base64.getMimeEncoder().encodeToString(identity.key().getEncoded());
    Path keyFile =
        Files.writeString(
            cache.resolve("key.pem"),
            "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    try (InteropServer server =
        new InteropServer(cache, "--tls-cert=" + certificate, "--tls-key=" + keyFile)) {
      String url = server.url().toString();
      assertEquals(
          "",
          ClientProcess.failures(
              MESSAGES, certificate, ClientProcess.script("ws-client.mjs", url)));
      assertConversation(server.eventsUntilDisconnected(1), MESSAGES, MESSAGES, true);
    }
  }

  private static String withoutPrompt(String line) {
    return line.replaceFirst("^(> )+", "");
  }

  /** Checks a conversation without violations that the client closed with "bye". */
  private static void assertConversation(
      List<JsonNode> events, int received, int sent, boolean compressed) {
    JsonNode disconnected = events.get(events.size() - 1);
    assertEquals("client", disconnected.get("initiator").asText());
    assertTrue(disconnected.get("clean").asBoolean(), disconnected::toString);
    assertEquals(1000, disconnected.get("received").get("code").asInt());
    assertEquals("bye", disconnected.get("received").get("reason").asText());
    assertEquals(received, disconnected.get("messagesReceived").asInt());
    assertEquals(sent, disconnected.get("messagesSent").asInt());
    for (String direction : List.of("Received", "Sent")) {
      long saved =
          disconnected.get("bytes" + direction).asLong()
              - disconnected.get("wireBytes" + direction).asLong();
      assertEquals(compressed, saved > 0, disconnected::toString);
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
