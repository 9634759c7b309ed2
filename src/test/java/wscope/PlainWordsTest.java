package wscope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.Run;
import wscope.support.JavaStrings;

/**
 * Help, messages, comments, manual pages, the launcher, the test page and the documents use plain
 * words. CONTRIBUTING.md describes the style.
 */
class PlainWordsTest {
  private static final int COLUMNS = 80;

  /**
   * A phrase that must not come back.
   *
   * @param example a text that contains it
   * @param word letters in lower case that each match contains; most texts do not
   * @param pattern finds it; a space also matches a line break and the indent after it
   * @param instead what to write
   */
  private record Banned(String example, String word, Pattern pattern, String instead) {
    /** What a match may lack: groups, optional characters, classes. */
    private static final Pattern OPTIONAL =
        Pattern.compile("\\([^()]*\\)\\??|\\[.*?]|\\\\?\\w[?+]|\\\\\\w");

    static Banned of(String example, String pattern, String instead) {
      String rest = pattern;
      for (String all = ""; !all.equals(rest); rest = OPTIONAL.matcher(all).replaceAll("*")) {
        all = rest;
      }
      String word =
          Stream.of(rest.split("[^A-Za-z]"))
              .max(Comparator.comparingInt(String::length))
              .orElse("")
              .toLowerCase(Locale.ROOT);
      String regex = pattern.replace(" ", "\\s{1,60}");
      return new Banned(example, word, Pattern.compile(regex, Pattern.CASE_INSENSITIVE), instead);
    }

    static Banned of(String words, String instead) {
      return of(words, "\\b" + words + "\\b", instead);
    }
  }

  private static final List<Banned> TABLE =
      List.of(
          // Order and place
          Banned.of("the byte behind it", "\\bbehind\\b(?<!server behind)", "after"),
          Banned.of("in front of", "before"),
          Banned.of("blanks", "\\bblanks?\\b", "space; an empty line"),
          Banned.of("parted by", "separated by"),
          Banned.of("anew", "again"),
          Banned.of("a line a frame", "one line per frame"),
          Banned.of("one event a line", "\\b(?:a|one) \\w+ a line\\b", "one ... per line"),
          // Who says what
          Banned.of("told", "active: the server reports, shows, tells the client"),
          Banned.of("tells of", "\\btells? of\\b", "reports, describes"),
          Banned.of("tells what", "\\btells (?:to|what|how|when|which|whether)\\b", "says ..."),
          // Terms
          Banned.of("torn", "truncated, incomplete"),
          Banned.of(
              "answered with 400",
              "\\banswer(?:s|ed)? with (?:HTTP )?\\d{3}",
              "gets the response ..., responds with ..."),
          Banned.of(
              "the answer",
              "\\b(?:the|an|its|of each|(?:in)?valid) answers?\\b",
              "response, reply, close code"),
          Banned.of(
              "refuses the handshake",
              "\\brefus(?:e|es|ed|ing) (?:the|a|this|its) (?:opening |handshake|request)",
              "reject"),
          Banned.of("refused with HTTP 503", "\\brefused with\\b", "rejected with"),
          Banned.of("answer: closed", "\\banswer: ", "effect: "),
          Banned.of("refusal", "rejection"),
          Banned.of("misdeeds", "\\b(?:mis)?deeds?\\b", "action, fault"),
          Banned.of("a bad port", "\\bbad\\b(?<!400 bad)(?! gateway| request)", "invalid"),
          Banned.of("takes too little", "\\btakes? too little\\b", "reads too slowly"),
          Banned.of("took nothing", "read nothing"),
          Banned.of("surroundings", "environment"),
          Banned.of(
              "a pong has come", "\\b(?:has|have|had|will|never) (?:not )?comes?\\b", "arrive"),
          Banned.of("the bytes that came", "\\bthat came\\b", "received"),
          Banned.of("as it came", "\\bas (?:it|they) came\\b", "as received"),
          // Turns of phrase
          Banned.of(
              "is no number", "\\bis\\b(?<!there is) no (?!longer\\b|more\\b|less\\b)", "is not a"),
          Banned.of(
              "there is no file x",
              "\\bthere (?:is|are) no (?:such|file|command|option|fault|rule)\\b",
              "x does not exist, unknown ..."),
          Banned.of("one argument too many", "unexpected argument"),
          Banned.of("the last counts", "the last one wins"),
          Banned.of("more is to come", "more follows, is unfinished"),
          Banned.of("a client does so that does not", "\\bdoes so that\\b", "usually because ..."),
          Banned.of("none that are", "no ..."),
          Banned.of(
              "a ping without its pong",
              "\\bwithout its (?:pong|answer|reply)\\b",
              "do not answer ..."),
          Banned.of("neither recall nor keep", "do not keep or recall"),
          Banned.of("the server goes on", "\\b(?:goes on|runs on after)\\b", "continues"),
          Banned.of("law of this room", "rules of this room"),
          Banned.of("says so", "names the thing"),
          Banned.of("what is shown is", "\\bwhat is \\w+ is\\b", "name the thing"),
          Banned.of("Else it sets", "\\belse\\b(?<!or else) (?:it|they|the)\\b", "otherwise"),
          Banned.of("so that it is so that", "\\bso that\\b[^.:;|]*\\bso that\\b", "two sentences"),
          Banned.of(
              "whence",
              "\\b(?:whence|thence|thereof|whereof|therein|wherein)\\b",
              "from which, of it, in it"),
          Banned.of(
              "1B to 16MiB",
              "\\b\\d+(?:B|[KMG]iB|ms|s|m|h) to \\d",
              "a space before the unit: 1 B to 16 MiB"));

