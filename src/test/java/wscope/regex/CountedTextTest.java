package wscope.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CountedTextTest {
  @Test
  void allowsEachStepAndNoMore() {
    CountedText text = CountedText.of("abc", 2);
    assertEquals('a', text.charAt(0));
    assertEquals('c', text.charAt(2));
    assertThrows(CountedText.TooManySteps.class, () -> text.charAt(0));
    assertEquals("abc", text.toString(), "this takes no step");
  }

  @Test
  void textsWithTheSameStepsShareThem() {
    int[] left = {3};
    CountedText first = new CountedText("ab", () -> --left[0] >= 0);
    CountedText second = new CountedText("cd", () -> --left[0] >= 0);
    assertEquals('a', first.charAt(0));
    assertEquals('d', second.charAt(1));
    assertEquals('b', first.charAt(1));
    assertThrows(CountedText.TooManySteps.class, () -> second.charAt(0));
  }

  @Test
  void matchesAsTheTextItself() {
    assertTrue(Pattern.matches("(a|b)+c", CountedText.of("abac", 1000)));
  }

  /** Without a limit, this takes hours. */
  @Test
  @Timeout(10)
  void endsAnExpressionThatBacktracksForEver() {
    CountedText text = CountedText.of("a".repeat(30) + "!", 1_000_000);
    Pattern pattern = Pattern.compile("(.*a){20}$");
    assertThrows(CountedText.TooManySteps.class, () -> pattern.matcher(text).find());
  }
}
