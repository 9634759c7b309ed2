package wscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wscope.support.JavaStrings;

/**
 * Only {@code wscope.cli} names options. The packages below it give reasons as values, or get the
 * words from an interface. Only {@code cli} and {@code report} name commands.
 */
class OptionNamesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "wscope");
  private static final Path RESOURCES = Path.of("src", "main", "resources", "wscope");
  private static final Path CLI = SOURCES.resolve("cli");

  private static final Pattern OPTION = Pattern.compile("--[a-z]");
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bwscope (accept-key|check|completion|connect|decode|encode|explain|install|rules|serve)\\b");

  @Test
  void onlyCliNamesOptions() throws IOException {
    List<String> found = in(SOURCES, path -> !path.startsWith(CLI), OPTION);
    assertEquals(List.of(), found);
  }

  @Test
  void resourcesNameNoOptions() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      List<Path> naming =
          files
              // Explanations name commands; ExplainCommandTest proves that each one is valid.
              .filter(file -> !file.startsWith(RESOURCES.resolve("explain")))
              // CSS variables also begin with two hyphens.
              .filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".css"))
              .filter(file -> OPTION.matcher(read(file)).find())
              .toList();
      assertEquals(List.of(), naming);
    }
  }

  @Test
  void onlyCliAndReportNameCommands() throws IOException {
    Path report = SOURCES.resolve("report");
    List<String> found =
        in(SOURCES, path -> !path.startsWith(CLI) && !path.startsWith(report), COMMAND);
    assertEquals(List.of(), found);
  }

  /** Proves that the patterns find names where they exist. */
  @Test
  void cliNamesOptionsAndCommands() throws IOException {
    List<String> options = in(CLI, path -> true, OPTION);
    assertTrue(options.contains("OptionAdvice.java: \" (--max-connections)\""), options.toString());
    assertTrue(
        options.stream().anyMatch(name -> name.startsWith("ParameterPages.java: \"\"\"\n")),
        options.toString());
    assertTrue(in(CLI, path -> true, COMMAND).size() > 10);
  }

  /** The string literals that contain a match, in the wanted sources of a folder. */
  private static List<String> in(Path folder, Predicate<Path> wanted, Pattern pattern)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".java") && wanted.test(file))
          .flatMap(
              file ->
                  JavaStrings.of(read(file))
                      .map(MatchResult::group)
                      .filter(string -> pattern.matcher(string).find())
                      .map(string -> file.getFileName() + ": " + string))
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
