package wscope;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The index of the tests, src/test/README.md, lists the tests of each package. */
class IndexTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final List<Path> TESTS =
      List.of(
          Path.of("src", "test", "java"),
          Path.of("src", "interop", "java"),
          Path.of("src", "diff", "java"));

  private static final Pattern HEADING = Pattern.compile("## `(wscope[a-z.]*)`.*");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Fuzz|Check))`");
  private static final Pattern KIND = Pattern.compile("(Test|IT|Fuzz|Check)$");

  /**
   * A test in the index.
   *
   * @param section the package in the heading above it
   */
  private record Entry(String name, String section) {}

  @Test
  void everyTestIsNamedAfterAClassOrInTheIndex() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    List<String> named = index().stream().map(Entry::name).toList();
    for (Map.Entry<String, String> test : tests().entrySet()) {
      String tested = KIND.matcher(test.getKey()).replaceFirst("");
      Path folder = MAIN.resolve(test.getValue().replace('.', '/'));
      if (!named.contains(test.getKey()) && !Files.exists(folder.resolve(tested + ".java"))) {
        missing.add(test.getValue() + "." + test.getKey());
      }
    }
    assertEquals(new TreeSet<>(), missing, "add them to src/test/README.md");
  }

  @Test
  void everyNameInTheIndexIsATestOfThatPackage() throws IOException {
    Map<String, String> tests = tests();
    TreeSet<String> wrong = new TreeSet<>();
    for (Entry entry : index()) {
      String folder = tests.getOrDefault(entry.name(), "");
      if (!folder.equals(entry.section()) && !folder.startsWith(entry.section() + ".")) {
        wrong.add(entry.name() + " in " + entry.section());
      }
    }
    assertEquals(new TreeSet<>(), wrong, "correct them in src/test/README.md");
  }

  @Test
  void everyPackageHasASection() throws IOException {
    TreeSet<String> missing = new TreeSet<>();
    try (Stream<Path> folders = Files.list(MAIN.resolve("wscope"))) {
      folders.forEach(folder -> missing.add("wscope." + folder.getFileName()));
    }
    missing.removeAll(index().stream().map(Entry::section).toList());
    assertEquals(new TreeSet<>(), missing);
  }

  /** The package of each test, by the name of the test. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> tests = new HashMap<>();
    for (Path root : TESTS) {
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          if (KIND.matcher(name).find()) {
            String folder = root.relativize(file.getParent()).toString();
            tests.put(name, folder.replace('/', '.').replace('\\', '.'));
          }
        }
      }
    }
    return tests;
  }

  private static List<Entry> index() throws IOException {
    List<Entry> entries = new ArrayList<>();
    String section = "";
    for (String line : Files.readAllLines(Path.of("src", "test", "README.md"))) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        section = heading.group(1);
      } else if (line.startsWith("|")) {
        String current = section;
        NAME.matcher(line)
            .results()
            .forEach(name -> entries.add(new Entry(name.group(1), current)));
      }
    }
    return entries;
  }
}
