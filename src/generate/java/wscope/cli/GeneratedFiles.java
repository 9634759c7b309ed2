package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import wscope.cli.process.Stdio;

/**
 * Generates the manual pages, the completions and the picture of the README from the commands.
 * {@code mvn -q -Pgenerate process-test-classes} writes them.
 */
public final class GeneratedFiles {
  private static final String BROKEN_FRAME = "--no-deflate c1 07 f2 48 cd c9 c9 07 00";
  private static final String PICTURE_TITLE = "A frame, bit by bit, and the rule that it breaks";

  private GeneratedFiles() {}

  public static void main(String[] args) throws IOException {
    for (Map.Entry<Path, Map<String, String>> folder : byFolder().entrySet()) {
      for (Map.Entry<String, String> file : folder.getValue().entrySet()) {
        Files.writeString(folder.getKey().resolve(file.getKey()), file.getValue());
      }
    }
  }

  /**
   * The generated directories, relative to the root of the tree; each file has a name and content.
   */
  static Map<Path, Map<String, String>> byFolder() throws IOException {
    CommandLine root = commands();
    return Map.of(
        Path.of("man"),
        manualPages(root),
        Path.of("completions"),
        completions(root),
        Path.of("src", "docs", "pictures"),
        pictures());
  }

  /** The commands, without input and output. */
  static CommandLine commands() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    return new Wscope(pipes(nowhere)).commandLine();
  }

  private static Map<String, String> manualPages(CommandLine root) throws IOException {
    Map<String, String> pages = new TreeMap<>();
    pages.put("wscope.1", ManPage.of(root.getCommandSpec()));
    for (Map.Entry<String, CommandLine> command : root.getSubcommands().entrySet()) {
      if (!command.getKey().equals("help")) {
        String page = "wscope-" + command.getKey() + ".1";
        pages.put(page, ManPage.of(command.getValue().getCommandSpec()));
      }
    }
    pages.put("wscope-json.5", EventsPage.write());
    pages.put("wscope-reply.5", Markdown.replyFiles());
    pages.put("wscope-rules.7", RulesPage.write());
    return pages;
  }

  private static Map<String, String> completions(CommandLine root) {
    return Map.of(
        "wscope.bash",
        BashCompletion.of(root),
        "_wscope",
        ZshCompletion.of(root),
        "wscope.fish",
        FishCompletion.of(root));
  }

  private static Map<String, String> pictures() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new Wscope(pipes(out)).run(("decode --color=always " + BROKEN_FRAME).split(" "));
    String screen = ScreenPicture.typed("wscope decode " + BROKEN_FRAME) + out.toString(UTF_8);
    return Map.of(
        "decode-light.svg",
        ScreenPicture.of(ScreenPicture.Theme.LIGHT, PICTURE_TITLE, screen),
        "decode-dark.svg",
        ScreenPicture.of(ScreenPicture.Theme.DARK, PICTURE_TITLE, screen));
  }

  private static Stdio pipes(OutputStream out) {
    InputStream in = InputStream.nullInputStream();
    return new Stdio(in, out, OutputStream.nullOutputStream(), false, false, true, true, 0);
  }
}
