package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.net.Certificates;
import wscope.net.TlsKeys;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/**
 * Real clients and a real server with {@code wscope proxy} between them, with and without TLS on
 * each side (profile interop).
 */
@Tag("interop")
@Timeout(120)
class ProxiedClientsIT {
  private static final Path SCRIPTS = Path.of("src", "test", "interop");

  @ParameterizedTest
  @CsvSource({"ws, ws", "wss, ws", "ws, wss", "wss, wss"})
  void chromiumNoticesNothing(String client, String server) throws IOException {
    Tool.onPath("chromium");
    check("chromium-client.mjs", client, server, List.of("--ignore-certificate-errors"));
  }

  @ParameterizedTest
  @CsvSource({"ws, ws", "ws, wss"})
  void nodeNoticesNothing(String client, String server) throws IOException {
    check("ws-client.mjs", client, server, List.of());
  }

  private static void check(String script, String client, String server, List<String> flags)
      throws IOException {
    Tool.onPath("node");
    Tool.folder(
        SCRIPTS.resolve("node_modules"), "npm ci --prefix src/test/interop --ignore-scripts");
    boolean secure = server.equals("wss");
    Server echo = new Server(Settings.DEFAULT, new QuietServer());
    try (ServerThread running =
        ServerThread.listening(echo, secure ? TlsKeys.server() : null).start()) {
      List<String> args = new ArrayList<>(List.of("proxy", "--port=0", "--detail=messages"));
      args.add("--to=" + server + "://localhost:" + running.address().getPort());
      args.addAll(secure ? List.of("--insecure") : List.of());
      if (client.equals("wss")) {
        args.add("--tls-cert=" + Certificates.file("localhost"));
        args.add("--tls-key=" + Certificates.file("localhost"));
      }
      args.addAll(List.of("--", "node", SCRIPTS.resolve(script).toString(), "{url}"));
      args.addAll(flags);
      Run run = Run.of(args.toArray(String[]::new));
      assertEquals(0, run.exitCode(), run.toString());
      assertTrue(run.out().contains("by the client: 1000 normal closure"), run.out());
    }
  }
}
