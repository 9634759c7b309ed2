package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/**
 * wscope and tshark decrypt the same frames: of wss between Node or Chromium, which write key logs,
 * and the JDK. wscope shows the messages that these sent (profile interop).
 */
@Tag("interop")
@Timeout(120)
class TlsCaptureIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;

  @ParameterizedTest
  @CsvSource({
    "--tls-max-v1.2, ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256, AES_128_GCM_SHA256",
    "--tls-max-v1.2, ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384, AES_256_GCM_SHA384",
    "--tls-max-v1.2, ECDHE-RSA-CHACHA20-POLY1305:ECDHE-ECDSA-CHACHA20-POLY1305,"
        + " CHACHA20_POLY1305_SHA256",
    "--tls-min-v1.3, TLS_AES_128_GCM_SHA256, AES_128_GCM_SHA256",
    "--tls-min-v1.3, TLS_AES_256_GCM_SHA384, AES_256_GCM_SHA384",
    "--tls-min-v1.3, TLS_CHACHA20_POLY1305_SHA256, CHACHA20_POLY1305_SHA256",
  })
  void decryptsNode(String version, String ciphers, String suite) throws Exception {
    Path keys = folder.resolve(version + suite + ".keys");
    List<String> node = new ArrayList<>(ClientProcess.script("ws-client.mjs"));
    node.addAll(1, List.of(version, "--tls-cipher-list=" + ciphers, "--tls-keylog=" + keys));
    Set<String> suites = compare(node, keys);
    assertEquals(1, suites.size(), suites.toString());
    assertTrue(suites.iterator().next().endsWith(suite), suites.toString());
  }

  @Test
  void decryptsChromium() throws Exception {
    Path keys = folder.resolve("chromium.keys");
    List<String> chromium = new ArrayList<>(ClientProcess.script("chromium-client.mjs"));
    chromium.addAll(0, List.of("env", "SSLKEYLOGFILE=" + keys));
    assertEquals(1, compare(chromium, keys).size());
  }

  /**
   * Node reaches the server through a proxy that passes TLS on unseen; the capture is before it.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void looksIntoATunnel(boolean tls) throws Exception {
    Path keys = folder.resolve("tunnel-" + tls + ".keys");
    Path file = folder.resolve("tunnel-" + tls + ".pcap");
    String target;
    try (InteropServer server = InteropServer.over(tls, folder, "--compress=off");
        ServerProcess proxy =
            WscopeCommand.ofJar()
                .with("XDG_CACHE_HOME", folder)
                .proxy("--forward", "--only=other.test", "--port=0", "--format=json");
        RecordingRelay relay =
            new RecordingRelay(
                URI.create(JSON.readTree(proxy.listening()).get("url").asText()).getPort())) {
      List<String> node = new ArrayList<>(ClientProcess.script("ws-client.mjs"));
      node.addAll(1, List.of("--no-warnings", "--tls-keylog=" + keys));
      node.addAll(List.of(server.url().toString(), "http://127.0.0.1:" + relay.port()));
      assertEquals("", ClientProcess.failures(11, server.pem(), node));
      target = server.url().getHost() + ":" + server.url().getPort();
      Files.write(file, relay.capture());
    }
    List<String> args = new ArrayList<>(List.of("decode", "--file=" + file));
    args.addAll(tls ? List.of("--keylog=" + keys) : List.of());
    args.addAll(List.of("--format=json", "--preview=all"));
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    assertEquals(messages(), messages(run.out()));
    List<JsonNode> captured = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.get("type").asText().equals("captured")) {
        captured.add(event);
      }
    }
    assertEquals(1, captured.size(), run.out());
    assertEquals(target, captured.get(0).get("tunnel").asText());
    assertEquals(tls, captured.get(0).has("tls"));
  }

  /** What the clients send, and the echoes of the server; checks.mjs describes the bytes. */
  private static List<String> messages() {
    List<String> echoed =
        new ArrayList<>(List.of("text " + hex("héllo ☃".getBytes(UTF_8)), "text "));
    for (int length : new int[] {0, 125, 126, 127, 65_535, 65_536, 1 << 20}) {
      byte[] bytes = new byte[length];
      for (int i = 0; i < length; i++) {
        bytes[i] = (byte) (i * 31 + (i >> 8));
      }
      echoed.add("binary " + hex(bytes));
    }
    List<String> all = new ArrayList<>();
    for (String message : echoed) {
      all.addAll(List.of("client " + message, "server " + message));
    }
    return all;
  }

  /** The messages of the WebSocket with the target /; the page opens another one to watch it. */
  private static List<String> messages(String report) throws IOException {
    List<String> messages = new ArrayList<>();
    int connection = 0;
    for (String line : report.lines().toList()) {
      JsonNode event = JSON.readTree(line);
      String type = event.get("type").asText();
      if (type.equals("handshake") && event.path("target").asText().equals("/")) {
        connection = event.get("connection").asInt();
      } else if (type.equals("message") && event.get("connection").asInt() == connection) {
        byte[] payload =
            event.has("base64")
                ? Base64.getDecoder().decode(event.get("base64").asText())
                : event.get("text").asText().getBytes(UTF_8);
        String sender = event.get("sender").asText();
        messages.add(sender + " " + event.get("kind").asText() + " " + hex(payload));
      }
    }
    return messages;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Runs a client through a relay, and compares what wscope and tshark find in the packets.
   *
   * @return the cipher suites
   */
  private static Set<String> compare(List<String> client, Path keys) throws Exception {
    Tool.onPath("tshark");
    Path file = folder.resolve(keys.getFileName() + ".pcap");
    try (InteropServer server = InteropServer.over(true, folder, "--compress=off");
        RecordingRelay relay = new RecordingRelay(server.url().getPort())) {
      List<String> command = new ArrayList<>(client);
      command.add(
          server.url().toString().replace(":" + server.url().getPort(), ":" + relay.port()));
      if (client.toString().contains("chromium")) {
        command.addAll(server.chromiumFlags());
      }
      String output = ClientProcess.run(server.pem(), command);
      assertTrue(output.contains("ok "), output);
      Files.write(file, relay.capture());
    }
    Run run =
        Run.of(
            "decode",
            "--file=" + file,
            "--keylog=" + keys,
            "--format=json",
            "--preview=all",
            "--detail=frames");
    assertEquals(0, run.exitCode(), run.err());
    List<String> shown = TsharkIT.frames(run.out());
    List<String> found =
        TsharkIT.framesOf(file, "-o", "tls.keylog_file:" + keys, "-d", "tcp.port==80,tls");
    assertTrue(shown.size() > 10, run.err());
    // tshark shows the payload of a fragmented message at its last frame, so headers are compared.
    shown.replaceAll(TsharkIT::header);
    found.replaceAll(TsharkIT::header);
    if (found.size() == shown.size() - 1) {
      // On a busy machine, a packet holds the TLS record of the response and the next one, with the
      // first frame to the page's own connection, which tshark skips.
      shown.remove(0);
    }
    assertEquals(String.join("\n", shown), String.join("\n", found));
    assertEquals(messages(), messages(run.out()));
    return suites(run.out());
  }

  private static Set<String> suites(String report) throws IOException {
    Set<String> suites = new TreeSet<>();
    for (String line : report.lines().toList()) {
      JsonNode event = JSON.readTree(line);
      if (event.get("type").asText().equals("captured")) {
        suites.add(event.path("tls").path("cipherSuite").asText("none"));
      }
    }
    return suites;
  }
}
