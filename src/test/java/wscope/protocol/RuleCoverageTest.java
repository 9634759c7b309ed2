package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wscope.protocol.rule.Rule;

/**
 * Every rule is broken by a vector named {@code breaks RULE-ID…} and only just kept by one named
 * {@code keeps RULE-ID…} in the same table.
 */
class RuleCoverageTest {
  private static final List<List<Vectors.Row>> TABLES =
      Stream.of(
              "frames.csv",
              "limits.csv",
              "close-codes.csv",
              "requests.csv",
              "responses.csv",
              "keys.csv",
              "deflate.csv",
              "compressed.csv",
              "deflate-responses.csv")
          .map(Vectors::rows)
          .toList();

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void hasAVectorThatBreaksItAndOneThatKeepsIt(Rule rule) {
    assertTrue(
        TABLES.stream().anyMatch(table -> has(table, "breaks", rule) && has(table, "keeps", rule)),
        () -> "no table has a vector that breaks " + rule.id() + " and one that keeps it");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource
  void vectorsMatchTheirNames(Rule rule) {
    rows()
        .filter(row -> isNamed(row, "breaks", rule))
        .forEach(row -> assertTrue(expects(row, rule), row.name()));
    rows()
        .filter(row -> isNamed(row, "keeps", rule))
        .forEach(row -> assertFalse(expects(row, rule), row.name()));
  }

  @Test
  void vectorNamesContainExistingRules() {
    rows()
        .filter(row -> row.name().matches("(breaks|keeps) .*"))
        .forEach(
            row ->
                assertTrue(
                    Stream.of(Rule.values())
                        .anyMatch(
                            rule -> isNamed(row, "breaks", rule) || isNamed(row, "keeps", rule)),
                    row.name()));
  }

  private static Stream<Vectors.Row> rows() {
    return TABLES.stream().flatMap(List::stream);
  }

  private static boolean has(List<Vectors.Row> table, String verb, Rule rule) {
    return table.stream().anyMatch(row -> isNamed(row, verb, rule));
  }

  private static boolean isNamed(Vectors.Row row, String verb, Rule rule) {
    String start = verb + " " + rule.id();
    return row.name().equals(start) || row.name().startsWith(start + ":");
  }

  private static boolean expects(Vectors.Row row, Rule rule) {
    return Pattern.compile("(?<![a-z0-9-])" + rule.id() + "(?![a-z0-9-])")
        .matcher(row.cell("expected"))
        .find();
  }
}
