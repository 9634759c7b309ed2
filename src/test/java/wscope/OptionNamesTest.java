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
 * Only the command line names options: the rooms below give reasons as values, or ask for the
 * words. Below the reports, nobody names a command either.
 */
class OptionNamesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "wscope");
  private static final Path RESOURCES = Path.of("src", "main", "resources", "wscope");
  private static final Path CLI = SOURCES.resolve("cli");

  private static final Pattern OPTION = Pattern.compile("--[a-z]");
  private static final Pattern COMMAND =
      Pattern.compile(
          "\\bwscope (accept-key|completion|connect|decode|encode|install|rules|serve)\\b");

  @Test
  void onlyCliNamesOptions() throws IOException {
    List<String> found = in(SOURCES, path -> !path.startsWith(CLI), OPTION);
    assertEquals(List.of(), found);
  }

  @Test
  void noResourceNamesOptions() throws IOException {
    try (Stream<Path> files = Files.walk(RESOURCES)) {
      List<Path> naming =
          files
              // Names of variables in CSS begin like options.
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

  /** What is looked for is found where it is. */
  @Test
  void cliNamesBoth() throws IOException {
    List<String> options = in(CLI, path -> true, OPTION);
    assertTrue(options.contains("OptionAdvice.java: \" (--max-connections)\""), options.toString());
    assertTrue(
        options.stream().anyMatch(name -> name.startsWith("ParameterPages.java: \"\"\"\n")),
        options.toString());
    assertTrue(in(CLI, path -> true, COMMAND).size() > 10);
  }

  /** The strings of sources that hold what matches. */
  private static List<String> in(Path room, Predicate<Path> wanted, Pattern pattern)
      throws IOException {
    try (Stream<Path> files = Files.walk(room)) {
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
