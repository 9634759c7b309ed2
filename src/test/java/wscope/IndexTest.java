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

/** The index of the tests, src/test/README.md, leads from each room to its tests. */
class IndexTest {
  private static final Path MAIN = Path.of("src", "main", "java");
  private static final List<Path> TESTS =
      List.of(Path.of("src", "test", "java"), Path.of("src", "diff", "java"));

  private static final Pattern HEADING = Pattern.compile("## `(wscope[a-z.]*)`.*");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT|Fuzz|Check))`");
  private static final Pattern KIND = Pattern.compile("(Test|IT|Fuzz|Check)$");

  /** A test, and the section that names it. */
  private record Entry(String name, String room) {}

  @Test
  void eachTestIsNamedAfterItsClassOrInTheIndex() throws IOException {
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
  void eachNameInTheIndexIsATestOfThatRoom() throws IOException {
    Map<String, String> tests = tests();
    TreeSet<String> wrong = new TreeSet<>();
    for (Entry entry : index()) {
      String room = tests.getOrDefault(entry.name(), "");
      if (!room.equals(entry.room()) && !room.startsWith(entry.room() + ".")) {
        wrong.add(entry.name() + " in " + entry.room());
      }
    }
    assertEquals(new TreeSet<>(), wrong, "correct them in src/test/README.md");
  }

  @Test
  void eachRoomHasItsSection() throws IOException {
    TreeSet<String> rooms = new TreeSet<>();
    try (Stream<Path> folders = Files.list(MAIN.resolve("wscope"))) {
      folders.forEach(folder -> rooms.add("wscope." + folder.getFileName()));
    }
    rooms.removeAll(index().stream().map(Entry::room).toList());
    assertEquals(new TreeSet<>(), rooms);
  }

  /** All tests, with their packages. */
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
    String room = "";
    for (String line : Files.readAllLines(Path.of("src", "test", "README.md"))) {
      var heading = HEADING.matcher(line);
      if (heading.matches()) {
        room = heading.group(1);
      } else if (line.startsWith("|")) {
        String section = room;
        NAME.matcher(line)
            .results()
            .forEach(name -> entries.add(new Entry(name.group(1), section)));
      }
    }
    return entries;
  }
}
