package wscope.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.rule.Rule;

/**
 * Random streams, valid and invalid, through wscope, Netty and Jetty: they agree on frames,
 * messages and the close code, except where {@code disagreements.csv} says why not. {@code
 * -Ddiff.streams} and {@code -Ddiff.seed} try more and other streams.
 */
class SecondOpinionIT {
  private static final long STREAMS = Long.getLong("wscope.diff.streams", 20_000);
  private static final long FIRST = Long.getLong("wscope.diff.seed", 0);
  private static final int REPORTED = 5;

  /**
   * Fragments are not limited here, nothing is read after a Close, and the streams are compressed
   * within their window.
   */
  private static final Set<Rule> NOT_TESTED =
      Set.of(Rule.DATA_AFTER_CLOSE, Rule.TOO_MANY_FRAGMENTS, Rule.WINDOW_EXCEEDED);

  @Test
  void explainsEveryDisagreement() {
    StringBuilder unexplained = new StringBuilder();
    int found = 0;
    try (Comparison comparison = new Comparison(Explanation.all())) {
      for (long seed = FIRST; seed < FIRST + STREAMS && found < REPORTED; seed++) {
        FrameStream stream = FrameStreams.of(seed);
        Disagreement disagreement = comparison.unexplained(stream);
        if (disagreement != null) {
          found++;
          unexplained.append(report(comparison, stream, disagreement));
        }
      }
    }
    if (found > 0) {
      fail(unexplained.toString());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void everyExplanationAppliesToItsExample(String name, Explanation explanation) {
    try (Comparison comparison = new Comparison(Explanation.all())) {
      List<String> names =
          comparison.compare(explanation.example()).stream()
              .map(Comparison.Explained::explanation)
              .map(found -> found == null ? "" : found.name())
              .toList();
      assertTrue(
          names.contains(name), () -> names + "\n" + comparison.describe(explanation.example()));
    }
  }

  static Stream<Arguments> everyExplanationAppliesToItsExample() {
    return Explanation.all().stream().map(row -> Arguments.of(row.name(), row));
  }

  @Test
  void streamsBreakEveryRule() {
    Set<String> found = new TreeSet<>();
    try (BufferPool pool = new BufferPool()) {
      for (long seed = 0; seed < 10_000; seed++) {
        Opinion opinion = WscopeReader.read(FrameStreams.of(seed), pool).opinion();
        found.add(opinion.hasFailed() ? opinion.reason() : opinion.end());
      }
    }
    Set<String> expected =
        Arrays.stream(Rule.values())
            .filter(rule -> rule.isError() && !rule.isOfHandshake() && !NOT_TESTED.contains(rule))
            .map(Rule::id)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add(Opinion.OPEN);
    expected.add(Opinion.CLOSED);
    assertEquals(expected, found);
  }

  private static String report(
      Comparison comparison, FrameStream stream, Disagreement disagreement) {
    FrameStream shortest =
        Shrinker.shrink(stream, shorter -> disagreement.isLike(comparison.unexplained(shorter)));
    return "\nseed " + stream.seed() + ", shrunk: " + comparison.describe(shortest);
  }
}
