package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Independent clients hold a conversation with the real jar and see what they should; the jar shows
 * what they sent. They need Node, Chromium and {@code npm ci} in src/test/interop: profile interop.
 */
@Tag("interop")
class RealClientsIT {
  private static final Path SCRIPTS = Path.of("src/test/interop");

  @ParameterizedTest
  @CsvSource({"ws-client.mjs, 11", "chromium-client.mjs, 10"})
  void clientIsServedAndShown(String script, int framesSent) throws Exception {
    assertTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules")),
        "run this first: npm ci --prefix src/test/interop");
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("wscope.jar"),
                "serve",
                "--port=0",
                "--detail=frames")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader shown = server.inputReader(StandardCharsets.UTF_8)) {
      URI url = URI.create(shown.readLine().split(" +", -1)[2]);
      assertEquals("", failures(script, url.getPort()));

      server.toHandle().destroy();
      List<String> lines = shown.lines().toList();
      assertTrue(server.waitFor(10, TimeUnit.SECONDS));
      assertEquals(143, server.exitValue());
      String screen = String.join("\n", lines);
      for (String part :
          List.of(
              "< GET /",
              "> HTTP/1.1 101 Switching Protocols",
              "< frame 1   text, FIN, masked, 10 bytes   bytes 0-15   \"héllo ☃\"",
              "> frame 1   text, FIN, 10 bytes   bytes 0-11   \"héllo ☃\"",
              "> frame 9   binary, FIN, 1048576 bytes",
              "< close     1000 normal closure   reason \"bye\"",
              "= closed   by the client: 1000 normal closure, answered by us",
              "out     " + framesSent + " frames, ")) {
        assertTrue(screen.contains(part), () -> part + " is missing in\n" + screen);
      }
      assertTrue(!screen.contains("✗"), screen);
    } finally {
      server.destroyForcibly();
    }
  }

  /** Runs a client; gives the checks that failed, and whatever it said if it broke down. */
  private static String failures(String script, int port) throws IOException, InterruptedException {
    Process client =
        new ProcessBuilder("node", script, Integer.toString(port))
            .directory(SCRIPTS.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = client.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertTrue(client.waitFor(10, TimeUnit.SECONDS));
      assertTrue(lines.size() > 5, () -> "too few checks: " + lines);
      return client.exitValue() == 0
          ? lines.stream().filter(line -> !line.startsWith("ok ")).collect(Collectors.joining("\n"))
          : String.join("\n", lines);
    }
  }
}
