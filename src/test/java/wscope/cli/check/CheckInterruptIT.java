package wscope.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import wscope.cli.Run;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;
import wscope.support.WscopeCommand;

/** A signal ends {@code wscope check} with whole reports of the cases so far. */
@Timeout(60)
class CheckInterruptIT {
  private static final String CASE = "{\"type\":\"case\"";

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theReportsAreWholeAfterASignal(@TempDir Path folder) throws Exception {
    Path html = folder.resolve("check.html");
    Path junit = folder.resolve("check.xml");
    try (ServerThread server =
            ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
        WscopeCommand wscope = WscopeCommand.ofJar()) {
      String url = "ws://127.0.0.1:" + server.address().getPort() + "/";
      Process process =
          wscope.start(
              "check",
              url,
              "--format",
              "json",
              "--html",
              html.toString(),
              "--junit",
              junit.toString());
      StringBuilder before = new StringBuilder();
      while (!before.toString().contains(CASE)) {
        before.append(process.inputReader(StandardCharsets.UTF_8).readLine()).append('\n');
      }
      // SIGTERM: if a shell runs this test in the background, its processes ignore SIGINT.
      process.toHandle().destroy();
      before.append(
          String.join("\n", process.inputReader(StandardCharsets.UTF_8).lines().toList()));
      Run end = WscopeCommand.finish(process);
      assertEquals(143, end.exitCode(), end.err());
      String out = before.toString();
      String page = Files.readString(html);
      long cases = count(out);
      assertTrue(cases > 0 && cases < 800, () -> "cases: " + cases);
      assertEquals(cases, count(page));
      assertFalse(out.contains("\"notRun\":0,"));
      assertTrue(page.contains("\"reason\":\"the check was interrupted\""));
      assertTrue(page.endsWith("</script>\n</body>\n</html>\n"));
      assertTrue(Files.readString(junit).endsWith("</testsuites>\n"));
    }
  }

  private static long count(String text) {
    return text.lines().filter(line -> line.startsWith(CASE)).count();
  }
}
