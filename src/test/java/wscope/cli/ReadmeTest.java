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
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Stdio;
import wscope.connection.Behaviour;
import wscope.serve.BehaviourParameters;
import wscope.serve.QueryParameters;

/**
 * The README shows the real output of the commands, and everything that it names exists. In its
 * code blocks, a command after {@code $} is run, and its output must follow; other commands are
 * parsed.
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

  private static final Pattern QUERY = Pattern.compile("ws://localhost:8080(/[^\\s`$]*)");
  private static final Pattern LINK = Pattern.compile("(?:\\]\\(|src(?:set)?=\")([^)\"]+)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern LIMIT = Pattern.compile("\\| `(--[a-z-]+)` \\| (\\w+) \\|");
  private static final Pattern EXIT_CODE = Pattern.compile("(?m)^\\| (\\d+) \\| (.*) \\|$");

  private static final Pattern VERSION = Pattern.compile("<version>(.*)</version>");
  private static final Pattern CHANGES = Pattern.compile("(?m)^## (\\S+)");

  /** A CamelCase name of two words or more, except WebSocket. */
  private static final Pattern CLASS =
      Pattern.compile("(?<![-\\w])(?!WebSocket\\b)(?:[A-Z][a-z]+){2,}\\b");

  private static final String README = read(Path.of("README.md"));

  private static final List<String> BLOCKS =
      all(BLOCK, README).map(b -> b.group(2).replaceAll("(?m)^" + b.group(1), "")).toList();

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

  @Test
  void queriesAreValid() {
    QueryParameters parameters =
        new QueryParameters(BehaviourParameters.withAllFaults(), Behaviour.DEFAULT, false);
    List<String> targets = all(QUERY, README).map(found -> found.group(1)).toList();
    assertFalse(targets.isEmpty());
    for (String target : targets) {
      assertEquals(List.of(), parameters.read(target).problems(), target);
    }
  }

  @Test
  void linksExist() {
    Set<String> headings =
        all(HEADING, README)
            .map(heading -> "#" + heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-'))
            .collect(toSet());
    List<String> links = all(LINK, README).map(link -> link.group(1)).toList();
    assertFalse(links.isEmpty());
    for (String link : links) {
      assertTrue(headings.contains(link) || Files.exists(Path.of(link)), link);
    }
  }

  @Test
  void limitsAreTheDefaultsOfServe() {
    CommandSpec serve = model().getSubcommands().get("serve").getCommandSpec();
    assertEquals(
        serve.options().stream()
            .filter(option -> option.longestName().matches("--max-.*|.*-timeout"))
            .collect(toMap(OptionSpec::longestName, OptionSpec::defaultValue)),
        all(LIMIT, README).collect(toMap(row -> row.group(1), row -> row.group(2))));
  }

  @Test
  void exitCodesAreListed() {
    assertEquals(
        ExitCode.of("wscope"),
        all(EXIT_CODE, README).collect(toMap(row -> row.group(1), row -> row.group(2))));
  }

  @Test
  void classesExist() throws IOException {
    Set<String> sources = new HashSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      files.forEach(file -> sources.add(file.getFileName().toString()));
    }
    String inside = README.substring(README.indexOf("## How it is built"));
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
