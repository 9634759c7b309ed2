package wscope.cli.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.QuietServer;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** Whole runs of {@code wscope connect}: the screen and the exit code. */
@Timeout(30)
class ConnectCommandTest {
  private static final String OPENING =
      """
      = connected to 127.0.0.1:PORT in TIME
      > GET / HTTP/1.1
      > Host: 127.0.0.1:PORT
      > Upgrade: websocket
      > Connection: Upgrade
      > Sec-WebSocket-Key: KEY
      > Sec-WebSocket-Version: 13
      >
      < HTTP/1.1 101 Switching Protocols
      < Upgrade: websocket
      < Connection: Upgrade
      < Sec-WebSocket-Accept: ACCEPT
      <
      = accept       ACCEPT   matches the key
      = open     extensions: none   subprotocol: none
      """;

  @Test
  void showsAConversationAndCloses() throws Exception {
    try (ServerThread server = echo()) {
      assertEquals(
          new Run(
              0,
              OPENING
                  + """
                  > frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 1  length 5         \
                  key 01234567  bytes 0-10   "Hello"
                  < frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 5         \
                                bytes 0-6   "Hello"
                  = matched   H.l after TIME
                  > frame 2    FIN 1  RSV 000  opcode 0x8 close         MASK 1  length 2         \
                  key 01234567  bytes 11-18
                  > close     1000 normal closure
                  < frame 2    FIN 1  RSV 000  opcode 0x8 close         MASK 0  length 2         \
                                bytes 7-10
                  < close     1000 normal closure
                  = closed   by us: 1000 normal closure, answered by the server: 1000 normal closure
                  =          in      2 frames, 1 message, 5 bytes
                  =          out     2 frames, 1 message, 5 bytes
                  =          lasted  TIME
                  """,
              ""),
          ConnectRun.of(port(server), "/", "--no-deflate", "-x", "Hello", "--expect", "H.l"));
    }
  }

