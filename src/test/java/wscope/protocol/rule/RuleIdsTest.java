package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules by the ids that users type, and by what they mean to type. */
class RuleIdsTest {
  private static final List<String> ALL = Stream.of(Rule.values()).map(Rule::id).toList();

  @ParameterizedTest
  @EnumSource
  void everyIdIsFound(Rule rule) {
    assertEquals(rule, RuleIds.find(rule.id()));
    assertEquals(rule, RuleIds.find(rule.id().toUpperCase(Locale.ROOT)));
    assertEquals(rule.id(), NearestWord.to(rule.id(), ALL));
    assertNull(RuleIds.find(rule.id() + " "));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "rsv1-with, RSV1_WITHOUT_EXTENSION",
    "RSV3, RSV3_WITHOUT_EXTENSION",
    "utf8, TEXT_NOT_UTF8",
    "top-bit, LENGTH_TOP_BIT_SET",
    "lenght-not-minimal, LENGTH_NOT_MINIMAL",
    "text_not_utf8, TEXT_NOT_UTF8",
    "close-code-never-send, CLOSE_CODE_NEVER_SENT",
    "message-interupted, MESSAGE_INTERRUPTED",
  })
  void nearest(String text, Rule rule) {
    assertNull(RuleIds.find(text));
    assertEquals(rule.id(), NearestWord.to(text, ALL));
  }

  @Test
  void onlyOfThose() {
    assertEquals("key-missing", NearestWord.to("key-mising", List.of("key-missing")));
    assertNull(NearestWord.to("text-not-utf8", List.of("key-missing")));
  }

  @Test
  void noTextIsTooStrange() {
    for (String text : List.of("", " ", "x".repeat(1_000_000), "\ud83d", "İ".repeat(100))) {
      assertNull(RuleIds.find(text));
      assertNull(NearestWord.to(text, ALL));
    }
  }
}
