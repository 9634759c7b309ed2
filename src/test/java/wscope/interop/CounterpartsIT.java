package wscope.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.support.WscopeCommand;

/**
 * The counterparts of the command lines of wscat and websocat in the README run in a shell, against
 * a server that greets and echoes. The names h, ca.pem, c.pem, k.pem, file and /run/app.sock stand
 * for a host, files and a socket, which socat serves.
 */
@Tag("interop")
@Timeout(60)
class CounterpartsIT {
  private static final Pattern ROW = Pattern.compile("\\| `(wscope connect [^`]*)` \\|$");

  /** What shows that an option had an effect. */
  private static final Map<String, String> EFFECTS =
      Map.ofEntries(
          Map.entry("-x hello", "> message 1 .*\"hello\""),
          Map.entry("-H 'A: b'", "> A: b"),
          Map.entry("-o http://h", "> Origin: http://h"),
          Map.entry("-s chat", "= open .* subprotocol: chat"),
          Map.entry("--auth user:password", "> Authorization: Basic dXNlcjpwYXNzd29yZA=="),
          Map.entry("-k", ".*not trusted.*"),
          Map.entry("--cacert ca.pem", "= secured .*"),
          Map.entry("--ping 5s", "= closed .*"),
          Map.entry("--send-file file", "> message 1 .*\"from a file\""),
          Map.entry("--count 1", "= {10}in +2 frames, 1 message, .*"),
          Map.entry("--payload-only > file", "hi"),
          Map.entry("--unix /run/app.sock", "= connected to .*app\\.sock in .*"),
          Map.entry("--retry forever", "= closed .*"));

  @TempDir private static Path folder;

  /** The running commands. Each has a directory, because some write files. */
  private static final Map<String, Process> STARTED = new HashMap<>();

  private static InteropServer plain;
  private static InteropServer tls;

  @BeforeAll
  static void start() throws Exception {
    Tool.onPath("openssl");
    Tool.onPath("socat");
    plain = new InteropServer(folder, "--greet=hi");
    tls = InteropServer.over(true, folder, "--greet=hi");
    Files.copy(tls.pem(), folder.resolve("ca.pem"));
    Process openssl =
        shell(
            folder,
            "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=c -keyout k.pem -out c.pem");
    assertEquals(0, openssl.waitFor());
    Path socket = folder.resolve("app.sock");
    String listen = "exec socat UNIX-LISTEN:app.sock,fork TCP:127.0.0.1:" + plain.url().getPort();
    STARTED.put("socat", shell(folder, listen));
    while (!Files.exists(socket)) {
      assertTrue(STARTED.get("socat").isAlive(), "socat has ended");
      Thread.onSpinWait();
    }
    for (String command : counterparts()) {
      Path directory = directory(command);
      Files.createDirectory(directory);
      for (String name : List.of("ca.pem", "c.pem", "k.pem")) {
        Files.copy(folder.resolve(name), directory.resolve(name));
      }
      Files.writeString(directory.resolve("file"), "from a file");
      STARTED.put(command, shell(directory, real(command)));
    }
  }

  private static Path directory(String command) throws IOException {
    return folder.resolve(Integer.toString(counterparts().indexOf(command)));
  }

  private static String real(String command) {
    return command
        .replace("ws://h/", plain.url().toString())
        .replace("wss://h/", tls.url().toString())
        .replace("/run/app.sock", folder.resolve("app.sock").toString())
        .replaceFirst("^wscope", WscopeCommand.executable().toString());
  }

  @AfterAll
  static void stop() {
    STARTED.values().forEach(Process::destroy);
    plain.close();
    tls.close();
  }

  static List<String> counterparts() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("README.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.find()) {
        commands.add(row.group(1));
      }
    }
    return commands;
  }

  @Test
  void eachOptionHasACheck() throws IOException {
    TreeSet<String> unknown = new TreeSet<>();
    for (String command : counterparts()) {
      String rest =
          command.replaceFirst("wscope connect wss?://h/", "").replace(" --linger 2s", "");
      for (String option : EFFECTS.keySet()) {
        rest = rest.replaceFirst(" " + Pattern.quote(option) + "(?= |$)", "");
      }
      if (!rest.replace(" --cert c.pem --key k.pem", "").isEmpty()) {
        unknown.add(command);
      }
    }
    assertEquals(new TreeSet<>(), unknown);
    assertTrue(counterparts().size() >= 10, counterparts()::toString);
  }

  @ParameterizedTest
  @MethodSource("counterparts")
  void runs(String command) throws Exception {
    Process process = STARTED.get(command);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertTrue(process.waitFor(20, SECONDS), "the command does not end");
    assertEquals(0, process.exitValue(), output);
    assertTrue(
        output.contains(
            "= closed   by us: 1000 normal closure, answered by the server: 1000 normal closure\n"),
        output);
    String all = output + Files.readString(directory(command).resolve("file"));
    for (Map.Entry<String, String> effect : EFFECTS.entrySet()) {
      if (command.matches(".* " + Pattern.quote(effect.getKey()) + "( .*)?")) {
        assertTrue(all.lines().anyMatch(line -> line.matches(effect.getValue())), all);
      }
    }
  }

  private static Process shell(Path directory, String command) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectInput(Path.of("/dev/null").toFile())
        .start();
  }
}
