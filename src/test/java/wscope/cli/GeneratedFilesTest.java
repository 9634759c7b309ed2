package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The manual pages, completions and pictures in the tree match the commands. */
class GeneratedFilesTest {
  private static final Pattern OPTION = Pattern.compile("fB(\\\\-.*?)\\\\fR");

  /** Each directory contains the generated files and no others. */
  @Test
  void filesAreUpToDate() throws IOException {
    for (Map.Entry<Path, Map<String, String>> generated : GeneratedFiles.byFolder().entrySet()) {
      Map<String, String> found = new TreeMap<>();
      try (Stream<Path> files = Files.list(generated.getKey())) {
        for (Path file : files.toList()) {
          found.put(file.getFileName().toString(), Files.readString(file));
        }
      }
      assertEquals(
          new TreeMap<>(generated.getValue()),
          found,
          "to write them: mvn -q -Pgenerate process-test-classes");
    }
  }

  @Test
  void everyPageListsTheOptionsOfItsCommand() throws IOException {
    CommandLine root = GeneratedFiles.commands();
    Map<String, CommandLine> commands = new TreeMap<>(root.getSubcommands());
    commands.remove("help");
    commands.put("", root);
    for (Map.Entry<String, CommandLine> command : commands.entrySet()) {
      String name = command.getKey().isEmpty() ? "wscope.1" : "wscope-" + command.getKey() + ".1";
      Set<String> options = new TreeSet<>();
      for (String line : Files.readAllLines(Path.of("man", name))) {
        if (line.startsWith("\\fB\\-")) {
          OPTION.matcher(line).results().forEach(found -> options.add(found.group(1)));
        }
      }
      assertEquals(
          new TreeSet<>(command.getValue().getCommandSpec().optionsMap().keySet()),
          options.stream()
              .map(option -> option.replace("\\", ""))
              .collect(Collectors.toCollection(TreeSet::new)),
          name);
    }
  }
}
