package wscope.check;

import static java.util.Comparator.naturalOrder;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.rule.Endpoint;

/**
 * The Autobahn suite as a second opinion: for the cases that both have, its verdict on a real
 * server is that of {@code wscope check}, or differences.txt explains why not. The scores come from
 * real runs; {@code src/test/interop/README.md} says how to repeat them. wscope's own server is
 * none of these: CI runs the suite against it (AutobahnReportCheck).
 */
class AutobahnOpinionTest {
  private static final Path INTEROP = Path.of("src", "test", "interop");
  private static final Path AUTOBAHN = INTEROP.resolve("autobahn");
  private static final Path SCORES = INTEROP.resolve("scores");

  /** The number of cases that the suite has in the groups which wscope runs itself. */
  private static final int CASES = 301;

  /** How severe an outcome is: the same for both. */
  private enum Verdict {
    KEPT,
    LAX,
    BROKEN
  }

  static List<String> servers() throws IOException {
    try (Stream<Path> files = Files.list(AUTOBAHN.resolve("servers"))) {
      return files.map(file -> file.getFileName().toString().replace(".txt", "")).sorted().toList();
    }
  }

  @Test
  void eachCaseOfTheSuiteHasACounterpart() throws IOException {
    List<String> ours = Cases.of(Endpoint.SERVER, 1).stream().map(Case::id).toList();
    List<String> unknown = new ArrayList<>();
    Map<String, List<String>> known = counterparts(ours);
    for (String theirs : ids()) {
      if (known.getOrDefault(theirs, List.of()).isEmpty()) {
        unknown.add(theirs);
      }
    }
    assertEquals(List.of(), unknown);
    assertEquals(CASES, ids().size());
  }

  @ParameterizedTest
  @MethodSource("servers")
  void bothAgree(String server) throws IOException {
    Path file = AUTOBAHN.resolve("servers").resolve(server + ".txt");
    Map<String, String> theirs = scores(file, true);
    assertFalse(theirs.isEmpty());
    Map<String, String> ours = scores(SCORES.resolve(server + ".txt"), false);
    Map<String, List<String>> counterparts =
        counterparts(Cases.of(Endpoint.SERVER, 1).stream().map(Case::id).toList());
    Map<String, String> differences = new TreeMap<>();
    if (Files.readString(file).contains("Group 9 did not run.")) {
      counterparts.keySet().removeIf(id -> id.startsWith("9."));
    }
    counterparts.forEach(
        (id, cases) -> {
          Verdict autobahn = autobahn(theirs.getOrDefault(id, "OK"));
          Map<String, String> outcomes = new LinkedHashMap<>();
          cases.forEach(name -> outcomes.put(name, ours.getOrDefault(name, "pass")));
          if (worst(outcomes.values()) != autobahn) {
            differences.put(
                id, autobahn + " " + new TreeSet<>(outcomes.values()) + " " + cases.get(0));
          }
        });
    assertEquals(explained(server), differences.keySet(), differences::toString);
  }

  private static Verdict worst(Collection<String> outcomes) {
    return outcomes.stream().map(AutobahnOpinionTest::wscope).max(naturalOrder()).orElseThrow();
  }

  private static Verdict autobahn(String behavior) {
    if (behavior.startsWith("FAILED")) {
      return Verdict.BROKEN;
    }
    return behavior.matches("OK|INFORMATIONAL") ? Verdict.KEPT : Verdict.LAX;
  }

  private static Verdict wscope(String outcome) {
    return switch (outcome) {
      case "pass", "not-judgeable" -> Verdict.KEPT;
      case "lenient" -> Verdict.LAX;
      default -> Verdict.BROKEN;
    };
  }

  /** Our cases for each case of the suite. */
  private static Map<String, List<String>> counterparts(List<String> ours) throws IOException {
    Map<String, List<String>> counterparts = new TreeMap<>();
    for (String line : lines(AUTOBAHN.resolve("cases.txt"))) {
      String[] words = line.split(" ", -1);
      PathMatcher theirs = FileSystems.getDefault().getPathMatcher("glob:" + words[0]);
      for (String id : ids()) {
        if (theirs.matches(Path.of(id))) {
          List<String> matching = matching(ours, words[1]);
          assertFalse(counterparts.containsKey(id), id + " is in two lines");
          counterparts.put(id, matching);
        }
      }
    }
    return counterparts;
  }

  private static List<String> matching(List<String> ours, String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return ours.stream().filter(id -> matcher.matches(Path.of(id))).toList();
  }

  /** The names of the suite's cases. */
  private static List<String> ids() throws IOException {
    return lines(AUTOBAHN.resolve("ids.txt")).stream()
        .flatMap(line -> Stream.of(line.split(" ", -1)))
        .toList();
  }

  private static Set<String> explained(String server) throws IOException {
    return lines(AUTOBAHN.resolve("differences.txt")).stream()
        .map(line -> line.split(" ", 3))
        .filter(words -> words[0].equals(server))
        .map(words -> Objects.requireNonNull(words[1]))
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The outcomes by the names of the cases, which come first or last in a line. */
  private static Map<String, String> scores(Path file, boolean nameFirst) throws IOException {
    Map<String, String> scores = new TreeMap<>();
    for (String line : lines(file)) {
      String[] words = line.split(" ", 2);
      scores.put(words[nameFirst ? 0 : 1], words[nameFirst ? 1 : 0]);
    }
    return scores;
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
  }
}
