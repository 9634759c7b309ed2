package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The test page of the real jar, driven in Chromium, over TCP and over TLS: profile interop. */
@Tag("interop")
class TestPageIT {
  @TempDir private Path cache;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aUserDrivesThePage(boolean tls) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-jar", System.getProperty("wscope.jar"), "serve", "--port=0"));
    command.addAll(List.of("--format=json", "--detail=none"));
    command.addAll(tls ? List.of("--tls") : List.of());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    Process server = builder.start();
    try (BufferedReader shown = server.inputReader(StandardCharsets.UTF_8)) {
      String listening = shown.readLine();
      List<String> client = new ArrayList<>(List.of("node", "page-client.mjs"));
      client.add(found("\"url\":\"([^\"]+)\"", listening));
      if (tls) {
        client.add(found("(--ignore-certificate-errors-spki-list=[^ \\\\\"]+)", listening));
      }
      assertEquals("", failures(client));
    } finally {
      server.destroyForcibly();
    }
  }

  /** Runs a client; gives the checks that failed, and whatever else it said. */
  private static String failures(List<String> command) throws Exception {
    Process client =
        new ProcessBuilder(command)
            .directory(Path.of("src/test/interop").toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader output = client.inputReader(StandardCharsets.UTF_8)) {
      List<String> lines = output.lines().toList();
      assertTrue(client.waitFor(10, TimeUnit.SECONDS));
      assertTrue(lines.size() > 30, () -> "too few checks: " + lines);
      String failed =
          lines.stream().filter(line -> !line.startsWith("ok ")).collect(Collectors.joining("\n"));
      assertEquals(0, client.exitValue(), failed);
      return failed;
    }
  }

  private static String found(String pattern, String line) {
    Matcher matcher = Pattern.compile(pattern).matcher(line);
    assertTrue(matcher.find(), () -> pattern + " is not in " + line);
    return matcher.group(1);
  }
}
