package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.protocol.Vectors;

/** Every fuzz target passes for its seeds. */
class FuzzSeedsTest {
  static List<FuzzTarget> targets() {
    return FuzzTarget.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void passesForItsSeeds(FuzzTarget target) {
    List<byte[]> seeds = target.seeds();
    assertTrue(seeds.size() > 10);
    seeds.forEach(target.run());
  }

  /** The fuzzer would ignore a row with an unknown target. */
  @ParameterizedTest
  @MethodSource("findings")
  void everyFindingIsASeed(Vectors.Row row) {
    FuzzTarget target =
        targets().stream()
            .filter(each -> each.toString().equals(row.cell("target")))
            .findAny()
            .orElseThrow();
    byte[] input = Vectors.bytes(row.cell("input"));
    assertTrue(input.length <= FuzzTarget.LONGEST_INPUT);
    assertTrue(target.seeds().stream().anyMatch(seed -> Arrays.equals(seed, input)));
  }

  static List<Vectors.Row> findings() {
    return Vectors.rows("findings.csv");
  }
}
