package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;

/**
 * wscope and tshark decrypt the same frames: of wss between Node or Chromium, which write key logs,
 * and the JDK (profile interop).
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
    // tshark shows the payload of a fragmented message at its last frame.
    shown.replaceAll(TsharkIT::header);
    found.replaceAll(TsharkIT::header);
    assertEquals(String.join("\n", shown), String.join("\n", found));
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
