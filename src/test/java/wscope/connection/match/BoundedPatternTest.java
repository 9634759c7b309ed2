package wscope.connection.match;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wscope.protocol.frame.Opcode;

/** Regular expressions on messages of a stranger. */
class BoundedPatternTest {
  private static final String GAVE_UP = "the regular expression took too many steps and gave up";

  private static Subject text(String text) {
    return new Subject(Opcode.TEXT, text.getBytes(UTF_8));
  }

  /** S11: backtracking ends after a number of steps, and a deep recursion ends nothing else. */
  @ParameterizedTest
  @CsvSource({
    "(a+)+$",
    "(a|a)*$",
    "(a|aa)+$",
    "(.*)*x",
    "(?:a|b)*c",
    "(a?){50}a{50}c",
    "((a*)*)*x"
  })
  void givesUpInsteadOfRunningAway(String expression) throws InvalidPattern {
    Subject subject = text("a".repeat(Subject.LONGEST_TEXT - 1) + "!");
    assertNull(BoundedPattern.of(expression, "").find(subject));
    assertEquals(GAVE_UP, subject.takeDoubt());
  }

  /** S11: many expressions on one message share the steps. */
  @Test
  void allExpressionsOnAMessageShareTheSteps() throws InvalidPattern {
    Subject subject = text("a".repeat(60_000));
    BoundedPattern pattern = BoundedPattern.of("b", "");
    int tried = 0;
    while (subject.takeDoubt() == null) {
      assertNull(pattern.find(subject));
      tried++;
    }
    assertEquals(1 + 1_000_000 / 60_000, tried);
  }

  @Test
  void triesNothingOnALongText() throws InvalidPattern {
    BoundedPattern pattern = BoundedPattern.of("^é", "");
    assertNotNull(pattern.find(text("é".repeat(65_536))));
    Subject longer = text("é".repeat(65_537));
    assertNull(pattern.find(longer));
    assertEquals(
        "the message is longer than 65536 characters; no regular expression was tried",
        longer.takeDoubt());
  }

  @Test
  void capturesGroupsByNumberAndName() throws InvalidPattern {
    Captures found =
        BoundedPattern.of("(?<who>\\w+) says (.*?)(x)?$", "").find(text("> bob says hi"));
    assertEquals("bob says hi", found.find("0").text());
    assertEquals("bob", found.find("1").text());
    assertEquals("bob", found.find("who").text());
    assertEquals("hi", found.find("2").text());
    assertNull(found.find("3"));
  }

  @ParameterizedTest
  @CsvSource({"'', false, false", "i, true, false", "m, false, false", "ms, false, true"})
  void hasFlags(String flags, boolean upper, boolean lines) throws InvalidPattern {
    assertEquals(upper, BoundedPattern.of("^É$", flags).find(text("é")) != null);
    assertEquals(lines, BoundedPattern.of("^b.c$", flags).find(text("a\nb\nc")) != null);
  }

  @Test
  void knowsItsGroups() throws InvalidPattern {
    BoundedPattern pattern = BoundedPattern.of("(a)|(?<b>b)", "");
    assertTrue(pattern.hasGroup("0"));
    assertTrue(pattern.hasGroup("2"));
    assertTrue(pattern.hasGroup("b"));
    assertFalse(pattern.hasGroup("3"));
    assertFalse(pattern.hasGroup("c"));
  }
}
