package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.net.TlsKeys;
import wscope.report.json.EventSchema;

/**
 * The executable when what it stands on fails: outputs, descriptors, memory, signals. Each ends in
 * one line and an exit code, and clients are told. {@link JarIT} has a port that is taken and a
 * reader that has seen enough, {@link PortabilityIT} directories that cannot be written and a Java
 * without keytool.
 */
@EnabledOnOs(OS.LINUX)
@Tag("interop")
@Timeout(value = 40, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingGroundIT {
  private static final String REQUEST =
      """
      GET / HTTP/1.1
      Host: localhost
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13

      """
          .replace("\n", "\r\n");

  private static final String SERVE = "serve --host 127.0.0.1 --port 0";

  /** Finds the port in the first event, of either format. */
  private static final String PORT = ".*wss?://127\\.0\\.0\\.1:(\\d+)/.*";

  private static final String FULL =
      "wscope: the standard output cannot be written: No space left on device\n";
  private static final String CLOSED =
      "wscope: the standard output cannot be written: Bad file descriptor\n";

  private static final String TOO_MANY = "✗ (a client could not be accepted: Too many open files)";

  /** The first bytes of a ClientHello of 512 bytes, RFC 8446 §4.1.2. */
  private static final String CLIENT_HELLO = "1603010200" + "010001fc" + "0303";

  /** The alert of a handshake that is not gone on with, RFC 8446 §6.1. */
  private static final String USER_CANCELED = "1503030002" + "015a";

  /** A text of three bytes, masked with zeros, and its echo. */
  private static final String TEXT = "818300000000414243";

  private static final String ECHO = "8103414243";

  /** Close 1001 with the reason "the server stops". */
  private static final String GOING_AWAY =
      "881203e9" + HexFormat.of().formatHex("the server stops".getBytes(US_ASCII));

  /** Its answer, masked with zeros. */
  private static final String ANSWER = "88820000000003e9";

  @TempDir private Path folder;
  private final Launched launched = new Launched(Launched.built());
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void endWhatIsLeft() {
    processes.forEach(Process::destroyForcibly);
  }

  // Standard streams.

  @ParameterizedTest
  @ValueSource(strings = {"decode 81 00", "rules --format json", "--help", "serve --port 0"})
  void anOutputThatTakesNothing(String args) throws Exception {
    assertEquals(new Run(3, "", FULL), finish(shell("exec", args + " >/dev/full")));
    assertEquals(new Run(3, "", CLOSED), finish(shell("exec", args + " >&-")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2>&-", "2>/dev/full"})
  void withoutAnErrorOutputTheExitCodeTells(String redirection) throws Exception {
    assertEquals(new Run(2, "", ""), finish(shell("exec", "decode 8g " + redirection)));
  }

  /** Else Java would take the first file that it opens for the standard input. */
  @Test
  void aClosedInputIsAnEmptyOne() throws Exception {
    assertEquals(
        Run.misused(
            "wscope decode",
            "there are no bytes to decode; try: wscope decode 81 05 48 65 6c 6c 6f"),
        finish(shell("exec", "decode <&-")));
  }

  @ParameterizedTest
  @CsvSource({
    "decode </, the standard input",
    "decode --file /, the file /",
    "encode text - </, the standard input",
    "accept-key - </, the standard input",
  })
  void aFolderIsNoInput(String args, String name) throws Exception {
    assertEquals(
        new Run(3, "", "wscope: " + name + " cannot be read: Is a directory\n"),
        finish(shell("exec", args)));
  }

  // Disks.

  /** The limit of a file's size stands for a disk that is full. */
  @ParameterizedTest
  @ValueSource(strings = {"text", "json"})
  void theOutputOfAServerIsFull(String format) throws Exception {
    Path out = Files.createFile(folder.resolve("out"));
    Process process = shell("ulimit -f 4; exec", SERVE + " --format " + format + " >" + out);
    int port = Integer.parseInt(awaited(out, PORT));
    try (Socket client = open(port);
        Socket other = open(port)) {
      String last = ECHO;
      while (last.equals(ECHO)) {
        send(client, TEXT);
        last = hex(client, ECHO.length() / 2);
      }
      assertEquals(GOING_AWAY, last + hex(client, (GOING_AWAY.length() - last.length()) / 2));
      assertEquals(GOING_AWAY, hex(other, GOING_AWAY.length() / 2));
      leave(client);
      leave(other);
    }
    assertEquals(
        new Run(3, "", "wscope: the standard output cannot be written: File too large\n"),
        finish(process));
  }

  @Test
  void aRecordingThatIsFullEndsNothing() throws Exception {
    Path record = folder.resolve("events.json");
    Process process = shell("ulimit -f 4; exec", SERVE + " -d none --record " + record);
    BufferedReader out = process.inputReader(UTF_8);
    try (Socket client = open(Integer.parseInt(until(out, PORT)))) {
      for (int i = 0; i < 20; i++) {
        send(client, TEXT);
        assertEquals(ECHO, hex(client, ECHO.length() / 2));
      }
      assertEquals(
          record + ": File too large",
          until(out, "✗ the recording has stopped, the server goes on: (.*)"));
      leave(client);
    }
    signal("TERM", process);
    assertEquals("1", until(out, "wscope serve   stopped after (1) connection"));
    assertEquals(new Run(143, "", ""), finish(process));
    assertTrue(EventSchema.check(Files.readString(record)).endsWith("}\n"), "whole lines");
  }

  // Ports, descriptors and memory.

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1 is no address of this machine; try --host 127.0.0.1",
    "no.such.invalid, the host no.such.invalid is not known; try --host 127.0.0.1",
  })
  void anAddressThatIsNotOurs(String host, String told) throws Exception {
    assertEquals(
        new Run(3, "", "wscope: " + told + "\n"),
        finish(shell("exec", "serve --port 0 --host " + host)));
  }

  @Test
  void tooManyClientsForTheDescriptors() throws Exception {
    Process process = shell("ulimit -n 48; exec", SERVE + " -d none");
    BufferedReader out = process.inputReader(UTF_8);
    int port = Integer.parseInt(until(out, PORT));
    List<Socket> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 48; i++) {
        clients.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      until(out, TOO_MANY);
      for (Socket client : clients) {
        client.close();
      }
      try (Socket client = open(port)) {
        send(client, TEXT);
        assertEquals(ECHO, hex(client, ECHO.length() / 2));
        leave(client);
      }
    } finally {
      for (Socket client : clients) {
        client.close();
      }
    }
    signal("TERM", process);
    List<String> rest = out.lines().toList();
    assertEquals("wscope serve   stopped after 49 connections", rest.get(rest.size() - 1));
    // It is tried again each second.
    assertTrue(rest.stream().filter(line -> line.matches(TOO_MANY)).count() < 5, rest::toString);
    assertEquals(new Run(143, "", ""), finish(process));
  }

  @Test
  void tooLittleMemoryToStart() throws Exception {
    launched.with("WSCOPE_JAVA_OPTS", "-XX:MaxDirectMemorySize=64k");
    assertEquals(new Run(3, "", "wscope: out of memory\n"), finish(shell("exec", SERVE)));
  }

  // Signals, and a terminal that is gone.

  /** They come twice, as from somebody without patience. */
  @ParameterizedTest
  @CsvSource({"TERM, 15", "HUP, 1", "INT, 2"})
  void signalsInEveryState(String signal, int number) throws Exception {
    Process process = shell("exec", SERVE + " -d none");
    BufferedReader out = process.inputReader(UTF_8);
    int port = Integer.parseInt(until(out, PORT));
    try (Socket handshaking = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket idle = open(port);
        Socket inFragments = open(port);
        Socket inFrame = open(port);
        Socket closing = open(port)) {
      handshaking.getOutputStream().write(REQUEST.substring(0, 20).getBytes(US_ASCII));
      send(inFragments, "0183" + "00000000" + "414243");
      send(inFrame, "81fe0100" + "00000000" + "414243");
      send(closing, "8882" + "00000000" + "03e8");
      assertEquals("880203e8", hex(closing, 4));
      signal(signal, process);
      signal(signal, process);
      for (Socket client : List.of(idle, inFragments)) {
        assertEquals(GOING_AWAY, hex(client, GOING_AWAY.length() / 2));
        leave(client);
      }
      assertEquals(GOING_AWAY, hex(inFrame, GOING_AWAY.length() / 2));
      send(inFrame, "00".repeat(0x100 - 3));
      leave(inFrame);
      assertEquals(-1, handshaking.getInputStream().read());
      assertEquals(-1, closing.getInputStream().read());
    }
    until(out, "wscope serve   stopped after (5) connections");
    assertEquals(new Run(128 + number, "", ""), finish(process));
  }

  /** A handshake of TLS that has only begun is dropped; who is behind it hears of the end. */
  @Test
  void aSignalDuringAHandshakeOfTls() throws Exception {
    launched.with("HOME", folder);
    Process process = shell("exec", SERVE + " -d none --tls");
    BufferedReader out = process.inputReader(UTF_8);
    int port = Integer.parseInt(until(out, PORT));
    SocketFactory tls = TlsKeys.trustingAll().getSocketFactory();
    try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket hello = new Socket(InetAddress.getLoopbackAddress(), port);
        Socket requesting = tls.createSocket(InetAddress.getLoopbackAddress(), port);
        Socket idle = opened(tls.createSocket(InetAddress.getLoopbackAddress(), port))) {
      send(hello, CLIENT_HELLO);
      requesting.getOutputStream().write(REQUEST.substring(0, 20).getBytes(US_ASCII));
      send(idle, TEXT);
      assertEquals(ECHO, hex(idle, ECHO.length() / 2));
      signal("TERM", process);
      assertEquals(GOING_AWAY, hex(idle, GOING_AWAY.length() / 2));
      leave(idle);
      assertEquals(-1, silent.getInputStream().read());
      assertEquals(USER_CANCELED, hex(hello, 100));
      assertEquals(-1, requesting.getInputStream().read());
    }
    until(out, "wscope serve   stopped after (4) connections");
    assertEquals(new Run(143, "", ""), finish(process));
  }

  /**
   * When the terminal is gone, the leader of its session gets SIGHUP; when that has ended, all
   * others do. The leader here is a shell, and another waits for the exit code.
   */
  @Test
  void theTerminalIsGone() throws Exception {
    Path code = Files.createFile(folder.resolve("code"));
    String serve = Launched.built() + " " + SERVE;
    goneUnderAServer(
        terminal("(trap : HUP; " + serve + "; echo $? >" + code + ") </dev/tty & wait"));
    assertEquals("129\n", Files.readString(code));
    assertEquals("", Files.readString(folder.resolve("errors")));
  }

  /** Who ignores SIGHUP comes to the end of its input. */
  @Test
  void theTerminalIsGoneUnheard() throws Exception {
    Path code = Files.createFile(folder.resolve("code"));
    String command = "trap '' HUP; " + Launched.built() + " %s; echo $? >" + code;
    goneUnderAServer(terminal(command.formatted(SERVE)));
    assertEquals("0\n", Files.readString(code));
    assertEquals("", Files.readString(folder.resolve("errors")));

    Files.writeString(code, "");
    Process terminal = terminal(command.formatted("decode"));
    until(terminal.inputReader(UTF_8), "(Paste bytes of a stream and press Enter).*");
    terminal.destroyForcibly();
    assertEquals("0", awaited(code, "(\\d+)\n"));
    assertEquals("", Files.readString(folder.resolve("errors")));
  }

  /** Takes the terminal away while a client is there; waits for the end of all in it. */
  private static void goneUnderAServer(Process terminal) throws Exception {
    BufferedReader out = terminal.inputReader(UTF_8);
    try (Socket client = open(Integer.parseInt(until(out, PORT)))) {
      until(out, "(What you type goes to the newest connection).*");
      CompletableFuture<?> ended =
          CompletableFuture.allOf(
              terminal
                  .descendants()
                  .map(ProcessHandle::onExit)
                  .toArray(CompletableFuture<?>[]::new));
      terminal.destroyForcibly();
      assertEquals(GOING_AWAY, hex(client, GOING_AWAY.length() / 2));
      // Without an answer the server stays for a second, and its signal finds it.
      assertEquals("", hex(client, 1));
      ended.get(20, SECONDS);
    }
  }

  /** A command of a shell in a terminal of its own, which is gone when the process is killed. */
  private Process terminal(String command) throws IOException {
    launched.with("HOME", folder).with("TERM", "xterm");
    String all = "exec 2>" + folder.resolve("errors") + "; " + command;
    return started(launched.start(Path.of("script"), "-qec", all, "/dev/null"));
  }

  /** The executable with arguments as a shell reads them, which hears signals. */
  private Process shell(String before, String args) throws IOException {
    // Who runs this test in the background has them ignored, and no shell can change that.
    return started(
        launched.start(
            Path.of("env"),
            "--default-signal=INT,HUP",
            "/bin/sh",
            "-c",
            before + " " + Launched.built() + " " + args));
  }

  private Process started(Process process) {
    processes.add(process);
    return process;
  }

  /** Ends the input; gives what is left of the outputs. */
  private static Run finish(Process process) throws Exception {
    return Launched.finish(process);
  }

  private static void signal(String name, Process process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** Reads up to a line that matches; gives its group. */
  private static String until(BufferedReader out, String pattern) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = Pattern.compile(pattern).matcher(line);
      if (matcher.matches()) {
        return matcher.group(1);
      }
      seen.append(line).append('\n');
    }
    return fail(pattern + " is missing in " + seen);
  }

  /** Waits for something in a file that grows; gives the group. */
  private String awaited(Path file, String pattern) throws Exception {
    try (WatchService watch = folder.getFileSystem().newWatchService()) {
      WatchKey key = folder.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
      Matcher matcher = Pattern.compile(pattern).matcher(Files.readString(file));
      while (!matcher.find()) {
        assertEquals(key, watch.poll(20, SECONDS), "nothing is written to " + file);
        key.pollEvents();
        key.reset();
        matcher.reset(Files.readString(file));
      }
      return matcher.group(1);
    }
  }

  /** A client with its opening handshake behind it. */
  private static Socket open(int port) throws IOException {
    return opened(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  private static Socket opened(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(REQUEST.getBytes(US_ASCII));
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = socket.getInputStream().read();
      assertTrue(b >= 0, () -> "the server ended after: " + head);
      head.append((char) b);
    }
    return socket;
  }

  private static void send(Socket client, String hex) throws IOException {
    client.getOutputStream().write(HexFormat.of().parseHex(hex));
  }

  private static String hex(Socket client, int count) throws IOException {
    return HexFormat.of().formatHex(client.getInputStream().readNBytes(count));
  }

  /** Answers the Close, and sees the end. */
  private static void leave(Socket client) throws IOException {
    send(client, ANSWER);
    client.getInputStream().readAllBytes();
  }
}
