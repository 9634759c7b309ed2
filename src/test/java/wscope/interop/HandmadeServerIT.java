package wscope.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.cli.Run;

/**
 * {@code wscope connect} finds each mistake of a server that is written by hand, and says where to
 * look. The table is in handmade-server.txt.
 */
@Tag("interop")
@Timeout(30)
class HandmadeServerIT {
  /** Time limits that tests need not wait for. */
  private static final List<String> SHORT =
      List.of("--within=300ms", "--close-timeout=300ms", "--linger=50ms", "--preview=0");

  private static ServerScript server;

  @BeforeAll
  static void start() throws Exception {
    server = new ServerScript(List.of("node", "handmade-server.mjs"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> mistakes() throws Exception {
    return ScreenTable.read("handmade-server.txt");
  }

  /** The table has every mistake in the code of the server. */
  @Test
  void theTableIsComplete() throws Exception {
    String code = Files.readString(ClientProcess.SCRIPTS.resolve("handmade-server.mjs"));
    List<String> paths = mistakes().map(row -> row.get()[0].toString().split(" ", 2)[0]).toList();
    List<String> mistakes =
        Pattern.compile("(?:bug [!=]==|case) '([a-z0-9-]+)'")
            .matcher(code)
            .results()
            .map(found -> "/" + found.group(1))
            .toList();
    assertTrue(mistakes.size() > 20, mistakes::toString);
    assertEquals(List.of(), mistakes.stream().filter(path -> !paths.contains(path)).toList());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void findsTheMistake(String command, String exit, String lines) {
    List<String> words = ScreenTable.words(command);
    List<String> args = new ArrayList<>(List.of("connect", server.url(words.get(0))));
    args.addAll(words.subList(1, words.size()));
    if (!command.startsWith("/deflate")) {
      args.add("--no-deflate");
    }
    args.addAll(SHORT);
    Run run = Run.of(args.toArray(String[]::new));
    assertEquals(
        exit + "\n" + lines, "exit " + run.exitCode() + "\n" + findings(run.out()), run.out());
  }

  @Test
  void theReportInTheReadmeIsReal() throws Exception {
    String name = "framing/length/binary/126";
    Run run = Run.of("check", server.url("/reads-7-bits"), "--case", name, "--case-time", "500ms");
    assertEquals(1, run.exitCode(), run.out());
    String found = run.out().substring(run.out().indexOf("✗ " + name));
    String finding = steady(found.substring(0, found.indexOf("\n\n") + 1));
    String readme = steady(Files.readString(Path.of("README.md")));
    assertTrue(readme.contains("```\n" + finding + "```\n"), finding);
  }

  /** Without the port and the time, which differ from run to run. */
  private static String steady(String report) {
    return report
        .replaceAll("localhost:\\d+|127\\.0\\.0\\.1:\\d+", "HOST")
        .replaceAll("within [\\d.]+ m?s", "TIME");
  }

  /** The lines of the screen but those that each connection has. */
  private static String findings(String screen) {
    return String.join(
        "\n",
        ScreenTable.steady(screen)
            .lines()
            .filter(line -> !line.matches("> .*|>|<|< (HTTP|\\w[\\w-]*: ).*|< (frame|close) .*"))
            .filter(line -> !line.matches("= connected.*|= {10}(in|out|lasted) .*"))
            .toList());
  }
}
