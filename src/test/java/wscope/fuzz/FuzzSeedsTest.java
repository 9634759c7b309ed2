package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;

/**
 * Every fuzz target passes for its seeds. If there are many, only a part of them is tried here; the
 * fuzzer, which the profile fuzz runs, begins with all of them.
 */
class FuzzSeedsTest {
  /** The number of seeds from which on not all are tried. */
  private static final int MANY = 150;

  private static final List<FuzzTarget> TARGETS = FuzzTarget.all();

  static List<FuzzTarget> targets() {
    return TARGETS;
  }

  @ParameterizedTest
  @MethodSource("targets")
  void passesForItsSeeds(FuzzTarget target) {
    List<byte[]> seeds = target.seeds();
    assertTrue(seeds.size() > 10);
    int step = 1 + seeds.size() / MANY;
    for (int i = 0; i < seeds.size(); i += step) {
      // A target may unmask its input in place.
      target.run().accept(seeds.get(i).clone());
    }
  }

  /** What fuzzing has found is tried in any case. */
  @ParameterizedTest
  @MethodSource("findings")
  void passesForWhatWasFound(Vectors.Row row) {
    target(row).run().accept(Vectors.bytes(row.cell("input")));
  }

  /** The fuzzer would ignore a row with an unknown target. */
  @ParameterizedTest
  @MethodSource("findings")
  void everyFindingIsASeed(Vectors.Row row) {
    byte[] input = Vectors.bytes(row.cell("input"));
    assertTrue(input.length <= FuzzTarget.LONGEST_INPUT);
    assertTrue(target(row).seeds().stream().anyMatch(seed -> Arrays.equals(seed, input)));
  }

  private static FuzzTarget target(Vectors.Row row) {
    return TARGETS.stream()
        .filter(each -> each.toString().equals(row.cell("target")))
        .findAny()
        .orElseThrow();
  }

  static List<Vectors.Row> findings() {
    return Vectors.rows("findings.csv");
  }
}
