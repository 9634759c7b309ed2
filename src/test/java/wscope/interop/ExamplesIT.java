package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import wscope.cli.Run;
import wscope.support.WscopeCommand;

/**
 * A shell runs each example of {@code --help} and of src/docs, in a directory with the files that
 * they name. Local servers stand in for those that the examples name.
 */
@Tag("interop")
@Timeout(180)
class ExamplesIT {
  private static final Pattern BLOCK = Pattern.compile("(?m)^```\\n((?:.*\\n)*?)```$");
  private static final Pattern COMMENT = Pattern.compile(" {3,}.*$");

  /** What the examples need that is not here; other tests run their like. */
  private static final Pattern ELSEWHERE =
      Pattern.compile("tcpdump|sudo |/run/app\\.sock|http://localhost:3000");

  /** What would take long is shortened. */
  private static final Map<String, String> SHORTENED =
      Map.of(
          "--for 10s", "--for 200ms",
          "--idle=2m", "--idle=1s",
          "--client -- ", "--client --group close -- ",
          "--parallel 2 --group handshake,framing", "--parallel 2 --group close",
          "--client --browser", "--client --browser --group close");

  /** The exit codes of examples that break a rule, or ask for what the stand-ins do not have. */
  private static final Map<String, Integer> CODES =
      Map.of(
          "--fault client-frame-unmasked", 5,
          "-x hello --expect '^h.l' -x bye", 0,
          "--expect /data/0/id=7", 1,
          "--browser --group close", 1,
          "./my-client {url}", 0,
          "--peer 192.0.2.5", 2,
          "--from-time 12.5", 2);

  @TempDir private static Path folder;

  private static InteropServer plain;
  private static InteropServer tls;

  @BeforeAll
  static void prepare() throws Exception {
    Tool.onPath("node");
    Tool.onPath("jq");
    Tool.onPath("openssl");
    Path modules = Path.of("src", "test", "interop", "node_modules").toAbsolutePath();
    Tool.folder(modules, "npm ci --prefix src/test/interop");
    plain = new InteropServer(folder);
    tls = InteropServer.over(true, folder);
    Files.createSymbolicLink(folder.resolve("node_modules"), modules);
    Files.createSymbolicLink(folder.resolve("wscope.jar"), WscopeCommand.jar());
    Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(folder.resolve("bin/wscope"), WscopeCommand.executable());
    for (String directory :
        List.of(".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions")) {
      Files.createDirectories(folder.resolve("home").resolve(directory));
    }
    String client = "const s = new WebSocket(process.argv[2]); s.on('message', () => s.close());";
    String sends = client + " s.on('open', () => s.send('hello')); s.on('error', () => {});\n";
    write("client.js", "const WebSocket = require('ws'); " + sends);
    write("client.mjs", "import WebSocket from 'ws'; " + sends);
    write("my-client", "#!/bin/sh\nexec node client.js \"$1\"\n");
    assertTrue(folder.resolve("my-client").toFile().setExecutable(true));
    write("heads.txt", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    write("server.log", "socket hang up\n");
    write("picture.png", "any bytes");
    Files.write(folder.resolve("capture.bin"), new byte[] {(byte) 0x81, 2, '{', '}'});
    assertEquals(
        0,
        shell(
                "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2"
                    + " -keyout key.pem -out cert.pem && wscope connect "
                    + plain.url()
                    + " -x hello --record capture.pcapng")
            .exitCode());
  }

  @AfterAll
  static void stop() throws Exception {
    try (InteropServer first = plain;
        InteropServer second = tls) {
      assertFalse(first == second);
    }
  }

  private static void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  static Stream<String> examples() throws IOException {
    CommandLine root = Run.commands();
    List<String> found = new ArrayList<>();
    Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
        .map(command -> String.join("\n", command.getCommandSpec().usageMessage().footer()))
        .forEach(
            text ->
                text.replaceAll("\\\\+\\s+", " ").lines().map(String::strip).forEach(found::add));
    try (Stream<Path> documents = Files.list(Path.of("src", "docs"))) {
      for (Path document : documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        BLOCK
            .matcher(Files.readString(document))
            .results()
            .flatMap(block -> block.group(1).lines())
            .forEach(found::add);
      }
    }
    return found.stream()
        .map(line -> COMMENT.matcher(line).replaceFirst("").replaceFirst("^\\$ ", ""))
        .filter(line -> line.matches("(?:.*[|(] ?)?(?:java -jar )?wscope[ .].*"))
        .filter(line -> !ELSEWHERE.matcher(line).find())
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void runs(String example) throws Exception {
    String line = example;
    for (Map.Entry<String, String> shortened : SHORTENED.entrySet()) {
      line = line.replace(shortened.getKey(), shortened.getValue());
    }
    boolean checks = line.startsWith("wscope check");
    boolean serves = line.matches("wscope (?:serve|proxy) .*") || line.equals("wscope serve");
    if (line.contains("--wait") || (serves && !line.contains(" -- "))) {
      listens(checks ? line.replace("--port 9001", "") : onFreePort(line));
      return;
    }
    line = serves ? onFreePort(line) : line;
    Run run = shell(onStandIns(line));
    assertEquals(code(line), run.exitCode(), () -> run.out() + run.err());
    assertFalse(run.err().contains("bug in wscope"), run.err());
  }

  private static int code(String line) {
    Map<String, Integer> codes = new LinkedHashMap<>(CODES);
    codes.keySet().removeIf(part -> !line.contains(part));
    return codes.values().stream().findFirst().orElse(0);
  }

  private static String onFreePort(String line) {
    String free = line.replaceAll(" --port \\d+", "");
    int client = free.indexOf(" -- ");
    int end = client < 0 ? free.length() : client;
    return free.substring(0, end) + " --port 0" + free.substring(end);
  }

  /** The line with the addresses of the local servers. */
  private static String onStandIns(String line) {
    String address = "localhost:" + plain.url().getPort();
    String secure = "wss://localhost:" + tls.url().getPort();
    String local =
        line.replaceAll("wss://(?:server\\.)?example(?:\\.com)?", secure)
            .replaceAll("localhost:[89]0[08]0", address)
            .replaceAll("(?<![\\w\\]]):[89]0[08]0", address);
    if (!local.contains(secure)) {
      return local;
    }
    String trusted = " --cacert '" + tls.pem() + "'";
    int client = local.indexOf(" -- ");
    int end = client < 0 ? local.length() : client;
    return local.substring(0, end) + trusted + local.substring(end);
  }

  /** A server listens, and ends when it is told to. */
  private static void listens(String line) throws Exception {
    Process process = start(line + " 2>&1");
    try (BufferedReader shown = process.inputReader(UTF_8)) {
      StringBuilder screen = new StringBuilder();
      String read = shown.readLine();
      while (read != null && !read.startsWith("waiting for ")) {
        screen.append(read).append('\n');
        read = shown.readLine();
      }
      assertTrue(read != null, screen::toString);
    } finally {
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    }
    assertEquals(143, process.exitValue());
  }

  private static Run shell(String line) throws Exception {
    return WscopeCommand.finish(start(line));
  }

  private static Process start(String line) throws IOException {
    // exec lets a signal reach wscope itself.
    boolean simple = line.startsWith("wscope ") && !line.matches(".*(?:\\||> ).*");
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", simple ? "exec " + line : line);
    builder.directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.matches("WSCOPE_.*|.*JAVA_.*OPTIONS|XDG_.*"));
    environment.put("HOME", folder.resolve("home").toString());
    environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C.UTF-8");
    return builder.start();
  }
}
