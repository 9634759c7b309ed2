package wscope.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import wscope.cli.Run;

/**
 * A table of what {@code wscope connect} shows. Each of its paragraphs has a command without URL,
 * the exit code, and lines of the screen. Paragraphs that begin with # are comments.
 */
final class ScreenTable {
  private static final Pattern LONG_TEXT = Pattern.compile("\\{a(\\d+)\\}");

  private ScreenTable() {}

  /** The paragraphs of a file as arguments of a test: the command, the exit code, the lines. */
  static Stream<Arguments> read(String name) throws IOException {
    List<Arguments> rows = new ArrayList<>();
    for (String paragraph :
        Files.readString(ClientProcess.SCRIPTS.resolve(name)).split("\n\n", -1)) {
      if (!paragraph.startsWith("#")) {
        String[] parts = paragraph.strip().split("\n", 3);
        rows.add(Arguments.of(parts[0], parts[1], parts.length < 3 ? "" : parts[2]));
      }
    }
    return rows.stream();
  }

  /** The words of a command. {a9} stands for nine times "a". */
  static List<String> words(String command) {
    return Arrays.stream(command.split(" ")).map(ScreenTable::written).toList();
  }

  private static String written(String word) {
    return LONG_TEXT
        .matcher(word)
        .replaceAll(found -> "a".repeat(Integer.parseInt(found.group(1))));
  }

  /**
   * Runs a command of the table.
   *
   * @param command begins with the name of the server and the path
   * @return the exit code and the lines, as the table has them
   */
  static String run(String command, int port) {
    List<String> words = words(command);
    List<String> args = new ArrayList<>();
    args.add("connect");
    args.add("ws://127.0.0.1:" + port + words.get(1));
    args.addAll(words.subList(2, words.size()));
    Run run = Run.of(args.toArray(String[]::new));
    return "exit " + run.exitCode() + "\n" + ofServer(run.out()) + run.err();
  }

  /** The lines about the server and the connection. */
  static String ofServer(String screen) {
    return String.join(
        "\n",
        steady(screen)
            .lines()
            .map(line -> line.replaceFirst("^(ws> +)+", ""))
            .filter(line -> line.matches("[<=].*"))
            .toList());
  }

  /**
   * Replaces ports, keys, times and versions. A server that ends TCP after an error may or may not
   * reset before it has read our Close.
   */
  static String steady(String screen) {
    return screen
        .replaceAll("127\\.0\\.0\\.1([: ])(port )?\\d+", "127.0.0.1$1$2PORT")
        .replaceAll("Sec-WebSocket-Key: \\S+", "Sec-WebSocket-Key: KEY")
        .replaceAll("[A-Za-z0-9+/]{27}=|\\b[0-9a-f]{40}\\b", "ACCEPT")
        .replaceAll("key [0-9a-f]{8}", "key 01234567")
        .replaceAll("(?i)(date): .*", "$1: DATE")
        .replaceAll("(?<![\\d.])\\d+\\.\\d+\\.\\d+(-\\d+)?(?![\\d.])", "VERSION")
        .replaceAll(
            "Python/\\d+\\.\\d+ websockets/\\d+\\.\\d+", "Python/VERSION websockets/VERSION")
        .replaceAll("Python/\\d+\\.\\d+", "Python/VERSION")
        .replaceAll("(?i)(content-length): \\d{3,}", "$1: N")
        .replaceAll("… \\d{3,} bytes more", "… N bytes more")
        .replaceAll("\"sid\":\"[\\w-]*", "\"sid\":\"SID")
        .replaceAll("in \\d+(\\.\\d+)? ms", "in TIME")
        .replaceAll("(\\d+\\.\\d+ to )?\\d+\\.\\d+ ms", "TIME")
        .replaceAll("(, for [\\w-]+); the server reset TCP \\(RST\\)", "$1")
        .replaceAll("(pings +|; )\\d+ (sent|pongs|messages)", "$1N $2")
        .replaceAll("only the first \\d+ of", "only the first N of")
        .replaceAll("(after|lasted|matched within) ( *)\\d+(\\.\\d)? m?s", "$1 $2TIME");
  }
}
