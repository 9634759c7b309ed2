package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
  @ParameterizedTest
  @CsvSource({
    "fault, true",
    "Fault, true",
    "FAULT, true",
    "fualt, true",
    "afult, true",
    "faul, true",
    "ault, true",
    "faults, true",
    "ffault, true",
    "fauult, true",
    "feult, true",
    "faulta, true",
    "fauxt, true",
    "faltu, false",
    "tluaf, false",
    "fau, false",
    "faultss, false",
    "fxxlt, false",
    "'', false",
    "default, false",
  })
  void isOneErrorAway(String typed, boolean near) {
    assertEquals(near, NearMiss.between(typed, "fault"));
    assertEquals(near, NearMiss.between("fault", typed));
  }

  /** Agrees with the definition: one insertion, deletion, replacement or swap of neighbours. */
  @ParameterizedTest
  @CsvSource({"ab", "aab", "abab", "aaaa"})
  void findsEveryEdit(String word) {
    for (int i = 0; i <= word.length(); i++) {
      String before = word.substring(0, i);
      assertEquals(true, NearMiss.between(before + "x" + word.substring(i), word));
      assertEquals(true, NearMiss.between(before + "a" + word.substring(i), word));
      if (i < word.length()) {
        assertEquals(true, NearMiss.between(before + word.substring(i + 1), word));
        assertEquals(true, NearMiss.between(before + "x" + word.substring(i + 1), word));
      }
      if (i + 1 < word.length()) {
        String swapped = "" + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
        assertEquals(true, NearMiss.between(before + swapped, word));
      }
    }
  }
}
