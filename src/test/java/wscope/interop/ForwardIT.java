package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/**
 * Real clients through {@code wscope proxy --forward}, which trust its authority as its notes say
 * (profile interop).
 */
@Tag("interop")
@Timeout(120)
class ForwardIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path cache;
  private InteropServer server;
  private ServerProcess proxy;
  private String address;
  private String notes;

  @BeforeEach
  void start() throws Exception {
    server = InteropServer.over(true, cache);
    proxy =
        WscopeCommand.ofJar()
            .with("XDG_CACHE_HOME", cache)
            .proxy(
                "--forward",
                "--only=localhost",
                "--cacert=" + server.pem(),
                "--port=0",
                "--format=json",
                "--detail=frames",
                "--preview=0");
    JsonNode listening = JSON.readTree(proxy.listening());
    address = listening.get("url").asText();
    notes = listening.get("notes").toString();
  }

  @AfterEach
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @Test
  void curl() throws Exception {
    Tool.onPath("curl");
    String page = url("https");
    List<String> command =
        List.of("curl", "-sS", "--proxy", address, "--cacert", pem().toString(), page);
    assertTrue(ClientProcess.run(null, command).startsWith("wscope serve: "));
  }

  @Test
  void node() throws Exception {
    List<String> client = ClientProcess.script("ws-client.mjs", url("wss"), address);
    assertEquals("", ClientProcess.failures(11, pem(), client));
    assertLookedInto();
  }

  @Test
  void python() throws Exception {
    List<String> client = new ArrayList<>(List.of("env", "https_proxy=" + address, "no_proxy="));
    client.addAll(ClientProcess.script("websockets-client.py", url("wss")));
    assertEquals("", ClientProcess.failures(11, pem(), client));
    assertLookedInto();
  }

  @Test
  void chromium() throws Exception {
    String pin = notes.replaceFirst(".*(--ignore-certificate-errors-spki-list=[^ \"]+).*", "$1");
    List<String> client =
        ClientProcess.script(
            "chromium-client.mjs",
            url("wss"),
            "--proxy-server=" + address,
            "--proxy-bypass-list=<-loopback>",
            pin);
    assertEquals("", ClientProcess.failures(14, null, client));
    assertLookedInto();
  }

  /** The other way to trust the authority that the notes name. */
  @Test
  void chromiumWithItsStore() throws Exception {
    Path home = Files.createDirectory(cache.resolve("home"));
    trust(Files.createDirectories(home.resolve(".pki").resolve("nssdb")));
    List<String> client = new ArrayList<>(List.of("env", "HOME=" + home));
    client.addAll(
        ClientProcess.script(
            "chromium-client.mjs",
            url("wss"),
            "--proxy-server=" + address,
            "--proxy-bypass-list=<-loopback>"));
    assertEquals("", ClientProcess.failures(14, null, client));
    assertLookedInto();
  }

  /** A page that opens a WebSocket, sends a message and reports its end. */
  private static final String PAGE =
      """
      <!doctype html><title>page</title><script>
      const ws = new WebSocket('%s');
      let echo;
      ws.onopen = () => ws.send('h\u00e9llo');
      ws.onmessage = ({ data }) => { echo = data; ws.close(1000, 'bye'); };
      ws.onclose = ({ code, reason, wasClean }) =>
        fetch('/result?' + encodeURIComponent([echo, code, reason, wasClean].join(' ')));
      </script>
      """;

  @Test
  void firefox() throws Exception {
    Tool.onPath("firefox-esr");
    CompletableFuture<String> result = new CompletableFuture<>();
    HttpServer pages = pages(PAGE.formatted(url("wss")), result);
    Path profile = Files.createDirectory(cache.resolve("profile"));
    trust(profile);
    Files.writeString(profile.resolve("user.js"), preferences());
    String page = "http://127.0.0.1:" + pages.getAddress().getPort() + "/";
    Process browser =
        new ProcessBuilder(
                "firefox-esr", "--headless", "--no-remote", "--profile", profile + "", page)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      assertEquals("h\u00e9llo 1000 bye true", result.get(60, SECONDS));
      assertLookedInto();
    } finally {
      List<ProcessHandle> all = new ArrayList<>(browser.descendants().toList());
      all.add(browser.toHandle());
      all.forEach(ProcessHandle::destroyForcibly);
      browser.waitFor();
      pages.stop(0);
    }
  }

  private String preferences() {
    URI proxied = URI.create(address);
    StringBuilder all = new StringBuilder();
    for (String kind : List.of("http", "ssl")) {
      all.append("user_pref('network.proxy.%s', '%s');\n".formatted(kind, proxied.getHost()));
      all.append("user_pref('network.proxy.%s_port', %d);\n".formatted(kind, proxied.getPort()));
    }
    return all
        + """
        user_pref('network.proxy.type', 1);
        user_pref('network.proxy.no_proxies_on', '');
        user_pref('network.proxy.allow_hijacking_localhost', true);
        user_pref('datareporting.policy.dataSubmissionEnabled', false);
        user_pref('app.normandy.enabled', false);
        """;
  }

  /** Serves a page, and takes the query of the next request as the result. */
  private static HttpServer pages(String page, CompletableFuture<String> result)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] html = page.getBytes(UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, html.length);
          exchange.getResponseBody().write(html);
          exchange.close();
        });
    server.createContext(
        "/result",
        exchange -> {
          result.complete(exchange.getRequestURI().getQuery());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Adds the authority to a store of NSS, as the notes say for Chromium. */
  private void trust(Path store) throws Exception {
    Tool.onPath("certutil");
    String database = "sql:" + store;
    ClientProcess.run(null, List.of("certutil", "-d", database, "-N", "--empty-password"));
    ClientProcess.run(
        null,
        List.of("certutil", "-d", database, "-A", "-t", "C,,", "-n", "wscope", "-i", pem() + ""));
  }

  private String url(String scheme) {
    return scheme + "://localhost:" + server.url().getPort() + "/";
  }

  private Path pem() {
    return cache.resolve("wscope").resolve("authority").resolve("authority.pem");
  }

  /** Waits for the end of the WebSocket. */
  private void assertLookedInto() throws Exception {
    boolean tls = false;
    while (true) {
      JsonNode event = JSON.readTree(proxy.out().readLine());
      String type = event.get("type").asText();
      if (type.equals("proxied")) {
        tls |= event.get("treatment").asText().equals("tls");
      } else if (type.equals("parted") && event.get("opened").asBoolean()) {
        assertTrue(tls, event::toString);
        assertTrue(event.get("clean").asBoolean(), event::toString);
        return;
      }
    }
  }
}
