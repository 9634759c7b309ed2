package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.rule.Endpoint;

/**
 * The known scores of real clients: differences.txt explains each outcome that is not pass, with a
 * section, and nothing else. The scores come from real runs (CheckClientScoresIT).
 */
class ClientScoresTest {
  private static final Path FOLDER = Path.of("src", "test", "interop", "client-scores");
  private static final String TABLE = "differences.txt";

  /**
   * A row of the table.
   *
   * @param clients the names of clients, or * for all
   */
  private record Row(List<String> clients, String outcome, String cases, String why) {
    boolean explains(String client, String score) {
      int space = score.indexOf(' ');
      return (clients.contains("*") || clients.contains(client))
          && outcome.equals(score.substring(0, space))
          && FileSystems.getDefault()
              .getPathMatcher("glob:" + cases)
              .matches(Path.of(score.substring(space + 1)));
    }
  }

  static List<String> clients() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals(TABLE))
          .map(name -> name.replace(".txt", ""))
          .sorted()
          .toList();
    }
  }

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(FOLDER.resolve(TABLE)).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(" ", 4))
        .map(words -> new Row(List.of(words[0].split(",", -1)), words[1], words[2], words[3]))
        .toList();
  }

  private static List<String> scores(String client) throws IOException {
    return Files.readAllLines(FOLDER.resolve(client + ".txt")).stream().skip(1).toList();
  }

  @Test
  void thereAreFive() throws IOException {
    assertEquals(
        List.of("Chromium", "JDK", "Java-WebSocket", "websockets", "ws"),
        clients().stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("clients")
  void eachScoreIsOfACaseAndExplained(String client) throws IOException {
    Set<String> cases =
        Cases.of(Endpoint.CLIENT, 1).stream().map(Case::id).collect(Collectors.toSet());
    List<Row> rows = rows();
    List<String> unexplained = new ArrayList<>();
    for (String score : scores(client)) {
      assertTrue(cases.contains(score.substring(score.indexOf(' ') + 1)), score);
      if (rows.stream().noneMatch(row -> row.explains(client, score))) {
        unexplained.add(score);
      }
    }
    assertEquals(List.of(), unexplained);
  }

  @Test
  void eachRowExplainsSomethingOfEachOfItsClients() throws IOException {
    Set<String> idle = new TreeSet<>();
    for (Row row : rows()) {
      assertTrue(row.why().matches(".*RFC \\d{4} §\\d.*"), row::why);
      for (String client : row.clients().contains("*") ? clients() : row.clients()) {
        if (scores(client).stream().noneMatch(score -> row.explains(client, score))) {
          idle.add(client + " " + row.outcome() + " " + row.cases());
        }
      }
    }
    assertEquals(new TreeSet<>(), idle);
  }
}
