package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules by their ids. */
class RuleIdsTest {
  @ParameterizedTest
  @EnumSource
  void findsEveryId(Rule rule) {
    assertEquals(rule, RuleIds.find(rule.id()));
    assertEquals(rule, RuleIds.find(rule.id().toUpperCase(Locale.ROOT)));
    assertNull(RuleIds.find(rule.id() + " "));
  }

  @Test
  void findsNothingForOtherTexts() {
    for (String text : List.of("", " ", "x".repeat(1_000_000), "\ud83d", "İ".repeat(100))) {
      assertNull(RuleIds.find(text));
    }
  }
}
