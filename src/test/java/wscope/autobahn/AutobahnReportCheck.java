package wscope.autobahn;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Checks the report of the Autobahn suite: every case must have run, with OK for its behaviour and
 * its close. The plugin alone would accept missing cases, unclean closes and informational results.
 */
@Tag("autobahn")
class AutobahnReportCheck {
  static final Path REPORT = Path.of("target/autobahntestsuite-reports/index.json");

  /** The number of cases in each group of the suite. */
  private static final Map<String, Integer> CASES =
      Map.of("1", 16, "2", 11, "3", 7, "4", 10, "5", 20, "6", 145, "7", 37, "9", 54, "10", 1);

  /** The suite reports these as informational for every server. */
  private static final Set<String> INFORMATIONAL = Set.of("7.1.6", "7.13.1", "7.13.2");

  private static final Pattern CASE =
      Pattern.compile(
          "\"(\\d+(?:\\.\\d+)+)\": \\{\\s*\"behavior\": \"([^\"]*)\",\\s*"
              + "\"behaviorClose\": \"([^\"]*)\"");

  /** The behaviour in each case, and at its end. */
  static Map<String, String> results(Path report) throws IOException {
    Map<String, String> results = new TreeMap<>();
    Matcher found = CASE.matcher(Files.readString(report));
    while (found.find()) {
      results.put(found.group(1), found.group(2) + ", close " + found.group(3));
    }
    return results;
  }

  /** The group of a case. */
  static String group(String id) {
    return id.substring(0, id.indexOf('.'));
  }

  @Test
  void everyCaseRanAndIsOk() throws IOException {
    Map<String, Integer> ran = new TreeMap<>();
    Map<String, String> failed = new TreeMap<>();
    results(REPORT)
        .forEach(
            (id, result) -> {
              String expected = INFORMATIONAL.contains(id) ? "INFORMATIONAL" : "OK";
              ran.merge(group(id), 1, Integer::sum);
              if (!result.equals(expected + ", close " + expected)) {
                failed.put(id, result);
              }
            });
    assertAll(
        () -> assertEquals(new TreeMap<>(CASES), ran, "cases that ran, by group"),
        () -> assertEquals(Map.of(), failed, "cases that are not OK"));
  }
}
