package wscope.cli.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import wscope.support.ServerThread;
import wscope.support.UnixRelay;

/** {@code wscope connect --unix}. */
@Timeout(30)
class UnixSocketTest {
  @TempDir Path folder;

  private Run connect(String url, Path path, String... more) {
    Run run = run(url, path, more);
    return new Run(run.exitCode(), steady(run.out()), steady(run.err()));
  }

  private static Run run(String url, Path path, String... more) {
    List<String> args = new ArrayList<>(List.of("connect", url, "--unix"));
    args.add(path.toString());
    args.addAll(List.of(more));
    return Run.of(args.toArray(String[]::new));
  }

  private String steady(String text) {
    return ConnectRun.steady(text.replace(folder.toString(), "DIR"), 0);
  }

  private static String timeless(String events) {
    return events
        .replaceAll("in \\d+\\.\\d+ ms", "in TIME")
        .replaceAll("\"(time|micros)\":\"?[^,\"]+\"?", "TIME");
  }

  private static ServerThread echo() throws IOException {
    return ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  /** The URL gives the Host and the target; no name is resolved. */
  @Test
  void showsAConversation() throws Exception {
    try (ServerThread server = echo();
        UnixRelay relay = new UnixRelay(folder.resolve("socket"), server.address().getPort())) {
      assertEquals(
          new Run(
              0,
              """
              = connected to DIR/socket in TIME
              > GET /chat?a=b HTTP/1.1
              > Host: localhost
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
          connect(
              "ws://localhost/chat?a=b",
              relay.path(),
              "--no-deflate",
              "-x",
              "Hello",
              "--expect",
              "H.l"));
    }
  }

  /** The socket is not called TCP, whoever ends it. */
  @Test
  void tellsTheEndOfTheSocket() throws Exception {
    try (CannedServer server = new CannedServer(CannedServer.Peer::open);
        UnixRelay relay = new UnixRelay(folder.resolve("socket"), server.port())) {
      Run run = connect("ws://localhost/", relay.path(), "--for", "10s");
      assertTrue(
          run.out()
              .contains(
                  "\n= closed   without a Close frame: the server ended the stream of the socket,"
                      + " which an API reports as 1006\n"),
          run.out());
      assertEquals(5, run.exitCode());
      run = connect("ws://localhost/", relay.path(), "--half-close", "-x", "a");
      assertTrue(run.out().contains(" ended the stream of the socket, "), run.out());
    }
  }

  @ParameterizedTest
  @CsvSource({"text", "json"})
  void recordsEverything(String format) throws Exception {
    String file = folder.resolve("events.json").toString();
    try (ServerThread server = echo();
        UnixRelay relay = new UnixRelay(folder.resolve("socket"), server.address().getPort())) {
      Run run =
          run(
              "ws://localhost/",
              relay.path(),
              "--record",
              file,
              "--format",
              format,
              "--for",
              "5ms");
      Run again = Run.of("decode", "--file", file, "--format", format, "-d", "frames");
      String recorded = EventSchema.check(Files.readString(Path.of(file)));
      assertTrue(recorded.contains("\"path\":\"" + relay.path() + "\""), recorded);
      assertEquals(timeless(run.out()), timeless(again.out()));
    }
  }

  @Test
  void saysWhyItCannotConnect() throws Exception {
    Path regular = Files.createFile(folder.resolve("regular"));
    Path ended = folder.resolve("ended");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(ended));
    server.close();
    assertFails(
        "none",
        "No such file or directory",
        "no such file; check the path, and whether" + " the server runs");
    String refused = "Connection refused";
    assertFails(
        regular.getFileName().toString(),
        refused,
        "nothing listens there; it is a regular file, not a socket");
    assertFails(".", refused, "nothing listens there; it is a directory");
    assertFails(
        "ended", refused, "nothing listens there; the server that made this socket has ended");
    String padding = "x".repeat(107 - folder.toString().length() - 1);
    assertFails(
        padding,
        "Unix domain path too long",
        "the path has 107 bytes, and Java allows 106 on Linux and 102 on macOS; use a shorter"
            + " one, such as a relative path");
    assertEquals(
        "wscope: cannot connect to @abstract: no such file; Java cannot connect to sockets without"
            + " a file (abstract sockets)\n",
        connect("ws://localhost/", Path.of("@abstract")).err());
  }

  private void assertFails(String name, String cause, String why) {
    assertEquals(
        new Run(
            3,
            "= failed    to connect to DIR/" + name + " in TIME: " + cause + "\n",
            "wscope: cannot connect to DIR/" + name + ": " + why + "\n"),
        connect("ws://localhost/", folder.resolve(name)));
  }

  /** A server that accepts nothing fills its queue, which the system does not let grow. */
  @Test
  void saysThatTheServerAcceptsNothing() throws Exception {
    Path path = folder.resolve("full");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path), 1);
      try (SocketChannel first = SocketChannel.open(UnixDomainSocketAddress.of(path));
          SocketChannel second = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
        assertTrue(first.isConnected() && second.isConnected());
        Run run = connect("ws://localhost/", path);
        assertEquals(
            "wscope: cannot connect to DIR/full: the server does not accept connections, and its"
                + " queue for them is full; try --retry\n",
            run.err());
        assertEquals(3, run.exitCode());
      }
    }
  }

  @Test
  void followsNoRedirectToAnotherServer() throws Exception {
    try (CannedServer server =
            new CannedServer(
                peer -> {
                  String next = peer.request().startsWith("GET /a ") ? "/b" : "http://other/c";
                  peer.send(
                      "HTTP/1.1 302 Found\r\nLocation: " + next + "\r\nContent-Length: 0\r\n\r\n");
                });
        UnixRelay relay = new UnixRelay(folder.resolve("socket"), server.port())) {
      Run run = connect("ws://localhost/a", relay.path(), "--follow");
      assertEquals(
          List.of(
              "= redirect  302: connecting to ws://localhost/b",
              "= redirect  302 is not followed to http://other/c: it names another server than the"
                  + " URL, and --unix only that one"),
          run.out().lines().filter(line -> line.startsWith("= redirect")).toList());
      assertEquals(4, run.exitCode());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--proxy=http://localhost:1, --proxy",
    "--resolve=localhost:127.0.0.1, --resolve",
    "-4, --ipv4",
    "-6, --ipv6",
    "--drop=1, --drop",
  })
  void excludesOptionsOfTcp(String option, String name) {
    assertEquals(
        new Run(
            2,
            "",
            "wscope connect: --unix cannot be combined with "
                + name
                + "\nsee: wscope connect --help\n"),
        connect("ws://localhost/", folder.resolve("socket"), option));
  }

  @Test
  void needsAPath() {
    assertEquals(
        new Run(
            2,
            "",
            """
            wscope connect: --unix: '' is not a file name
            see: wscope connect --help
            """),
        connect("ws://localhost/", Path.of("")));
  }
}
