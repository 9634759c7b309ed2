package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.Run;

/** {@code check --idle} finds {@code timeout tunnel} of haproxy (profile interop). */
@Tag("interop")
@Timeout(60)
class IdleProxyIT {
  @TempDir private Path folder;

  @Test
  void findsTheLimitOfTheProxyAndWhoEndedTheConnection() throws Exception {
    int port = ConfiguredProgram.freePort();
    try (ServerScript server = new ServerScript(ClientProcess.script("ws-server.mjs"))) {
      Map<String, Integer> values = Map.of("PORT", port, "SERVER", server.port());
      String[] command = {"haproxy", "-db", "-f"};
      ConfiguredProgram proxy =
          new ConfiguredProgram(folder, "haproxy-idle.cfg", values, port, command);
      try (proxy) {
        String found = idle(port, "--idle=30s");
        Matcher cut =
            Pattern.compile(
                    "after (\\d+\\.\\d) s of silence, TCP (ended \\(FIN\\)|was reset \\(RST\\))"
                        + " without a Close: by a proxy between, or by a server that sends none"
                        + " .*timeout tunnel in haproxy")
                .matcher(found);
        assertTrue(cut.find(), found);
        double seconds = Double.parseDouble(cut.group(1));
        assertTrue(seconds >= 1.4 && seconds < 10, found);
        // Within a shorter time, haproxy ends nothing.
        String shorter = idle(port, "--idle=300ms");
        assertTrue(shorter.contains("nothing ended the connection within 300 ms"), shorter);
      }
      // Without haproxy, the same server ends nothing within its limit.
      String direct = idle(server.port(), "--idle=3s");
      assertTrue(direct.contains("nothing ended the connection within 3.0 s"), direct);
      assertFalse(direct.contains("silence"), direct);
    }
  }

  private static String idle(int port, String option) {
    Run run = Run.of("check", "ws://127.0.0.1:" + port + "/echo", option);
    assertEquals("", run.err());
    return run.out().substring(run.out().indexOf("\nidle\n")).replaceAll("\\s+", " ");
  }
}
