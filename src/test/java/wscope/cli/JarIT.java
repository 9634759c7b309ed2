package wscope.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.report.json.EventSchema;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/** The real jar, in a separate process. */
@Timeout(20)
class JarIT {
  private static final Pattern FIRST_LINE =
      Pattern.compile("wscope serve   ws://127\\.0\\.0\\.1:\\d+/   reply: echo");

  /** The Close 1001 of a server that stops. */
  private static final byte[] GOING_AWAY =
      RawClient.plain(8, "\u0003\u00e9the server stops".getBytes(ISO_8859_1));

  /** The reply to this Close. */
  private static final byte[] CLOSE = RawClient.close(1001);

  @AutoClose private final WscopeCommand wscope = WscopeCommand.ofJar("-XX:TieredStopAtLevel=1");

  /** The build leaves out parts of the libraries; a class that needs one of them does not link. */
  @Test
  void hasEveryClassThatItsClassesNeed() throws Exception {
    Path jar = WscopeCommand.jar();
    List<String> broken = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile());
        URLClassLoader loader =
            new URLClassLoader(
                new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (JarEntry entry : Collections.list(file.entries())) {
        String name = entry.getName();
        if (name.endsWith(".class")) {
          String type = name.substring(0, name.length() - 6).replace('/', '.');
          try {
            // Asking for the constructors links the class, but does not initialize it.
            assertNotNull(Class.forName(type, false, loader).getDeclaredConstructors());
          } catch (LinkageError e) {
            broken.add(type + ": " + e);
          }
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  @Test
  void decodesTheFrameOfMdn() throws Exception {
    assertEquals(
        new Run(
            0,
            """
            frame 1   text, FIN, masked, 3 bytes                        bytes 0-8
                0  81           1... ....  FIN             1    the message ends here
                                .0.. ....  RSV1            0
                                ..0. ....  RSV2            0
                                ...0 ....  RSV3            0
                                .... 0001  opcode          0x1  text
                1  83           1... ....  MASK            1    masked: sent by a client
                                .000 0011  payload length  3
                2  3d 54 23 06             masking key
                6  70 10 6d                masked payload
                   4d 44 4e                payload         "MDN"
            message 1   text, 3 bytes in 1 frame   "MDN"
            """,
            ""),
        run("", "decode 129 131 61 84 35 6 112 16 109"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "decode -d none 81 05 48 65 6c 6c 6f, '', 0",
    "decode -d none, 81 00, 0",
    "decode -d none 83 00, '', 1",
    "decode -d none 81, '', 1",
    "decode 8g, '', 2",
    "decode, '', 2",
    "decode --frob, '', 2",
    "accept-key " + SampleHandshake.KEY + ", '', 0",
    "accept-key short, '', 1",
    "serve --port 0 --host 192.0.2.1, '', 3",
  })
  void exitsWithTheCodeOfTheOutcome(String args, String input, int exitCode) throws Exception {
    Run run = run(input, args);
    assertEquals(exitCode, run.exitCode(), run.err());
    if (exitCode == 0) {
      assertEquals("", run.err());
    }
  }

  /** The screen of the README is that of a client which sends a text and closes. */
  @Test
  void theScreenOfServeInTheReadmeIsReal() throws Exception {
    String readme = Files.readString(Path.of("README.md"));
    String screen = readme.substring(readme.indexOf("#1 < frame 1 "));
    screen = screen.substring(0, screen.indexOf("```"));
    List<String> args = new ArrayList<>(List.of(words("serve --port 0 -d frames --")));
    args.addAll(List.of(WscopeCommand.java().toString(), "-jar", WscopeCommand.jar().toString()));
    args.addAll(List.of(words("connect {url} --no-deflate -x hello --close 1000:done -d none")));
    Run run = wscope.run(args.toArray(String[]::new));
    assertTrue(withoutKeys(run.out()).contains(withoutKeys(screen)), run::out);
  }

  private static String withoutKeys(String screen) {
    return screen.replaceAll("key [0-9a-f]{8}", "key 01234567");
  }

  @Test
  void writesJson() throws Exception {
    assertEquals(
        new Run(
            0,
            """
            {"type":"message","sender":"client","number":1,"kind":"text","frames":1,"length":3,\
            "complete":true,"text":"MDN","omitted":0}
            {"type":"end","frames":1,"messages":1,"violations":0,"errors":0,\
            "unfinishedMessages":[]}
            """,
            ""),
        run("", "decode --format json -d messages 129 131 61 84 35 6 112 16 109"));
  }

  @Test
  void showsItsVersion() throws Exception {
    Run run = run("", "--version");
    assertTrue(
        run.out().matches("wscope \\d+\\.\\d+\\S*\nJava \\d.*, .+\n\\S.* \\S+ \\S+\n"), run.out());
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void containsTheCompletions() throws Exception {
    String script = Files.readString(Path.of("completions", "_wscope"));
    assertEquals(new Run(0, script, ""), run("", "completion zsh"));
  }

  @Test
  void writesUnicodeOrAsciiByTheLocale() throws Exception {
    String decode = "decode -d frames c1 00";
    String unicode = wscope.with("LC_ALL", "C.UTF-8").run(words(decode)).out();
    assertTrue(unicode.contains("✗ rsv1-without-extension   RFC 6455 §5.2 → close"), unicode);
    String ascii = wscope.with("LC_ALL", "C").run(words(decode)).out();
    assertTrue(ascii.contains("x rsv1-without-extension   RFC 6455 section 5.2 -> close"), ascii);
  }

  @Test
  void reportsABusyPort() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket busy = new ServerSocket(0, 1, loopback)) {
      String message = "wscope: port %d of 127.0.0.1 is in use; try --port 0 for any free port\n";
      assertEquals(
          new Run(3, "", message.formatted(busy.getLocalPort())),
          run("", "serve --port " + busy.getLocalPort()));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptClosesAllConnections(@TempDir Path folder) throws Exception {
    Path recorded = folder.resolve("events.json");
    ServerProcess server = serve("--detail messages --record " + recorded);
    assertEquals("waiting for connections (Ctrl+C to stop)", server.out().readLine());
    try (RawClient first = server.open();
        RawClient second = server.open()) {
      // If a shell runs this test in the background, its processes ignore SIGINT.
      boolean ignored = server.ignores(2);
      server.signal(ignored ? "TERM" : "INT");
      for (RawClient client : List.of(first, second)) {
        client.expect(GOING_AWAY);
        client.send(CLOSE);
        client.expectEnd();
        client.disconnect();
      }
      Run end = server.finish();
      List<String> lines = end.out().lines().toList();
      assertEquals(ignored ? 143 : 130, end.exitCode());
      assertEquals(
          "wscope serve   stopped after 2 connections", lines.get(lines.size() - 1), "summary");
      for (String number : new String[] {"#1", "#2"}) {
        assertTrue(
            lines.contains(
                number
                    + " = closed   by us: 1001 going away, answered by the client: 1001 going"
                    + " away"),
            () -> String.join("\n", lines));
      }
      assertEquals("", end.err());
      String events = EventSchema.check(Files.readString(recorded));
      assertEquals(2, events.lines().filter(line -> line.contains("\"disconnected\"")).count());
      assertTrue(events.endsWith("\"connections\":2}\n"), "the last event is not recorded");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void waitsASecondForClientsThatDoNotReply() throws Exception {
    ServerProcess server = serve("");
    try (RawClient silent = server.open()) {
      server.signal("TERM");
      silent.expect(GOING_AWAY);
      silent.expectEnd();
      Run end = server.finish();
      assertEquals(143, end.exitCode());
      assertTrue(end.out().endsWith("\nwscope serve   stopped after 1 connection\n"), end.out());
    }
  }

  @Test
  void decodeEndsQuietlyWhenItsOutputIsClosed() throws Exception {
    Process process = wscope.start("decode");
    try (OutputStream in = process.getOutputStream()) {
      in.write("81 00 ".repeat(10_000).getBytes(US_ASCII));
    } catch (IOException e) {
      // The process may have ended.
    }
    try (InputStream out = process.getInputStream()) {
      assertEquals('f', out.read());
    }
    assertEquals("", new String(process.getErrorStream().readAllBytes(), UTF_8));
    assertTrue(process.waitFor(10, SECONDS), "the process does not end");
    assertEquals(0, process.exitValue());
  }

  @Test
  void serveEndsQuietlyWhenItsOutputIsClosed() throws Exception {
    ServerProcess server = serve("-d messages");
    try (RawClient first = server.open();
        RawClient second = server.open()) {
      first.send(RawClient.text("a"));
      first.expect(RawClient.echo("a"));
      String line = server.out().readLine();
      while (!line.contains("message 1")) {
        line = server.out().readLine();
      }
      server.out().close();
      first.send(RawClient.text("b"));
      first.expect(RawClient.echo("b"), GOING_AWAY);
      second.expect(GOING_AWAY);
      for (RawClient client : List.of(first, second)) {
        client.send(CLOSE);
        client.expectEnd();
      }
      assertEquals("", server.errors());
      assertEquals(0, server.exitCode());
    }
  }

  @Test
  void sendsLinesOfStdinToAllClients() throws Exception {
    ServerProcess server = wscope.serve("--port", "0", "--stdin", "-d", "messages");
    try (RawClient client = server.open()) {
      try (OutputStream in = server.in()) {
        in.write("one\ntwo".getBytes(US_ASCII));
      }
      assertEquals("text one", client.nextInWords());
      assertEquals("text two", client.nextInWords());
      client.send(RawClient.text("still running"));
      assertEquals("text still running", client.nextInWords());
    }
  }

  /** A device has no size to check, and never ends. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotSendAnEndlessFile() throws Exception {
    try (WscopeCommand small = WscopeCommand.ofJar("-XX:TieredStopAtLevel=1", "-Xmx24m")) {
      Run run = WscopeCommand.finish(small.start(words("connect :1 --send-file /dev/zero")));
      assertEquals(new Run(3, "", "wscope: /dev/zero does not fit in memory\n"), run);
    }
  }

  /** S1: the largest declared length, with a small heap. */
  @Test
  void decodesAHugeLengthInASmallHeap() throws Exception {
    try (WscopeCommand small = WscopeCommand.ofJar("-XX:TieredStopAtLevel=1", "-Xmx24m")) {
      Process process = small.start(words("decode -d frames --preview 16"));
      try (OutputStream in = process.getOutputStream()) {
        // The header declares 2^63-1 bytes, and 15 million follow.
        in.write("82 7f 7f ff ff ff ff ff ff ff".getBytes(US_ASCII));
        byte[] piece = " 00 11 22 33 44".repeat(10_000).getBytes(US_ASCII);
        for (int i = 0; i < 300; i++) {
          in.write(piece);
        }
      }
      Run run = WscopeCommand.finish(process);
      assertEquals(new Run(1, run.out(), ""), run);
      assertTrue(
          run.out()
              .endsWith(
                  "at byte 15000010: 9223372036839775807 bytes of its payload data are missing\n"),
          run.out());
    }
  }

  private Run run(String input, String args) throws Exception {
    return wscope.reading(input, words(args));
  }

  /** Starts a server and checks its first line. */
  private ServerProcess serve(String options) throws Exception {
    ServerProcess server =
        wscope.serve(words("--host 127.0.0.1 --port 0" + (options.isEmpty() ? "" : " " + options)));
    assertTrue(FIRST_LINE.matcher(server.listening()).matches(), server.listening());
    return server;
  }

  private static String[] words(String args) {
    return args.split(" ", -1);
  }
}
