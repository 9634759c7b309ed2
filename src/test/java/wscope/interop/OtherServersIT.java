package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code wscope connect} through nginx and haproxy, to mosquitto and Socket.IO, and to servers of
 * other protocols, for which socat sends bytes. The table other-servers.txt has what the screen
 * shows.
 */
@Tag("interop")
@Timeout(60)
class OtherServersIT {
  /** What socat sends, by the name in the table. */
  private static final Map<String, String> CANNED =
      Map.of(
          "smtp", "220 mail.example ESMTP\r\n",
          // An empty SETTINGS frame of HTTP/2.
          "http2", "\0\0\0\4\0\0\0\0\0",
          "truncated", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: webso");

  @TempDir private static Path folder;
  private static final List<AutoCloseable> RUNNING = new ArrayList<>();
  private static final Map<String, Integer> PORTS = new HashMap<>();

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable program : RUNNING) {
      program.close();
    }
  }

  static Stream<Arguments> rows() throws IOException {
    return ScreenTable.read("other-servers.txt");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void shows(String command, String exit, String lines) throws Exception {
    int port = port(command.replaceFirst(" .*", ""));
    assertEquals(exit + "\n" + lines, ScreenTable.run(command, port));
  }

  /** The port of a server, which is started when it is needed. */
  private static int port(String name) throws Exception {
    Integer known = PORTS.get(name);
    if (known != null) {
      return known;
    }
    int port =
        switch (name) {
          case "ws" -> script("ws-server.mjs");
          case "socket.io" -> script("socket-io-server.mjs");
          case "silent" -> silent();
          case "nginx" -> program("nginx.conf", "nginx", "-c");
          case "haproxy" -> program("haproxy.cfg", "haproxy", "-q", "-f");
          case "mosquitto" -> program("mosquitto.conf", "mosquitto", "-c");
          default -> canned(name);
        };
    PORTS.put(name, port);
    return port;
  }

  private static int script(String name) throws Exception {
    ServerScript server = new ServerScript(ClientProcess.script(name));
    RUNNING.add(server);
    return server.port();
  }

  /** A server whose connections are accepted by the system only. */
  private static int silent() throws IOException {
    ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    RUNNING.add(socket);
    return socket.getLocalPort();
  }

  /** Starts a program with a configuration file in which the ports are filled in. */
  private static int program(String configuration, String... command) throws Exception {
    int port = ConfiguredProgram.freePort();
    Map<String, Object> values = new HashMap<>(Map.of("PORT", port, "DIR", folder));
    values.put("PLAIN", ConfiguredProgram.freePort());
    if (!configuration.startsWith("mosquitto")) {
      values.put("SERVER", port("ws"));
      values.put("SILENT", port("silent"));
    }
    RUNNING.add(new ConfiguredProgram(folder, configuration, values, port, command));
    return port;
  }

  /** Lets socat send bytes to each client, and then read what the client sends. */
  private static int canned(String name) throws Exception {
    Tool.onPath("socat");
    Path file = Files.writeString(folder.resolve(name), CANNED.get(name));
    String command = "cat " + file + "; exec cat >/dev/null";
    Process process =
        new ProcessBuilder(
                "socat", "-d", "-d", "TCP-LISTEN:0,bind=127.0.0.1,fork", "SYSTEM:" + command)
            .redirectErrorStream(true)
            .start();
    RUNNING.add(process::destroy);
    String line = process.inputReader(UTF_8).readLine();
    return Integer.parseInt(line.replaceFirst(".*listening on .*:", ""));
  }
}