  /** Files that are read whole, besides the manual pages. */
  private static final List<String> FILES =
      List.of(
          "README.md",
          "CHANGELOG.md",
          "SECURITY.md",
          "src/docs/check.md",
          "src/docs/connect.md",
          "src/docs/decode.md",
          "src/docs/proxy.md",
          "src/docs/reply-files.md",
          "src/docs/serve.md",
          "src/test/README.md",
          "src/main/launcher/wscope.sh",
          "src/main/launcher/wscope.cmd",
          "src/main/resources/wscope/report/events.schema.json",
          "src/main/resources/wscope/serve/page.html",
          "src/main/resources/wscope/serve/page.js");

  /** What begins a comment in a script; without it, consecutive lines read as one text. */
  private static final Pattern REMARK = Pattern.compile("(?m)^ *(?:#+|//|rem) ");

  /** The left cell of a table, which in CONTRIBUTING.md shows a mistake. */
  private static final Pattern MISTAKE = Pattern.compile("(?m)^\\|[^|\n]*(?=\\|)");

  /** The error texts of other programs, which have their own words. */
  private static final Pattern FOREIGN = Pattern.compile("(?m)^(?:text|general) .*");

  /** Texts in which nothing must be found. */
  private static final List<String> PLAIN =
      List.of(
          "HTTP/1.1 400 Bad Request",
          "502 Bad Gateway",
          "Connection refused",
          "the server behind it",
          "null if there is none",
          "all frames come from one end",
          "the command help comes last",
          "is no longer open",
          "do not answer pings",
          "Default: 16MiB.");

  /** The verbs that may begin the description of an option; add more as needed. */
  private static final Set<String> VERBS =
      Set.of(
          """
          accept add agree allow alter answer ask assume break change check choose clear close compare \
          compress compute connect count decode decrypt disable do drop enable encode end find follow fragment hide ignore \
          include inflate install keep let limit list listen mask negotiate offer omit open pause \
          pass print prefix read record redirect reject remove reply require reset respond restrict select send serve \
          set show skip speak split start stop suppress take treat use wait write\
          """
              .split(" "));

  @Test
  void helpUsesPlainWords() {
    List<String> found = new ArrayList<>();
    help().forEach((command, text) -> found.addAll(bannedIn(command + " --help", text)));
    assertNone(found);
  }

