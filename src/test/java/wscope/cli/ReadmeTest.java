package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.capture.tls.KeyLog;
import wscope.check.Checker;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Stdio;
import wscope.connection.Behaviour;
import wscope.connection.BehaviourParameters;
import wscope.connection.match.Subject;
import wscope.connection.reply.ScriptReader;
import wscope.input.find.Evidence;
import wscope.packet.TcpStreams;
import wscope.serve.Queries;
import wscope.serve.QueryParameters;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/**
 * The README and the other documents show the real output of the commands, and everything that they
 * name exists. In their code blocks, a command after {@code $} is run, and its output must follow;
 * other commands are parsed.
 */
class ReadmeTest {
  /** A code block and its indent. */
  private static final Pattern BLOCK = Pattern.compile("(?m)^( *)```\\n((?:.*\\n)*?)\\1```$");

  /** A command and its output. */
  private static final Pattern EXAMPLE =
      Pattern.compile("(?m)^\\$ wscope (.*)\\n((?:(?!\\$ ).*\\n)*)");

  /** A command, up to a pipe, a redirection, a comment or an explanation. */
  private static final Pattern COMMAND =
      Pattern.compile("(?m)(?:^|&& )(?:target/)?wscope (.*?)(?: [|>&#].*| {3,}.*)?$");

  /** The words of a command line, quoted or not. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private static final Pattern QUERY = Pattern.compile("ws://localhost:8080(/[^\\s`'$]*)");
  private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src(?:set)?=\")([^)\"]+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LIMIT = Pattern.compile("\\| `(--[a-z-]+)` \\| (\\w+) \\|");
  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");

  private static final Pattern VERSION = Pattern.compile("<version>(.*)</version>");
  private static final Pattern CHANGES = Pattern.compile("(?m)^## (\\S+)");

  /** A CamelCase name of two words or more, except WebSocket. */
  private static final Pattern CLASS =
      Pattern.compile("(?<![-\\w])(?!WebSocket\\b)(?:[A-Z][a-z]+){2,}\\b");

  private static final Path SECURITY = Path.of("SECURITY.md");
  private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");

  private static final Map<Path, String> DOCUMENTS = documents();

  private static final List<String> BLOCKS =
      DOCUMENTS.values().stream()
          .flatMap(text -> all(BLOCK, text))
          .map(b -> b.group(2).replaceAll("(?m)^" + b.group(1), ""))
          .toList();

