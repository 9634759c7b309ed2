package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.interop.server.EchoServer;
import wscope.interop.server.JettyEcho;
import wscope.net.Certificates;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/**
 * Chromium and real servers with {@code wscope proxy} between them, and nginx or haproxy before it
 * and after it (profile interop).
 */
@Tag("interop")
@Timeout(120)
class ProxiedServersIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The number of messages that the client sends and expects back. */
  private static final int MESSAGES = 9;

  private static final String CERTIFICATE = Certificates.file("localhost").toAbsolutePath() + "";

  @TempDir private static Path folder;
  private static EchoServer jetty;
  private static ServerScript ws;
  private static HttpServer page;

  /** What runs for one test, to be closed in this order. */
  private final List<AutoCloseable> running = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    jetty = JettyEcho.start();
    ws = new ServerScript(ClientProcess.script("ws-server.mjs"));
    page = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] html = "<!doctype html><title>page</title>".getBytes(UTF_8);
    page.createContext(
        "/page",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    page.start();
  }

  @AfterAll
  static void stop() {
    jetty.close();
    ws.close();
    page.stop(0);
  }

  /** The columns: the client's scheme, what is before the proxy, after it, and the server. */
  @ParameterizedTest(name = "{0} to {1}, {2}, {3}")
  @CsvSource({
    "ws,  wscope,  wscope,      Jetty",
    "wss, wscope,  wscope,      ws",
    "ws,  wscope,  nginx-tls,   ws",
    "wss, wscope,  haproxy-tls, Jetty",
    "ws,  nginx,   wscope,      Jetty",
    "wss, haproxy, wscope,      ws",
    "wss, nginx,   haproxy,     Jetty",
    "ws,  haproxy, nginx-tls,   ws",
  })
  void chromiumNoticesNothing(String client, String before, String after, String server)
      throws Exception {
    try {
      int port = server.equals("ws") ? ws.port() : jetty.port();
      String to = to(after, port);
      boolean secure = before.equals("wscope") && client.equals("wss");
      ServerProcess proxy = proxy(to, secure);
      int entry = proxy.address().getPort();
      if (!before.equals("wscope")) {
        entry = program(before, entry, client.equals("wss"));
      }
      String url = client + "://localhost:" + entry;
      List<String> chromium =
          new ArrayList<>(List.of("env", "PAGE=" + url.replace("ws", "http") + "/page"));
      chromium.addAll(
          ClientProcess.script(
              "chromium-client.mjs", url + "/echo", "--ignore-certificate-errors"));
      assertEquals("", ClientProcess.failures(14, null, chromium));
      assertWhole(proxy);
    } finally {
      for (AutoCloseable each : running) {
        each.close();
      }
    }
  }

  /** The URL for the proxy of a server, or of what is before the server. */
  private String to(String after, int server) throws IOException {
    if (after.equals("wscope")) {
      return "ws://127.0.0.1:" + server;
    }
    boolean secure = after.endsWith("-tls");
    String name = after.replace("-tls", "");
    return (secure ? "wss://localhost:" : "ws://127.0.0.1:") + program(name, server, secure);
  }

  /** Starts nginx or haproxy before a server; returns its port with or without TLS. */
  private int program(String name, int server, boolean secure) throws IOException {
    int plain = ConfiguredProgram.freePort();
    int tls = ConfiguredProgram.freePort();
    Path directory = Files.createTempDirectory(folder, name);
    Map<String, Object> values =
        Map.of(
            "PORT", plain,
            "SECURE", tls,
            "SERVER", server,
            "CERTIFICATE", CERTIFICATE,
            "DIR", directory);
    running.add(
        name.equals("nginx")
            ? new ConfiguredProgram(directory, "nginx-proxy.conf", values, plain, "nginx", "-c")
            : new ConfiguredProgram(
                directory, "haproxy-proxy.cfg", values, plain, "haproxy", "-q", "-f"));
    return secure ? tls : plain;
  }

  private ServerProcess proxy(String to, boolean secure) throws IOException {
    List<String> args = new ArrayList<>(List.of("--port=0", "--format=json", "--preview=0"));
    args.add("--to=" + to);
    args.add("--to=/page=http://127.0.0.1:" + page.getAddress().getPort());
    if (to.startsWith("wss")) {
      args.add("--cacert=" + Certificates.file("authority"));
    }
    if (secure) {
      args.addAll(List.of("--tls-cert=" + CERTIFICATE, "--tls-key=" + CERTIFICATE));
    }
    ServerProcess proxy = WscopeCommand.ofJar().proxy(args.toArray(String[]::new));
    running.add(0, proxy);
    return proxy;
  }

  /** Waits for the end of the WebSocket, in which both ends kept all rules. */
  private static void assertWhole(ServerProcess proxy) throws IOException {
    boolean paged = false;
    while (true) {
      JsonNode event = JSON.readTree(proxy.out().readLine());
      String type = event.get("type").asText();
      paged |= type.equals("page") && event.get("status").asInt() == 200;
      assertTrue(!type.equals("violation"), event::toString);
      assertTrue(event.path("violations").isEmpty(), event::toString);
      if (type.equals("parted")) {
        assertTrue(paged, "the page did not pass");
        assertTrue(event.get("opened").asBoolean() && event.get("clean").asBoolean(), event + "");
        for (String end : List.of("client", "server")) {
          JsonNode leg = event.get(end);
          assertEquals(1000, leg.get("close").get("code").asInt(), event::toString);
          assertEquals(MESSAGES, leg.get("messages").asInt(), event::toString);
        }
        return;
      }
    }
  }
}