  /** The screen of the README is that of a server which masks. */
  @Test
  void theScreenOfTheReadmeIsReal() throws Exception {
    String screen = readmeBlock("> frame 1 ");
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.of(port(server), "/?fault=server-frame-masked", "--no-deflate", "-x", "hello");
      String shown = ConnectRun.steady(screen, port(server));
      assertTrue(run.out().contains(shown), run.out());
    }
  }

  @Test
  void showsNothingOfAnErrorFreeConversationAtDetailNone() throws Exception {
    try (ServerThread server = echo()) {
      assertEquals(
          new Run(0, "", ""),
          ConnectRun.of(port(server), "/", "-d", "none", "-x", "Hello", "--expect", "Hello"));
    }
  }

  private static String readmeBlock(String start) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String screen = readme.substring(readme.indexOf("\n```\n" + start) + 5);
    return screen.substring(0, screen.indexOf("```"));
  }

  @Test
  void sendsTheLinesOfStandardInputAndWaitsForTheReplies() throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.reading(
              "one\r\ntwo",
              port(server),
              "/?delay=20ms",
              "--no-deflate",
              "-d",
              "messages",
              "--linger",
              "300ms",
              "--close",
              "4000:done");
      assertEquals(
          """
          > message 1   text, 3 bytes in 1 frame   "one"
          > message 2   text, 3 bytes in 1 frame   "two"
          < message 1   text, 3 bytes in 1 frame   "one"
          < message 2   text, 3 bytes in 1 frame   "two"
          > close     4000 for private use   reason "done"
          < close     4000 for private use   reason "done"
          = closed   by us: 4000 for private use, answered by the server: 4000 for private use
          """,
          between(run.out(), "subprotocol: none\n", "=          in"));
      assertEquals(0, run.exitCode());
    }
  }

  @Test
  void showsARejectionWithItsBody() throws Exception {
    try (ServerThread server = echo()) {
      Run run = ConnectRun.of(port(server), "/?status=503:30");
      assertEquals(
          """
          < HTTP/1.1 503 Service Unavailable
          < Connection: close
          < Retry-After: 30
          < Content-Type: text/plain; charset=utf-8
          < X-Content-Type-Options: nosniff
          < Content-Length: 70
          <
          = rejected with HTTP 503; no WebSocket opens
          =          a proxy could not reach the server, or the server is overloaded
          < body     "503 Service Unavailable\\n\\nThe status parameter requests this response.\\n"
          = closed   no WebSocket was opened
          =          lasted  TIME
          """,
          run.out().substring(run.out().indexOf("< HTTP")));
      assertEquals(4, run.exitCode());
    }
  }

  /** The exit codes of the table in the README. */
  @ParameterizedTest
  @CsvSource({
    "/?close=1000, 0",
    "/?close=1001, 0",
    "/?close=1011:oops, 5",
    "/?close=4000, 5",
    "/?drop=0, 5",
    "/?drop=10B&greet=hellohello, 5",
    "/?status=404, 4",
    "/?redirect=/x, 4",
    "/?fault=accept-wrong, 1",
    "/?fault=reserved-opcode&greet=x, 1",
    "/?fault=server-frame-masked&close=1000, 1",
  })
  void endsWithTheExitCode(String path, int exitCode) throws Exception {
    try (ServerThread server = echo()) {
      assertEquals(exitCode, ConnectRun.of(port(server), path, "--for", "10s").exitCode());
    }
  }

  @Test
  void endsWith3IfNothingListens() throws Exception {
    int port;
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      port = socket.getLocalPort();
    }
    assertEquals(
        new Run(
            3,
            "= failed    to connect to 127.0.0.1:PORT in TIME: Connection refused\n",
            "wscope: cannot connect to 127.0.0.1 port PORT: nothing listens there\n"),
        ConnectRun.of(port, "/"));
  }

  @Test
  void triesAllAddresses() throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          Run.of(
              "connect",
              "ws://both.example:" + port(server) + "/",
              "--resolve",
              "both.example:[::1]",
              "--resolve",
              "both.example:127.0.0.1",
              "--host-header",
              "localhost",
              "-x",
              "a",
              "--expect",
              "a");
      String out = ConnectRun.steady(run.out(), port(server));
      assertTrue(
          out.startsWith(
              """
              = resolved  both.example to 0:0:0:0:0:0:0:1, 127.0.0.1 in TIME
              = failed    to connect to [::1]:PORT in TIME: \
              """),
          out);
      assertTrue(out.contains("\n= connected to 127.0.0.1:PORT in TIME\n"), out);
      assertEquals(0, run.exitCode(), run.err());
    }
  }

  @Test
  void failsIfAnExpectedMessageDoesNotArrive() throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.of(port(server), "/", "-x", "a", "--expect", "/data/id=7", "--within", "50ms");
      assertTrue(
          run.out().contains("\n= missed    /data/id=7: no message matched within TIME\n"),
          run.out());
      assertEquals(1, run.exitCode());
    }
  }

  /** An expression that gave up, or was not tried, has not found that nothing matches. */
  @Test
  void saysWhyAMessageWasNotCompared(@TempDir Path folder) throws Exception {
    Path longest = Files.writeString(folder.resolve("longest"), "b".repeat(65_536));
    Path tooLong = Files.writeString(folder.resolve("too-long"), "b".repeat(65_537));
    try (ServerThread server = echo()) {
      for (Path file : List.of(longest, tooLong)) {
        Run run =
            ConnectRun.of(
                port(server), "/", "--send-file", file.toString(), "--expect", "a", "--count", "1");
        String doubt =
            "; message 1: the message is longer than 65536 characters; no regular expression was"
                + " tried";
        assertTrue(
            run.out()
                .contains(
                    "\n= missed    a: no message matched within TIME"
                        + (file.equals(tooLong) ? doubt : "")
                        + "\n"),
            run.out());
        assertEquals(1, run.exitCode());
      }
      Run run =
          ConnectRun.of(
              port(server), "/", "-x", "a".repeat(5000), "--expect", "a+b", "--count", "1");
      assertTrue(
          run.out()
              .contains(
                  "within TIME; message 1: the regular expression took too many steps and gave"
                      + " up\n"),
          run.out());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"data\":[{\"id\":7}]} | /data/0/id=7 | 0",
        "{\"data\":[{\"id\":\"7\"}]} | /data/0/id=7 | 0",
        "{\"data\":[{\"id\":8}]} | /data/0/id=7 | 1",
        "{\"ok\":true} | /ok=true | 0",
        "{\"ok\":{}} | /ok=true | 1",
        "{\"ok\":true | /ok=true | 1",
        "not JSON | /ok=true | 1",
        "a/b=c | b=c$ | 0",
        "a/b=c | ^b | 1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa! | (a+)+$ | 1",
      })
  void comparesMessagesWithAPattern(String message, String pattern, int exitCode) throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.of(port(server), "/", "-x", message, "--expect", pattern, "--within", "300ms");
      assertEquals(exitCode, run.exitCode(), run.out());
    }
  }

  /** Steps of different options keep their order: the second text waits for the first reply. */
  @Test
  void takesStepsInOrder() throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.of(
              port(server),
              "/",
              "--no-deflate",
              "-d",
              "messages",
              "-x",
              "a",
              "--expect",
              "a",
              "--send-hex",
              "00ff",
              "-x",
              "b",
              "--expect",
              "b");
      assertEquals(
          """
          > message 1   text, 1 byte in 1 frame   "a"
          < message 1   text, 1 byte in 1 frame   "a"
          = matched   a after TIME
          > message 2   binary, 2 bytes in 1 frame   00 ff   |..|
          > message 3   text, 1 byte in 1 frame   "b"
          < message 2   binary, 2 bytes in 1 frame   00 ff   |..|
          < message 3   text, 1 byte in 1 frame   "b"
          = matched   b after TIME
          """,
          between(run.out(), "subprotocol: none\n", "> close"));
      assertEquals(0, run.exitCode());
    }
  }

  @Test
  void closesAfterACountOfMessages() throws Exception {
    try (ServerThread server = echo()) {
      Run run = ConnectRun.of(port(server), "/?every=1ms&message=m", "--count", "3");
      assertEquals(0, run.exitCode());
      assertTrue(run.out().contains("\n= closed   by us: 1000"), run.out());
    }
  }

  @Test
  void writesOnlyMessagesToStandardOutput() throws Exception {
    try (ServerThread server = echo()) {
      Run run =
          ConnectRun.of(
              port(server),
              "/",
              "--payload-only",
              "-x",
              "{\"a\":1}",
              "--send-hex",
              "62 69 6e",
              "-x",
              "two",
              "--expect",
              "two");
      assertEquals("{\"a\":1}\nbintwo\n", run.out());
      assertTrue(run.err().contains("\n= closed   by us: 1000"), run.err());
    }
  }

  @Test
  void writesJsonEvents() throws Exception {
    try (ServerThread server = echo()) {
      String url = "ws://127.0.0.1:" + port(server) + "/?ping=1ms";
      Run run = Run.of("connect", url, "--format", "json", "--ping", "2ms", "--for", "100ms");
      String json = EventSchema.check(run.out());
      for (String type : new String[] {"connected", "handshake", "frame", "disconnected"}) {
        assertTrue(json.contains("\"type\":\"" + type + "\""), json);
      }
      assertTrue(json.contains("\"roundTrips\":{\"sent\":"), json);
      assertEquals(0, run.exitCode());
    }
  }

  /** A recording shows the same screen again. */
  @ParameterizedTest
  @CsvSource({
    "/, text",
    "/?greet=hello&close=1011:oops, text",
    "/?status=403, text",
    "/?fault=accept-wrong, text",
    "/?fault=reserved-opcode&greet=x, text",
    "/?drop=3B&greet=x, text",
    "/, json",
    "/?status=403, json",
  })
  void recordsEverything(String path, String format, @TempDir Path folder) throws Exception {
    String file = folder.resolve("events.json").toString();
    try (ServerThread server = echo()) {
      String url = "ws://127.0.0.1:" + port(server) + path;
      Run run =
          Run.of(
              "connect",
              url,
              "--record",
              file,
              "--format",
              format,
              "-x",
              "Hello",
              "--linger",
              "20ms");
      Run again = Run.of("decode", "--file", file, "--format", format, "-d", "frames");
      EventSchema.check(Files.readString(Path.of(file)));
      assertEquals(timeless(run.out()), timeless(again.out()));
    }
  }

  @Test
  void connectsAgainAfterAnAbnormalEnd() throws Exception {
    try (ServerThread server = echo()) {
      Run run = ConnectRun.of(port(server), "/?status=503", "--retry", "1");
      assertEquals(4, run.exitCode());
      assertEquals(
          List.of(
              "= connected to 127.0.0.1:PORT in TIME",
              "= retry     1 in 500 ms",
              "= connected to 127.0.0.1:PORT in TIME"),
          run.out()
              .lines()
              .filter(line -> line.startsWith("= connected") || line.startsWith("= retry"))
              .toList());
    }
  }

  /** A server resets TCP while a message of the input waits, because it reads nothing. */
  @Test
  void inputThatWaitsGoesToTheNextConnection() throws Exception {
    int lines = 1200;
    // 12 MB: more than Linux queues for a reader that reads nothing.
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      input.append(i).append(' ').append("a".repeat(10_000)).append('\n');
    }
    AtomicInteger connections = new AtomicInteger();
    List<Integer> received = new CopyOnWriteArrayList<>();
    try (CannedServer canned =
        new CannedServer(
            peer -> {
              peer.open();
              if (connections.incrementAndGet() == 1) {
                awaitFull(peer.socket().getInputStream());
                peer.socket().setSoLinger(true, 0);
                return;
              }
              RawClient client = new RawClient(peer.socket());
              RawClient.Frame frame = client.next();
              while (frame.first() == 0x81) {
                String text = new String(frame.payload().array(), UTF_8);
                received.add(Integer.valueOf(text.substring(0, text.indexOf(' '))));
                frame = client.next();
              }
              peer.send("\u0088\u0002\u0003\u00e8");
            })) {
      Run run =
          ConnectRun.reading(
              input.toString(),
              canned.port(),
              "/",
              "--retry=1",
              "--no-deflate",
              "--detail=none",
              "--linger=20ms");
      assertEquals(0, run.exitCode(), run.out());
      assertEquals(2, connections.get());
      int first = received.get(0);
      assertTrue(first > 0, "the first message has left before");
      assertEquals(IntStream.range(first, lines).boxed().toList(), List.copyOf(received));
    }
  }

  /** Waits until nothing more arrives, because the buffers are full. */
  private static void awaitFull(InputStream in) throws IOException {
    int before = -1;
    for (int now = in.available(); now == 0 || now > before; now = in.available()) {
      before = now;
      LockSupport.parkNanos(MILLISECONDS.toNanos(100));
    }
  }

  /** The columns: what the server sends first, and what the screen says about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'SSH-2.0-OpenSSH_9.2p1\r\n' | SSH",
        "'220 mail.example ESMTP\r\n' | SMTP or FTP",
        "'* OK IMAP4rev1\r\n' | IMAP",
        "'RFB 003.008\n' | VNC",
        "%%\u0012\u0004%%%%% | HTTP/2 or another binary protocol",
      })
  void namesAnotherProtocol(String greeting, String protocol) throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.send(greeting.replace('%', '\0'));
              peer.rest();
            })) {
      Run run = ConnectRun.of(server.port(), "/");
      assertTrue(
          run.out().contains("\n=          the server seems to speak " + protocol), run.out());
      assertTrue(run.out().contains("  ✗ status-line-malformed "), run.out());
      assertEquals(4, run.exitCode());
    }
  }

  /** The columns: the response without its line ends, and what the screen says about it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403 Forbidden | the server may require an Origin; try another one with --origin",
        "401 No~WWW-Authenticate: Basic realm=x | the server requires credentials: Basic realm=x; send credentials with --auth",
        "426 No~Sec-WebSocket-Version: 8, 7 | the server speaks these versions of the protocol: 8, 7",
        "426 No~Upgrade: h2c | the server requires another protocol: h2c",
        "426 No~Upgrade: websocket | the server wants an upgrade to WebSocket: a proxy may have removed the request for it",
        "302 Found~Location: /a\u00ffb | the server redirects to /a\\xffb",
        "404 Not Found~Server: Jetty(12) | by the server: Jetty(12)",
        "401 No | the server requires credentials; send credentials with --auth",
        "407 No | a proxy requires credentials",
        "426 No | the server did not get the request for an upgrade: a proxy may have removed Upgrade and Connection",
        "502 Bad Gateway~Server: nginx/1.22 | probably by a proxy: nginx/1.22",
        "404 Not Found~Server: nginx/1.22 | by a proxy, or by the server behind it: nginx/1.22",
        "404 Not Found~Server: nginx~~<hr><center>nginx</center> | this is a page of nginx itself",
        "503 No~~No server is available to handle this request. | this is a page of haproxy itself",
        "503 No~~upstream connect error or disconnect/reset before headers | this is a page of Envoy itself",
        "200 OK~Via: 1.1 squid | by a proxy, or by the server behind it: 1.1 squid",
        "200 OK | an ordinary page: no WebSocket is at this path, or a proxy does not pass on Upgrade",
      })
  void saysWhoRejectedTheHandshake(String response, String shown) throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 " + response.replace("~", "\r\n") + "\r\n\r\n");
            })) {
      Run run = ConnectRun.of(server.port(), "/");
      assertTrue(run.out().contains("\n=          " + shown + "\n"), run.out());
      assertEquals(4, run.exitCode());
    }
  }

  /** Node keeps the connection open after a body in chunks. */
  @Test
  void endsAfterABodyInChunks() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.request();
              peer.send("HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n");
              peer.send("0\r\n\r\n");
              peer.rest();
            })) {
      Run run = ConnectRun.of(server.port(), "/");
      assertTrue(run.out().contains("\n= closed   no WebSocket was opened\n"), run.out());
      assertEquals(4, run.exitCode());
    }
  }

  @Test
  void skipsInterimResponses() throws Exception {
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n");
              peer.open();
              peer.send("\u0081\u0002ok\u0088\u0002\u0003\u00e8");
              peer.rest();
            })) {
      Run run = ConnectRun.of(server.port(), "/", "--expect", "ok", "--close-timeout", "200ms");
      assertTrue(
          run.out()
              .contains(
                  """
                  < HTTP/1.1 103 Early Hints
                  < A: b
                  <
                  = interim  the response to the request still follows
                  < HTTP/1.1 101 Switching Protocols
                  """),
          run.out());
      assertEquals(0, run.exitCode());
    }
  }

  @Test
  void givesUpOnAServerThatSaysNothing() throws Exception {
    try (CannedServer server = new CannedServer(CannedServer.Peer::rest)) {
      Run run = ConnectRun.of(server.port(), "/", "--handshake-timeout", "50ms");
      assertEquals(4, run.exitCode());
      assertTrue(
          run.out()
              .contains(
                  "\n= closed   no WebSocket was opened; no complete response within 50ms"
                      + " (--handshake-timeout)\n"),
          run.out());
    }
  }

  @Test
  void writesTheRequestThatTheOptionsDescribe() throws Exception {
    StringBuilder request = new StringBuilder();
    try (CannedServer server = new CannedServer(peer -> request.append(peer.request()))) {
      ConnectRun.of(
          server.port(),
          "/a?b",
          "--host-header",
          "example.com",
          "-o",
          "https://example.com",
          "-s",
          "chat,log",
          "--auth",
          "me:s\u00e9cret",
          "--cookie",
          "a=1; b=2",
          "--deflate",
          "server_no_context_takeover; client_max_window_bits=9",
          "-H",
          "sec-websocket-version: 8",
          "-H",
          "X-Twice: 1",
          "-H",
          "X-Twice: 2",
          "-H",
          "Upgrade:");
      assertEquals(
          """
          GET /a?b HTTP/1.1
          Host: example.com
          Connection: Upgrade
          Sec-WebSocket-Key: KEY
          Origin: https://example.com
          Sec-WebSocket-Protocol: chat, log
          Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; \
          client_max_window_bits=9
          Authorization: Basic bWU6c8OpY3JldA==
          Cookie: a=1; b=2
          sec-websocket-version: 8
          X-Twice: 1
          X-Twice: 2

          """,
          ConnectRun.steady(request.toString(), server.port()).replace("\r\n", "\n"));
    }
  }

  /** The word after the option is its value only if it cannot be the URL. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--deflate URL | permessage-deflate",
        "URL --deflate | permessage-deflate",
        "--deflate= URL | permessage-deflate",
        "--deflate permessage-deflate URL | permessage-deflate",
        "--deflate server_max_window_bits=9 URL | permessage-deflate; server_max_window_bits=9",
        "--deflate=client_no_context_takeover URL | permessage-deflate; client_no_context_takeover",
        "URL | permessage-deflate; client_max_window_bits",
      })
  void offersTheParametersOfTheOption(String line, String offer) throws Exception {
    StringBuilder request = new StringBuilder();
    try (CannedServer server = new CannedServer(peer -> request.append(peer.request()))) {
      Run.of(("connect " + line.replace("URL", ":" + server.port())).split(" "));
      assertTrue(
          request.toString().contains("\r\nSec-WebSocket-Extensions: " + offer + "\r\n"),
          request.toString());
    }
  }

  @Test
  void takesNoHostForParameters() {
    Run run = Run.of("connect", "--deflate", "server_1:99999");
    assertTrue(run.err().contains("URL: 'server_1:99999'"), run.err());
  }

  @Test
  void sendsTheCredentialsOfTheUrl() throws Exception {
    StringBuilder request = new StringBuilder();
    try (CannedServer server = new CannedServer(peer -> request.append(peer.request()))) {
      Run run = Run.of("connect", "http://me:a%3Ab@127.0.0.1:" + server.port());
      assertEquals(
          """
          note: http:// is read as ws://
          note: the user and the password in the URL are sent as Authorization: Basic
          """,
          run.err());
      assertTrue(request.toString().contains("\r\nAuthorization: Basic bWU6YTpi\r\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ws://h:99999 | URL: 'ws://h:99999', at character 8: the port is not between 1 and 65535",
        ":1 --expect ( | --expect: '(' is not a regular expression: Unclosed group",
        ":1 -4 -6 | --ipv4 cannot be combined with --ipv6",
        ":1 --deflate=server_max_window | --deflate: unknown parameter 'server_max_window'; did you mean server_max_window_bits?",
        ":1 --deflate=foo | --deflate: unknown parameter 'foo'; the valid parameters are server_no_context_takeover, client_no_context_takeover, server_max_window_bits, client_max_window_bits",
        ":1 --deflate=server_max_window_bits=16 | --deflate: server_max_window_bits must be 8 to 15",
        ":1 --deflate=client_max_window_bits --no-deflate | --deflate cannot be combined with --no-deflate",
        ":1 --resolve a:b | --resolve: 'b' is not an IP address",
        ":1 --resolve a | --resolve: 'a': write a name and an IP address, as in example.com:127.0.0.1",
        ":1 --auth me | --auth: the user and the password must have a colon between them",
        ":1 --key k | --key needs --cert",
        ":1 -k | --insecure needs TLS; write wss://localhost:1/",
        ":1 --close 1006 | --close: a client may not send 1006 (abnormal closure); use 1000 to 1003, 1007 to 1014 or 3000 to 4999; to break this rule on purpose, use --fault close-code-never-sent",
        ":1 -H x | --header: a header field must be 'Name: value', with a colon",
        ":1 --for 0s | --for: '0s' is not between 1ms and 24h",
      })
  void reportsWrongUsage(String args, String message) {
    Run run = Run.of(("connect " + args).split(" "));
    if (message.endsWith(": x")) {
      assertEquals(2, run.exitCode());
    } else {
      assertEquals(Run.misused("wscope connect", message), run);
    }
  }

  @Test
  void needsAUrl() {
    assertEquals(Run.misused("wscope connect", "URL is missing"), Run.of("connect"));
    assertEquals(
        Run.misused("wscope connect", "unexpected argument ':2'"), Run.of("connect", ":1", ":2"));
  }

  private static String timeless(String events) {
    return events
        .replaceAll("in \\d+\\.\\d+ ms", "in TIME")
        .replaceAll("\"time\":\"[^\"]+\"", "TIME")
        .replaceAll("\"micros\":\\d+", "MICROS");
  }

  private static ServerThread echo() throws IOException {
    return ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  private static int port(ServerThread server) {
    return server.address().getPort();
  }

  private static String between(String text, String start, String end) {
    int at = text.indexOf(start) + start.length();
    return text.substring(at, text.indexOf(end, at));
  }
}
