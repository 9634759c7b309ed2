package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.Run;
import wscope.cli.dial.ProxyOption;
import wscope.connect.Target;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** Connections through proxies that the test plays byte by byte. */
@Timeout(30)
class ProxyTest {
  private static ServerThread server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void connectsThroughAnHttpProxy() throws Exception {
    StringBuilder request = new StringBuilder();
    Run run =
        through(
            "http://me:p%40ss@",
            "example.test:81",
            peer -> {
              request.append(peer.request());
              peer.send("HTTP/1.1 200 OK\r\nVia: x\r\n\r\n");
              relay(peer.socket());
            });
    assertEquals(
        """
        CONNECT example.test:81 HTTP/1.1
        Host: example.test:81
        Proxy-Authorization: Basic bWU6cEBzcw==

        """,
        request.toString().replace("\r\n", "\n"));
    assertTrue(run.out().contains("\n= matched   hello after "), run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void connectsThroughASocksProxy() throws Exception {
    StringBuilder request = new StringBuilder();
    Run run =
        through(
            "socks5://",
            "example.test:258",
            peer -> {
              request.append(read(peer, 3));
              peer.send("\u0005\u0000");
              request.append(read(peer, 19));
              peer.send("\u0005\u0000\u0000\u0003\u0001x\u0000P");
              relay(peer.socket());
            });
    assertEquals(
        "\u0005\u0001\u0000\u0005\u0001\u0000\u0003\u000cexample.test\u0001\u0002",
        request.toString());
    assertEquals(0, run.exitCode(), run.out());
  }

  @Test
  void tellsASocksProxyTheUserAndThePassword() throws Exception {
    StringBuilder request = new StringBuilder();
    Run run =
        through(
            "socks5://me:secret@",
            "h:80",
            peer -> {
              request.append(read(peer, 4));
              peer.send("\u0005\u0002");
              request.append(read(peer, 11));
              peer.send("\u0001\u0000");
              request.append(read(peer, 8));
              peer.send("\u0005\u0000\u0000\u0001\u007f\u0000\u0000\u0001\u0000P");
              relay(peer.socket());
            });
    assertEquals(
        "\u0005\u0002\u0000\u0002\u0001\u0002me\u0006secret"
            + "\u0005\u0001\u0000\u0003\u0001h\u0000P",
        request.toString());
    assertEquals(0, run.exitCode(), run.out());
  }

  /** The columns: the scheme, what the proxy sends, what the screen says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http:// | HTTP/1.1 407 Proxy Authentication Required~~ | the proxy rejects the connection to h:80: 407 Proxy Authentication Required",
        "http:// | SSH-2.0-x~~ | the proxy does not speak HTTP: SSH-2.0-x",
        "http:// | '' | the proxy disconnected without connecting to the server",
        "socks5:// | HTTP/1.1 400 No~~ | the proxy does not speak SOCKS version 5",
        "socks5:// | #\u00ff | the proxy requires a user and a password",
        "socks5:// | #%## | the proxy does not connect to h:80: connection refused",
        "socks5:// | #%#c | the proxy does not connect to h:80: code 99",
      })
  void saysWhyAProxyDoesNotConnect(String scheme, String response, String reason) throws Exception {
    Run run =
        through(
            scheme,
            "h:80",
            peer -> {
              read(peer, 3);
              peer.send(response.replace("~", "\r\n").replace('%', '\0').replace('#', '\5'));
            });
    assertTrue(run.out().contains("= closed   no WebSocket was opened; " + reason), run.out());
    assertEquals(3, run.exitCode());
  }

  /** The columns: the target, HTTPS_PROXY, NO_PROXY, the host of the proxy. */
  @ParameterizedTest
  @CsvSource({
    "wss://example.com/, http://proxy:3128, , proxy",
    "wss://example.com/, proxy:3128, , proxy",
    "ws://example.com/, http://proxy:3128, , ",
    "wss://localhost/, http://proxy:3128, , ",
    "wss://127.0.0.1/, http://proxy:3128, , ",
    "wss://a.example.com/, http://proxy:3128, 'x, .example.com', ",
    "wss://a.example.com/, http://proxy:3128, example.com, ",
    "wss://anexample.com/, http://proxy:3128, example.com, proxy",
    "wss://example.com/, http://proxy:3128, *, ",
    "wss://example.com/, , , ",
  })
  void honoursTheEnvironment(String url, String proxy, String noProxy, String host)
      throws Exception {
    CommandSpec spec = CommandSpec.create();
    ProxyOption option = new ProxyOption(spec);
    new CommandLine(spec).parseArgs();
    Map<String, String> environment =
        noProxy == null
            ? Map.of("HTTPS_PROXY", proxy == null ? "" : proxy)
            : Map.of("HTTPS_PROXY", proxy, "NO_PROXY", noProxy);
    ProxyOption.Choice choice = option.choose(Target.parse(url), environment::get);
    if (host == null) {
      assertNull(choice);
    } else {
      assertNotNull(choice);
      assertEquals(host, choice.proxy().host());
      assertEquals(3128, choice.proxy().port());
      assertEquals("HTTPS_PROXY", choice.origin());
    }
  }

  @Test
  void reportsAnInvalidProxy() {
    assertEquals(
        Run.misused(
            "wscope connect",
            "--proxy: a proxy is http://HOST:PORT or socks5://HOST:PORT, not https://"),
        Run.of("connect", ":1", "--proxy", "https://h:1"));
  }

  private static Run through(String scheme, String target, CannedServer.Treatment treatment)
      throws IOException {
    try (CannedServer proxy = new CannedServer(treatment)) {
      return Run.of(
          "connect",
          "ws://" + target + "/",
          "--proxy",
          scheme + "127.0.0.1:" + proxy.port(),
          "--host-header",
          "localhost",
          "-x",
          "hello",
          "--expect",
          "hello");
    }
  }

  private static String read(CannedServer.Peer peer, int count) throws IOException {
    return new String(peer.socket().getInputStream().readNBytes(count), ISO_8859_1);
  }

  /** Relays both directions to the echo server. */
  private static void relay(Socket client) throws IOException {
    InetSocketAddress address = server.address();
    try (Socket toServer = new Socket(address.getAddress(), address.getPort())) {
      Thread back = new Thread(() -> copy(toServer, client), "relay");
      back.setDaemon(true);
      back.start();
      copy(client, toServer);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two has ended.
    }
  }
}
