package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is fuzzed holds for the inputs that fuzzing begins with. */
class FuzzSeedsTest {
  static List<FuzzTarget> targets() {
    return FuzzTarget.all();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void holdsForItsSeeds(FuzzTarget target) {
    List<byte[]> seeds = target.seeds();
    assertTrue(seeds.size() > 10);
    seeds.forEach(target.run());
  }
}
