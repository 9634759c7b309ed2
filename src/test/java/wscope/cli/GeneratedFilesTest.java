package wscope.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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
import wscope.cli.process.Stdio;

/**
 * The manual pages, completions and pictures in the tree are those that the commands give now. To
 * write them anew: {@code mvn test -Dtest=GeneratedFilesTest -Dwscope.generate}
 */
class GeneratedFilesTest {
  private static final Pattern OPTION = Pattern.compile("fB(\\\\-.*?)\\\\fR");

  private static final Stdio NOWHERE =
      new Stdio(
          InputStream.nullInputStream(),
          OutputStream.nullOutputStream(),
          OutputStream.nullOutputStream(),
          false,
          false,
          true,
          false,
          0);

  @Test
  void manualPagesAreUpToDate() throws IOException {
    CommandLine root = new Wscope(NOWHERE).commandLine();
    Map<String, String> pages = new TreeMap<>();
    pages.put("wscope.1", ManPage.of(root.getCommandSpec()));
    root.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!name.equals("help")) {
                pages.put("wscope-" + name + ".1", ManPage.of(command.getCommandSpec()));
              }
            });
    pages.put("wscope-json.5", EventsPage.write());
    pages.put("wscope-rules.7", RulesPage.write());
    check(Path.of("man"), pages);
  }

  @Test
  void everyOptionIsInItsPageAndNoOther() throws IOException {
    CommandLine root = new Wscope(NOWHERE).commandLine();
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

  @Test
  void completionsAreUpToDate() throws IOException {
    CommandLine root = new Wscope(NOWHERE).commandLine();
    check(
        Path.of("completions"),
        Map.of(
            "wscope.bash",
            BashCompletion.of(root),
            "_wscope",
            ZshCompletion.of(root),
            "wscope.fish",
            FishCompletion.of(root)));
  }

  @Test
  void picturesAreUpToDate() throws IOException {
    String bytes = "c1 07 f2 48 cd c9 c9 07 00";
    Run decode = Run.of(("decode --color=always " + bytes).split(" "));
    String screen = ScreenPicture.typed("wscope decode " + bytes) + decode.out();
    String title = "A frame, bit by bit, and the rule that it breaks";
    Map<String, String> pictures =
        Map.of(
            "decode-light.svg",
            ScreenPicture.of(ScreenPicture.Theme.LIGHT, title, screen),
            "decode-dark.svg",
            ScreenPicture.of(ScreenPicture.Theme.DARK, title, screen));
    check(Path.of("src", "docs"), pictures);
  }

  /** The folder holds these files and no other. */
  private static void check(Path folder, Map<String, String> expected) throws IOException {
    if (System.getProperty("wscope.generate") != null) {
      for (Map.Entry<String, String> file : expected.entrySet()) {
        Files.writeString(folder.resolve(file.getKey()), file.getValue());
      }
    }
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        found.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertEquals(new TreeMap<>(expected), found);
  }
}
