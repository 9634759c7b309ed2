package wscope.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The tables in {@code src/test/resources/vectors}: a line of column names, then one vector per
 * line. Commas separate cells; a cell with a comma is quoted as in RFC 4180. Lines that begin with
 * {@code #} are comments. The first cell is the name, the last one cites a source.
 *
 * <p>A name that begins with {@code breaks RULE-ID} or {@code keeps RULE-ID} says what the vector
 * shows; {@link RuleCoverageTest} relies on it.
 */
public final class Vectors {
  private static final Pattern REPETITION = Pattern.compile("\\(([^()*]+)\\*(\\d+)\\)");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[rnt\\\\]|x[0-9a-f]{2})");

  private Vectors() {}

  /** One vector. */
  public record Row(List<String> columns, List<String> cells) {
    public String name() {
      return cells.get(0);
    }

    /** The cell in a column. */
    public String cell(String column) {
      return cells.get(columns.indexOf(column));
    }

    @Override
    public String toString() {
      return name();
    }
  }

  /** The rows of a table. */
  public static List<Row> rows(String file) {
    List<Row> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> columns = List.of();
    for (String line : lines(file)) {
      List<String> cells = cells(line);
      if (columns.isEmpty()) {
        columns = cells;
        continue;
      }
      if (cells.size() != columns.size() || cells.get(cells.size() - 1).isEmpty()) {
        throw new IllegalStateException(file + ": wrong number of cells: " + line);
      }
      if (!names.add(cells.get(0))) {
        throw new IllegalStateException(file + ": repeated name:  " + cells.get(0));
      }
      rows.add(new Row(columns, cells));
    }
    return rows;
  }

  /** The rows as arguments: the name of a test, the row. */
  public static Stream<Arguments> arguments(String file) {
    return rows(file).stream().map(row -> Arguments.of(row.name(), row));
  }

  /** Expands repetitions: {@code (ab*3)} becomes {@code ababab}. */
  public static String expand(String text) {
    if (text.indexOf('*') < 0) {
      return text;
    }
    return REPETITION
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(match.group(1).repeat(Integer.parseInt(match.group(2)))));
  }

  /** The bytes of hex digits with spaces and repetitions. */
  public static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(expand(hex).replace(" ", ""));
  }

  /** Text with the escapes {@code \r \n \t \\ \xNN} and repetitions expanded. */
  public static String text(String escaped) {
    String text = expand(escaped);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    return ESCAPE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(unescape(match.group())));
  }

  private static String unescape(String escape) {
    return switch (escape.charAt(1)) {
      case 'r' -> "\r";
      case 'n' -> "\n";
      case 't' -> "\t";
      case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(2), 16));
      default -> "\\";
    };
  }

  private static List<String> lines(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int at = 0; at < line.length(); at++) {
      char c = line.charAt(at);
      if (c == '"') {
        boolean doubled = !quoted && at > 0 && line.charAt(at - 1) == '"';
        if (doubled) {
          cell.append(c);
        }
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
