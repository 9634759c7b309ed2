package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.capture.packets.CapturedTalks;
import wscope.support.RawClient;
import wscope.support.SampleHandshake;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/**
 * The real jar in unusual environments: locales, terminals, directories, time zones. It runs with
 * the Java of the tests; warnings of this Java on stderr would fail a test.
 */
@EnabledOnOs(OS.LINUX)
@Tag("interop")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PortabilityIT {
  private static final String JAR = WscopeCommand.jar().toString();
  private static final String KEY = SampleHandshake.KEY;
  private static final Run ACCEPTED = new Run(0, SampleHandshake.ACCEPT + "\n", "");

  /** The frame of the text grüße ☃, as encode writes it. */
  private static final String GREETING = "81 0b 67 72 c3 bc c3 9f 65 20 e2 98 83\n";

  /** The next prompt; a terminal without a width shows only that bracketed paste is switched on. */
  private static final Pattern PROMPT = Pattern.compile("decode> |\u001b\\[\\?2004h");

  /** Variables that affect output; each test sets the ones that it needs. */
  private static final List<String> USER_VARIABLES =
      List.of("LC_ALL", "LC_CTYPE", "LANG", "TERM", "NO_COLOR", "COLUMNS", "LINES", "TZ");

  @TempDir private Path home;
  private final List<WscopeCommand> started = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private List<String> java = java();
  private Path directory = Path.of("").toAbsolutePath();

  @BeforeEach
  void setEnvironment() {
    environment.put("HOME", home.toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  @AfterEach
  void killProcesses() {
    started.forEach(WscopeCommand::close);
  }

  // Locales.

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "no_SUCH.locale"})
  void readsArgumentsInAnyLocale(String locale) throws Exception {
    environment.put("LC_ALL", locale);
    assertEquals(new Run(0, GREETING, ""), run("encode", "text", "grüße ☃"));
  }

  @Test
  void writesAsciiInAnAsciiLocale() throws Exception {
    String[] broken = {"decode", "--explain", "c1 83 3d542306 70106d"};
    Run unicode = run(broken);
    assertTrue(unicode.out().contains("70 ⊕ 3d (key[0 mod 4]) = 4d"), unicode.out());
    assertTrue(unicode.out().contains("✗ rsv1-without-extension"), unicode.out());
    environment.put("LC_ALL", "C");
    Run ascii = run(broken);
    assertTrue(ascii.out().contains("70 xor 3d (key[0 mod 4]) = 4d"), ascii.out());
    assertTrue(ascii.out().contains("x rsv1-without-extension"), ascii.out());
    for (String[] args :
        new String[][] {
          broken, {"--help"}, {"serve", "--help"}, {"rules"}, {"explain", "1006"}, {"dec\u00f6de"}
        }) {
      Run run = run(args);
      String all = run.out() + run.err();
      assertTrue(all.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), all);
    }
  }

  /** JSON is ASCII everywhere, and a pipe gets the bytes of a payload. */
  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void writesTheSameDataInAnyLocale(String locale) throws Exception {
    environment.put("LC_ALL", locale);
    assertEquals(new Run(0, "grüße ☃", ""), run("decode", "--payload-only", GREETING));
    Run json = run("decode", "--format", "json", "-d", "messages", GREETING);
    assertTrue(json.out().contains("\"text\":\"gr\\u00FC\\u00DFe \\u2603\""), json.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tr-TR", "ar-EG-u-nu-arab", "th-TH-u-nu-thai-ca-buddhist", "hi-IN-u-nu-deva"})
  void writesTheSameForAnyDefaultLocale(String locale) throws Exception {
    List<String[]> commands =
        List.of(
            new String[] {"decode", "--explain", "--summary", "c1 fe 00 7e 3d542306 70106d"},
            new String[] {"decode", "--format", "JSON", "--detail", "BITS", "88 02 03 e8"},
            new String[] {"encode", "BINARY", "title", "--format", "JAVA"},
            new String[] {"encode", "text", "a", "--rsv", "RSV1", "--break", "INVALID"},
            new String[] {"rules", "--format", "json"},
            new String[] {"rules", "utf-16"},
            new String[] {"explain", "TITLE", "INVALID_PAYLOAD", "101"},
            new String[] {"explain", "INVALID FRAME HEADER, UNEXPECTED RESPONSE CODE: 101"},
            new String[] {"serve", "--fault", "LENGTH-NOT-MINIMAL", "--silent", "PING"},
            new String[] {"serve", "--max-message", "3kib"},
            new String[] {"serve", "--help"});
    List<Run> expected = runAll(commands);
    java =
        java(
            "-Duser.language=" + locale.substring(0, 2),
            "-Duser.country=" + locale.substring(3, 5),
            "-Duser.extensions=" + locale.substring(Math.min(6, locale.length())));
    assertEquals(expected, runAll(commands));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Pacific/Kiritimati", "America/St_Johns", "nowhere", ""})
  void worksInAnyTimeZone(String zone) throws Exception {
    environment.put("TZ", zone);
    assertEquals(ACCEPTED, run("accept-key", KEY));
    assertEquals("", serve("--time", "absolute").stop());
  }

  // File names.

  @Test
  void readsAFileWithSpacesAndAccents() throws Exception {
    Path folder = Files.createDirectories(home.resolve("a b").resolve("grüße ☃"));
    Path file = Files.writeString(folder.resolve("ein f\u00fc.txt"), GREETING);
    Run expected = run("decode", GREETING);
    assertEquals(new Run(0, expected.out(), ""), expected);
    assertEquals(expected, run("decode", "--file", file.toString()));
    directory = folder;
    assertEquals(expected, run("decode", "--file", "ein f\u00fc.txt"));
    assertEquals(
        new Run(3, "", "wscope: the file " + folder.resolve("ö") + " does not exist\n"),
        run("decode", "--file", folder.resolve("ö").toString()));
  }

  /** Java cannot open such a file in an ASCII locale; wscope must not claim that it is missing. */
  @Test
  void rejectsAFileNameThatTheLocaleCannotEncode() throws Exception {
    Path folder = Files.createDirectory(home.resolve("grüße"));
    Files.writeString(folder.resolve("plain"), GREETING);
    Files.writeString(folder.resolve("ü"), GREETING);
    Run expected = run("decode", GREETING);
    environment.put("LC_ALL", "C");
    directory = folder;
    assertEquals(
        new Run(0, expected.out().replace("grüße ☃", "gr\\u{fc}\\u{df}e \\u{2603}"), ""),
        run("decode", "--file", "plain"));
    assertEquals(
        Run.misused(
            "wscope decode",
            "--file: '\\u{fc}' is not a valid file name in this locale; set LC_ALL to one with"
                + " UTF-8, such as C.UTF-8"),
        run("decode", "--file", "ü"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "grüße ☃"})
  void startsFromAnyDirectory(String name) throws Exception {
    Path jar = Files.createDirectory(home.resolve(name)).resolve("my wscope.jar");
    Files.copy(Path.of(JAR), jar);
    java = new ArrayList<>(java);
    java.set(java.size() - 1, jar.toString());
    assertEquals(ACCEPTED, run("accept-key", KEY));
    assertEquals(0, run("completion", "bash").exitCode());
  }

  // Directories that are missing or not writable.

  @Test
  void createsNoFilesUnlessAsked() throws Exception {
    directory = Files.createDirectory(home.resolve("work"));
    for (String[] args :
        new String[][] {
          {"decode", GREETING},
          {"encode", "text", "a"},
          {"accept-key", KEY},
          {"rules"},
          {"help", "serve"},
          {"--version"},
          {"completion", "zsh"},
        }) {
      assertEquals(0, run(args).exitCode());
    }
    assertEquals("", serve().stop());
    try (Stream<Path> files = Files.walk(home)) {
      assertEquals(List.of(home, directory), files.toList());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', HOME is not set",
    "relative, HOME is not an absolute path",
    "/proc/none, /proc/none: No such file or directory",
    "/dev/null, /dev/null/.cache: Not a directory",
  })
  void worksWithoutAHomeDirectory(String value, String reason) throws Exception {
    environment.remove("HOME");
    if (!value.isEmpty()) {
      environment.put("HOME", value);
    }
    assertEquals(ACCEPTED, run("accept-key", KEY));
    Served served = serve("--tls");
    assertTrue(served.first().startsWith("wscope serve   wss://127.0.0.1:"), served.first());
    assertEquals(
        "note: the certificate is for this run only, because it cannot be saved: " + reason + "\n",
        served.stop());
    inTerminal("decode -d frames", "81 00", "opcode 0x1 text          MASK 0  length 0");
  }

  /** An existing certificate, which users may trust already, is used if it can be read. */
  @Test
  void usesACertificateInAReadOnlyDirectory() throws Exception {
    assertEquals("", serve("--tls").stop());
    Path cache = home.resolve(".cache/wscope");
    String trusted = Files.readString(cache.resolve("localhost.pem"));
    // Not even root can open a directory for writing.
    Files.delete(cache.resolve("lock"));
    Files.createDirectory(cache.resolve("lock"));
    Served served = serve("--tls");
    assertTrue(served.first().startsWith("wscope serve   wss://127.0.0.1:"), served.first());
    assertEquals("", served.stop());
    assertEquals(trusted, Files.readString(cache.resolve("localhost.pem")));
    Files.delete(cache.resolve("localhost.p12"));
    assertEquals(
        "note: the certificate is for this run only, because it cannot be saved: "
            + cache.resolve("lock")
            + ": Is a directory\n",
        serve("--tls").stop());
  }

  /** Not even root can create a file in /proc. */
  @Test
  void worksInAReadOnlyDirectory() throws Exception {
    directory = Path.of("/proc");
    assertEquals(ACCEPTED, run("accept-key", KEY));
    assertEquals(new Run(0, GREETING, ""), run("encode", "text", "grüße ☃"));
    assertEquals("", serve().stop());
    assertEquals(
        new Run(3, "", "wscope: cannot create events.json: No such file or directory\n"),
        run("serve", "--port", "0", "--record", "events.json"));
  }

  // Terminals.

  @ParameterizedTest
  @ValueSource(strings = {"", "dumb"})
  void writesNoEscapeSequencesToADumbTerminal(String name) throws Exception {
    if (!name.isEmpty()) {
      environment.put("TERM", name);
    }
    for (String[] command :
        new String[][] {
          {
            "decode -d frames",
            "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 0"
          },
          {
            "decode -d frames 81 00",
            "frame 1    FIN 1  RSV 000  opcode 0x1 text          MASK 0  length 0"
          },
          {"rules", "rsv1-without-extension"},
        }) {
      String shown = inTerminal(command[0], "81 00", command[1]);
      assertFalse(shown.contains("\u001b"), shown);
    }
  }

  @ParameterizedTest
  @MethodSource("prompts")
  void promptsCauseNoWarnings(String command, String typed, String expected) throws Exception {
    environment.put("TERM", "xterm");
    Path errors = home.resolve("errors");
    inTerminal(command + " 2>" + errors, typed, expected);
    assertEquals("", Files.readString(errors));
  }

  static List<String[]> prompts() {
    return List.of(
        new String[] {"decode -d frames", "81 00", "opcode 0x1 text          MASK 0  length 0"},
        new String[] {"serve --port 0", "/quit", "stopped after 0 connections"},
        new String[] {"serve --port 0 --tls", "/quit", "stopped after 0 connections"});
  }

  @ParameterizedTest
  @ValueSource(strings = {"20", "1000", "0", "-1", "x", ""})
  void ignoresTheVariableColumns(String columns) throws Exception {
    Run expected = run("serve", "--help");
    environment.put("COLUMNS", columns);
    assertEquals(expected, run("serve", "--help"));
    assertEquals(
        0, expected.out().lines().filter(line -> line.length() > 80).count(), expected.out());
  }

  // Warnings of Java.

  @Test
  void compressionCausesNoWarnings() throws Exception {
    Run frame = run("encode", "text", "Hello", "--deflate");
    assertEquals(new Run(0, frame.out(), ""), frame);
    Run decoded = run("decode", "--deflate", "-d", "messages", frame.out());
    assertEquals(new Run(0, decoded.out(), ""), decoded);
    assertTrue(decoded.out().contains("\"Hello\""), decoded.out());
  }

  @Test
  void tlsCausesNoWarnings() throws Exception {
    Served served = serve("--tls");
    try (InputStream pem = Files.newInputStream(home.resolve(".cache/wscope/localhost.pem"))) {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "localhost", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      InetSocketAddress address = served.process.address();
      try (RawClient client =
          new RawClient(
              context.getSocketFactory().createSocket(address.getAddress(), address.getPort()))) {
        client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        assertTrue(client.head().startsWith("HTTP/1.1 200 OK\r\n"));
      }
    }
    assertEquals("", served.stop());
  }

  // Processes.

  private static List<String> java(String... options) {
    List<String> java = new ArrayList<>();
    java.add(WscopeCommand.java().toString());
    java.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    java.addAll(List.of(options));
    java.addAll(List.of("-jar", JAR));
    return java;
  }

  private List<Run> runAll(List<String[]> commands) throws Exception {
    List<Run> runs = new ArrayList<>();
    for (String[] command : commands) {
      runs.add(run(command));
    }
    return runs;
  }

  private Run run(String... args) throws Exception {
    return command(java).run(args);
  }

  /** Prepares a command in the environment of this test. */
  private WscopeCommand command(List<String> command) {
    WscopeCommand prepared =
        WscopeCommand.of(command)
            .without(name -> USER_VARIABLES.contains(name) || name.matches("XDG_.*|HOME"))
            .with(environment)
            .in(directory);
    started.add(prepared);
    return prepared;
  }

  /** A large capture shows how much of it has been read, in a line that it erases. */
  @Test
  void showsTheProgressOfALargeCapture() throws Exception {
    Path file = Files.write(home.resolve("large.pcap"), CapturedTalks.two());
    ByteBuffer other = ByteBuffer.allocate(16 + 60_000).order(ByteOrder.LITTLE_ENDIAN);
    other.putInt(1_795_867_300).putInt(0).putInt(60_000).putInt(60_000);
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      for (int i = 0; i < 1000; i++) {
        out.write(other.array());
      }
    }
    String command = String.join(" ", java) + " decode --detail none --file " + file;
    Process process = command(List.of("script", "-qec", command, "/dev/null")).start();
    String shown = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(10, SECONDS), "the process does not end");
    Matcher line =
        Pattern.compile("^(\\rreading: \\d+ % of 60 MB)+\\r +\\r#1 10\\.0\\.0\\.1:1000 ")
            .matcher(shown);
    assertTrue(line.find(), shown);
    assertEquals(-1, shown.indexOf("reading", line.end()), shown);
  }

  /**
   * Runs a command in a new terminal and types a line. Ends the input after the expected output
   * and, if there is a prompt, after the next prompt; between two prompts, the end would be lost.
   */
  private String inTerminal(String args, String typed, String expected) throws Exception {
    String command = String.join(" ", java) + " " + args;
    Process process = command(List.of("script", "-qec", command, "/dev/null")).start();
    StringBuilder shown = new StringBuilder();
    OutputStream in = process.getOutputStream();
    in.write((typed + "\r").getBytes(UTF_8));
    in.flush();
    try (Reader out = process.inputReader(UTF_8)) {
      assertTrue(
          readTo(Pattern.compile(Pattern.quote(expected)), out, shown),
          () -> expected + " is missing in " + shown);
      readTo(PROMPT, out, shown);
      in.close();
      StringWriter rest = new StringWriter();
      out.transferTo(rest);
      shown.append(rest);
    }
    assertTrue(process.waitFor(10, SECONDS), "the process does not end");
    return shown.toString();
  }

  /** Reads until a pattern matches; returns false if the output ends before. */
  private static boolean readTo(Pattern awaited, Reader out, StringBuilder shown)
      throws IOException {
    int start = shown.length();
    int c = 0;
    while (c >= 0 && !awaited.matcher(shown).find(start)) {
      c = out.read();
      if (c >= 0) {
        shown.append((char) c);
      }
    }
    return c >= 0;
  }

  private Served serve(String... options) throws Exception {
    List<String> args = new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0"));
    args.addAll(List.of(options));
    return new Served(command(java).serve(args.toArray(String[]::new)));
  }

  /** A running server. */
  private record Served(ServerProcess process) {
    String first() {
      return process.listening();
    }

    /** Stops the server and returns what it wrote to stderr. */
    String stop() throws Exception {
      assertTrue(first().contains("wscope serve   ws"), first());
      process.terminate();
      Run end = process.finish();
      assertEquals(143, end.exitCode());
      return end.err();
    }
  }
}
