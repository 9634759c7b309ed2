package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.report.json.EventSchema;

/** The jar that people run, as a process of its own. */
@Timeout(20)
class JarIT {
  private static final Pattern FIRST_LINE =
      Pattern.compile("wscope serve   ws://127\\.0\\.0\\.1:(\\d+)/   reply: echo");

  private static final String REQUEST =
      """
      GET /chat HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  /** Close 1001 with the reason of a server that stops. */
  private static final String GOING_AWAY = "881203e9" + hex("the server stops");

  /** Its answer, masked with zeros. */
  private static final String ANSWER = "88820000000003e9";

  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endWhatIsLeft() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void theFrameOfMdn() throws Exception {
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
                1  83           1... ....  MASK            1    masked, by a client
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
    "accept-key dGhlIHNhbXBsZSBub25jZQ==, '', 0",
    "accept-key short, '', 1",
    "serve --port 0 --host 192.0.2.1, '', 3",
  })
  void exitCodes(String args, String input, int exitCode) throws Exception {
    Run run = run(input, args);
    assertEquals(exitCode, run.exitCode(), run.err());
    if (exitCode == 0) {
      assertEquals("", run.err());
    }
  }

  @Test
  void json() throws Exception {
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
  void version() throws Exception {
    Run run = run("", "--version");
    assertTrue(
        run.out().matches("wscope \\d+\\.\\d+\\S*\nJava \\d.*, .+\n\\S.* \\S+ \\S+\n"), run.out());
    assertEquals(new Run(0, run.out(), ""), run);
  }

  @Test
  void completionsAreInTheJar() throws Exception {
    String script = Files.readString(Path.of("completions", "_wscope"));
    assertEquals(new Run(0, script, ""), run("", "completion zsh"));
  }

  @Test
  void unicodeAndAsciiTerminals() throws Exception {
    String decode = "decode -d frames c1 00";
    String unicode = finish(start(List.of("LC_ALL=C.UTF-8"), words(decode))).out();
    assertTrue(unicode.contains("✗ rsv1-without-extension   RFC 6455 §5.2 → close"), unicode);
    String ascii = finish(start(List.of("LC_ALL=C"), words(decode))).out();
    assertTrue(ascii.contains("x rsv1-without-extension   RFC 6455 section 5.2 -> close"), ascii);
  }

  @Test
  void aBusyPort() throws Exception {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (ServerSocket busy = new ServerSocket(0, 1, loopback)) {
      String told = "wscope: port %d of 127.0.0.1 is in use; try --port 0 for any free one\n";
      assertEquals(
          new Run(3, "", told.formatted(busy.getLocalPort())),
          run("", "serve --port " + busy.getLocalPort()));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void anInterruptEndsAllLinks(@TempDir Path folder) throws Exception {
    Path recorded = folder.resolve("events.json");
    Process process =
        start(
            List.of(),
            words("serve --host 127.0.0.1 --port 0 --detail messages --record " + recorded));
    BufferedReader out = output(process);
    int port = port(out);
    assertEquals("waiting for connections (Ctrl+C to stop)", out.readLine());
    try (Socket first = open(port);
        Socket second = open(port)) {
      // A shell that runs this test in the background has interrupts ignored; so has its child.
      boolean ignored = ignores(process, 2);
      new ProcessBuilder("kill", ignored ? "-TERM" : "-INT", Long.toString(process.pid()))
          .start()
          .waitFor();
      for (Socket socket : List.of(first, second)) {
        byte[] close = socket.getInputStream().readNBytes(20);
        assertEquals(GOING_AWAY, HexFormat.of().formatHex(close));
        socket.getOutputStream().write(HexFormat.of().parseHex(ANSWER));
        assertEquals(-1, socket.getInputStream().read());
        socket.close();
      }
      List<String> lines = out.lines().toList();
      assertTrue(process.waitFor(10, SECONDS), "it does not end");
      assertEquals(ignored ? 143 : 130, process.exitValue());
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
      assertEquals("", errors(process));
      String events = EventSchema.check(Files.readString(recorded));
      assertEquals(2, events.lines().filter(line -> line.contains("\"disconnected\"")).count());
      assertTrue(events.endsWith("\"connections\":2}\n"), "the last words are recorded");
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSecondOfPatienceForClientsThatDoNotAnswer() throws Exception {
    Process process = start(List.of(), words("serve --host 127.0.0.1 --port 0"));
    BufferedReader out = output(process);
    try (Socket silent = open(port(out))) {
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      assertEquals(20, silent.getInputStream().readAllBytes().length);
      List<String> lines = out.lines().toList();
      assertTrue(process.waitFor(10, SECONDS), "it does not end");
      assertEquals(143, process.exitValue());
      assertEquals("wscope serve   stopped after 1 connection", lines.get(lines.size() - 1));
    }
  }

  @Test
  void aReaderThatHasSeenEnough() throws Exception {
    Process process = start(List.of(), words("decode"));
    try (OutputStream in = process.getOutputStream()) {
      in.write("81 00 ".repeat(10_000).getBytes(US_ASCII));
    } catch (IOException e) {
      // It may have ended.
    }
    try (InputStream out = process.getInputStream()) {
      assertEquals('f', out.read());
    }
    assertEquals("", errors(process));
    assertTrue(process.waitFor(10, SECONDS), "it does not end");
    assertEquals(0, process.exitValue());
  }

  @Test
  void aServerWhoseReaderHasSeenEnough() throws Exception {
    Process process = start(List.of(), words("serve --host 127.0.0.1 --port 0 -d messages"));
    BufferedReader out = output(process);
    int port = port(out);
    try (Socket first = open(port);
        Socket second = open(port)) {
      first.getOutputStream().write(HexFormat.of().parseHex("818100000000" + "61"));
      assertEquals("810161", HexFormat.of().formatHex(first.getInputStream().readNBytes(3)));
      String line = out.readLine();
      while (!line.contains("message 1")) {
        line = out.readLine();
      }
      out.close();
      first.getOutputStream().write(HexFormat.of().parseHex("818100000000" + "62"));
      assertEquals(
          "810162" + GOING_AWAY, HexFormat.of().formatHex(first.getInputStream().readNBytes(23)));
      assertEquals(GOING_AWAY, HexFormat.of().formatHex(second.getInputStream().readNBytes(20)));
      for (Socket client : List.of(first, second)) {
        client.getOutputStream().write(HexFormat.of().parseHex(ANSWER));
        assertEquals(-1, client.getInputStream().read());
      }
      assertEquals("", errors(process));
      assertTrue(process.waitFor(10, SECONDS), "it does not end");
      assertEquals(0, process.exitValue());
    }
  }

  @Test
  void theLinesOfStdinGoToAllClients() throws Exception {
    Process process = start(List.of(), words("serve --port 0 --stdin -d none"));
    try (BufferedReader out = output(process);
        FrameClient client = new FrameClient(port(out))) {
      try (OutputStream in = process.getOutputStream()) {
        in.write("one\ntwo".getBytes(US_ASCII));
      }
      assertEquals("text one", client.next());
      assertEquals("text two", client.next());
      client.send("the server goes on");
      assertEquals("text the server goes on", client.next());
    }
  }

  /** S1: the longest length there is, in a small heap. */
  @Test
  void littleMemoryIsEnough() throws Exception {
    Process process = start(List.of(), List.of("-Xmx24m"), words("decode -d frames --preview 16"));
    try (OutputStream in = process.getOutputStream()) {
      // 2^63-1 bytes are declared, and 15 million come.
      in.write("82 7f 7f ff ff ff ff ff ff ff".getBytes(US_ASCII));
      byte[] piece = " 00 11 22 33 44".repeat(10_000).getBytes(US_ASCII);
      for (int i = 0; i < 300; i++) {
        in.write(piece);
      }
    }
    Run run = finish(process);
    assertEquals(new Run(1, run.out(), ""), run);
    assertTrue(
        run.out()
            .endsWith(
                "at byte 15000010: 9223372036839775807 bytes of its payload data are missing\n"),
        run.out());
  }

  private Run run(String input, String args) throws Exception {
    Process process = start(List.of(), words(args));
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // A command that reads no input may have ended.
    }
    return finish(process);
  }

  private Process start(List<String> environment, List<String> args) throws IOException {
    return start(environment, List.of(), args);
  }

  private Process start(List<String> environment, List<String> options, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(options);
    command.addAll(List.of("-jar", System.getProperty("wscope.jar")));
    command.addAll(args);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Else the virtual machine tells on stderr that it has seen them.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("_JAVA_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    for (String variable : environment) {
      int at = variable.indexOf('=');
      builder.environment().put(variable.substring(0, at), variable.substring(at + 1));
    }
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private static Run finish(Process process) throws Exception {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    String err = errors(process);
    assertTrue(process.waitFor(10, SECONDS), "it does not end");
    return new Run(process.exitValue(), out, err);
  }

  private static List<String> words(String args) {
    return List.of(args.split(" ", -1));
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static String errors(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), UTF_8);
  }

  private static int port(BufferedReader out) throws IOException {
    Matcher line = FIRST_LINE.matcher(String.valueOf(out.readLine()));
    assertTrue(line.matches(), "the first line tells the port");
    return Integer.parseInt(line.group(1));
  }

  /** A client with its opening handshake behind it. */
  private static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = socket.getInputStream().read();
      assertTrue(b >= 0, () -> "the server ended after: " + head);
      head.append((char) b);
    }
    assertTrue(head.toString().startsWith("HTTP/1.1 101 "), head.toString());
    return socket;
  }

  /**
   * Whether a process has a signal ignored, as those that a shell starts in the background have.
   */
  static boolean ignores(Process process, int signal) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) {
      return false;
    }
    int bit = 1 << (signal - 1);
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .mapToLong(line -> HexFormat.fromHexDigitsToLong(line.substring(7).strip()))
        .anyMatch(ignored -> (ignored & bit) != 0);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }
}