  @Test
  void filesUsePlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(Path.of("man"), "")) {
      String text = read(file).replaceAll("\\\\f[BRI]", "").replace("\\", "");
      found.addAll(bannedIn(file.toString(), text));
    }
    for (String file : FILES) {
      found.addAll(bannedIn(file, REMARK.matcher(read(Path.of(file))).replaceAll("")));
    }
    for (Path file : files(Path.of("src", "main", "resources", "wscope", "explain"), ".txt")) {
      String text = FOREIGN.matcher(REMARK.matcher(read(file)).replaceAll("")).replaceAll("");
      found.addAll(bannedIn(file.toString(), text));
    }
    String style = read(Path.of("CONTRIBUTING.md"));
    found.addAll(bannedIn("CONTRIBUTING.md", MISTAKE.matcher(style).replaceAll("")));
    assertNone(found);
  }

  @Test
  void commentsUsePlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(Path.of("src", "main", "java"), ".java")) {
      found.addAll(bannedIn(file.toString(), JavaStrings.comments(read(file))));
    }
    assertNone(found);
  }

  @Test
  void stringsUsePlainWords() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(Path.of("src", "main", "java"), ".java")) {
      found.addAll(bannedIn(file.toString(), JavaStrings.contents(read(file))));
    }
    assertNone(found);
  }

  /** A path such as ~/.local/state is one word. */
  @Test
  void helpBreaksNoPath() {
    List<String> found = new ArrayList<>();
    help()
        .forEach(
            (command, text) ->
                text.lines()
                    .filter(line -> line.endsWith("~/") || line.endsWith("~/."))
                    .forEach(line -> found.add(command + " --help: " + line)));
    assertNone(found);
  }

  @Test
  void helpFitsInto80Columns() {
    List<String> found = new ArrayList<>();
    help()
        .forEach(
            (command, text) -> {
              List<String> lines = text.lines().toList();
              for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                int columns = line.codePointCount(0, line.length());
                if (columns > COLUMNS) {
                  found.add(
                      command
                          + " --help:"
                          + (i + 1)
                          + ": "
                          + columns
                          + " columns: "
                          + line.strip());
                }
              }
            });
    assertNone(found);
  }

  @Test
  void optionsBeginWithAVerb() {
    List<String> found = new ArrayList<>();
    commands()
        .forEach(
            (name, command) -> {
              for (OptionSpec option : command.getCommandSpec().options()) {
                String text = String.join(" ", option.description());
                String first = text.split("[^A-Za-z]", 2)[0];
                if (!option.hidden() && !VERBS.contains(first.toLowerCase(Locale.ROOT))) {
                  found.add(name + " " + option.longestName() + ": no verb first: " + text);
                }
              }
            });
    assertNone(found);
  }

  /** Each pattern finds its example, and none finds plain text. */
  @Test
  void patternsFindTheirExamplesOnly() {
    for (Banned banned : TABLE) {
      assertTrue(banned.pattern().matcher(banned.example()).find(), banned.toString());
      assertTrue(banned.example().toLowerCase(Locale.ROOT).contains(banned.word()), banned::word);
    }
    for (String text : PLAIN) {
      assertEquals(List.of(), bannedIn("plain", text));
    }
    String joined = JavaStrings.contents("x;\nf(\"in\\nfront\"\n    + \" of\", 1); // behind\n");
    assertEquals(List.of("X:2: \"in front of\", write: before"), bannedIn("X", joined));
    String remarks = JavaStrings.comments("x;\n/** in\n * front of */ f(\"told\"); // torn\n");
    assertEquals(
        List.of(
            "X:2: \"in front of\", write: before", "X:3: \"torn\", write: truncated, incomplete"),
        bannedIn("X", remarks));
    String apart = JavaStrings.contents("f(\"in\", \"front of\"); // told");
    assertEquals(List.of(), bannedIn("X", apart));
  }

  /** Each banned phrase in a text: its file and line, the phrase, and what to write. */
  private static List<String> bannedIn(String file, String text) {
    List<String> found = new ArrayList<>();
    String lower = text.toLowerCase(Locale.ROOT);
    for (Banned banned : TABLE) {
      if (!lower.contains(banned.word())) {
        continue;
      }
      for (MatchResult place : banned.pattern().matcher(text).results().toList()) {
        long line = text.substring(0, place.start()).chars().filter(c -> c == '\n').count() + 1;
        String words = place.group().strip().replaceAll("\\s+", " ");
        found.add(file + ":" + line + ": \"" + words + "\", write: " + banned.instead());
      }
    }
    return found;
  }

  private static void assertNone(List<String> found) {
    assertTrue(found.isEmpty(), () -> found.size() + " places\n" + String.join("\n", found));
  }

  private static Map<String, CommandLine> commands() {
    CommandLine root = Run.commands();
    Map<String, CommandLine> commands = new TreeMap<>();
    commands.put("wscope", root);
    root.getSubcommands().forEach((name, command) -> commands.put("wscope " + name, command));
    return commands;
  }

  /** The help of each command at the default width. */
  private static Map<String, String> help() {
    Map<String, String> texts = new TreeMap<>();
    for (String command : commands().keySet()) {
      String[] arguments = (command + " --help").split(" ");
      Run run = Run.of(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
      assertEquals(0, run.exitCode(), command);
      texts.put(command, run.out());
    }
    return texts;
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(end))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