  private static Map<Path, String> documents() {
    Map<Path, String> documents = new TreeMap<>();
    Stream.of(
            Path.of("README.md"),
            SECURITY,
            CONTRIBUTING,
            Path.of("CHANGELOG.md"),
            Path.of("src", "bench", "README.md"),
            Path.of("src", "test", "README.md"))
        .forEach(file -> documents.put(file, read(file)));
    try (Stream<Path> files = Files.list(Path.of("src", "docs"))) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .forEach(file -> documents.put(file, read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return documents;
  }

  static Stream<List<String>> examples() {
    return BLOCKS.stream()
        .flatMap(block -> all(EXAMPLE, block))
        .map(example -> List.of(example.group(1), example.group(2)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void examplesShowTheRealOutput(List<String> example) {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    Stdio stdio = Run.stdio(InputStream.nullInputStream(), screen, screen);
    new Wscope(stdio).run(words(example.get(0)));
    assertEquals(example.get(1), screen.toString(UTF_8));
  }

  static Stream<String> commands() {
    return BLOCKS.stream().flatMap(block -> all(COMMAND, block)).map(command -> command.group(1));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void commandsAreValid(String command) {
    assertFalse(model().parseArgs(words(command)).subcommands().isEmpty());
  }

  /** The report about a server with this fault, except for its times. */
  @Test
  void theScreenOfCheckIsReal() throws IOException {
    String screen =
        BLOCKS.stream().filter(block -> block.startsWith("probe\n")).findFirst().orElseThrow();
    try (ServerThread server =
        ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start()) {
      String host = "127.0.0.1:" + server.address().getPort();
      String url = "ws://" + host + "/?fault=text-not-utf8";
      Run run = Run.of("check", url, "--group", "sending,fragments");
      assertEquals(screen, withoutTimes(run.out().replace(host, "localhost:8080")));
    }
  }

  private static String withoutTimes(String screen) {
    return screen.replaceAll("in \\d+\\.\\d\\d ms", "in 0.42 ms");
  }

  @Test
  void queriesAreValid() {
    QueryParameters parameters =
        new QueryParameters(BehaviourParameters.withAllFaults(), Behaviour.DEFAULT, Queries.STRICT);
    List<String> targets =
        DOCUMENTS.values().stream()
            .flatMap(text -> all(QUERY, text))
            .map(found -> found.group(1))
            .toList();
    assertFalse(targets.isEmpty());
    for (String target : targets) {
      assertEquals(List.of(), parameters.read(target).problems(), target);
    }
  }

  static Set<Path> files() {
    return DOCUMENTS.keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void linksExist(Path file) {
    for (MatchResult link : all(LINK, DOCUMENTS.get(file)).toList()) {
      if (link.group(1).startsWith("https://")) {
        continue;
      }
      String[] parts = link.group(1).split("#", 2);
      Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]).normalize();
      assertTrue(Files.exists(target), link.group(1));
      if (parts.length == 2) {
        assertTrue(anchors(read(target)).contains(parts[1]), link.group(1));
      }
    }
  }

  /** The anchors of headings, which are lower case without punctuation. */
  private static Set<String> anchors(String text) {
    return all(HEADING, text)
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", ""))
        .map(heading -> heading.replace(' ', '-'))
        .collect(toSet());
  }

  @Test
  void limitsAreTheDefaultsOfServe() {
    CommandSpec serve = model().getSubcommands().get("serve").getCommandSpec();
    assertEquals(
        serve.options().stream()
            .filter(option -> option.longestName().matches("--max-.*|.*-timeout"))
            .collect(toMap(OptionSpec::longestName, OptionSpec::defaultValue)),
        all(LIMIT, DOCUMENTS.get(SECURITY))
            .collect(toMap(row -> row.group(1), row -> row.group(2))));
  }

  /** Numbers in the text that are constants in the code. */
  @Test
  void boundsAreThoseOfTheCode() {
    Map<String, List<String>> bounds =
        Map.of(
            "decode.md",
            List.of(
                "what has at least " + Evidence.NEEDED + " points, some",
                "With " + Evidence.ASKED + " to " + (Evidence.NEEDED - 1) + " points, nothing",
                "more than %,d connections of TCP".formatted(TcpStreams.CONNECTIONS),
                "more than %,d sessions".formatted(KeyLog.MOST_SESSIONS)),
            "check.md",
            List.of("none of " + Checker.MOST_SILENT + " requests in a row"),
            "reply-files.md",
            List.of(
                "at most " + (ScriptReader.LONGEST >> 10) + " KiB and",
                "messages of at most " + Subject.LONGEST_TEXT + " characters",
                "JSON has at most " + (Subject.LONGEST_JSON >> 20) + " MiB"));
    bounds.forEach(
        (file, phrases) -> {
          String text = DOCUMENTS.get(Path.of("src", "docs", file)).replaceAll("\\s+", " ");
          phrases.forEach(phrase -> assertTrue(text.contains(phrase), phrase));
        });
  }

  @Test
  void exitCodesAreListed() {
    assertEquals(
        ExitCode.of("wscope"),
        all(EXIT_CODE, DOCUMENTS.get(Path.of("README.md")))
            .collect(toMap(row -> row.group(1), row -> row.group(2))));
  }

  @Test
  void classesExist() throws IOException {
    Set<String> sources = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      files.forEach(file -> sources.add(file.getFileName().toString()));
    }
    String contributing = DOCUMENTS.get(CONTRIBUTING);
    String inside = contributing.substring(contributing.indexOf("## How it is built"));
    Set<String> missing = all(CLASS, inside).map(MatchResult::group).collect(toSet());
    missing.removeIf(name -> sources.contains(name + ".java"));
    assertEquals(Set.of(), missing);
  }

  @Test
  void changelogBeginsWithTheVersionOfThePom() {
    String version = first(VERSION, read(Path.of("pom.xml")));
    assertEquals(version, first(CHANGES, read(Path.of("CHANGELOG.md"))));
  }

  private static String first(Pattern pattern, String text) {
    return all(pattern, text).findFirst().orElseThrow().group(1);
  }

  private static CommandLine model() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    return new Wscope(Run.stdio(InputStream.nullInputStream(), nowhere, nowhere)).commandLine();
  }

  private static String[] words(String command) {
    return all(WORD, command)
        .map(word -> Stream.of(word.group(1), word.group(2), word.group(3)))
        .map(groups -> groups.filter(group -> group != null).findFirst().orElseThrow())
        .toArray(String[]::new);
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
