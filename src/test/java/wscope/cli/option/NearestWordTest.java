package wscope.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;

/** Finds the word that a user probably meant. */
class NearestWordTest {
  private static final List<String> RULES = Stream.of(Rule.values()).map(Rule::id).toList();
  private static final List<String> WORDS = List.of("reply", "rate", "redirect", "close");

  @ParameterizedTest
  @CsvSource({
    "reply, reply",
    "repyl, reply",
    "RATE, rate",
    "red, redirect",
    "direct, redirect",
    "clos, close",
    "cloze, close",
  })
  void findsTheNearestWord(String text, String word) {
    assertEquals(word, NearestWord.to(text, WORDS));
    assertEquals("; did you mean " + word + "?", NearestWord.advice(text, WORDS));
  }

  @Test
  void countsASwapAsOneEdit() {
    List<String> options = List.of("--from", "--format");
    assertEquals("--format", NearestWord.to("--fromat", options));
    assertEquals("--from", NearestWord.to("--form", List.of("--from", "--file")));
  }

  /** A word that contains the text matches, whatever the lengths. */
  @Test
  void findsALongWordByAPart() {
    String word = "a".repeat(60);
    assertEquals(word, NearestWord.to("a".repeat(40), List.of(word)));
    assertEquals(word, NearestWord.to("a", List.of("b", word)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "foo", "clxyz", "replacement"})
  void findsNothingForOtherTexts(String text) {
    assertNull(NearestWord.to(text, WORDS));
    assertEquals("", NearestWord.advice(text, WORDS));
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
  void findsTheNearestRule(String text, Rule rule) {
    assertNull(RuleIds.find(text));
    assertEquals(rule.id(), NearestWord.to(text, RULES));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "frame-unfinish, frame-unfinished",
    "acept-wrong, accept-wrong",
    "utf8, text-not-utf8",
    "masked, server-frame-masked",
  })
  void findsTheNearestFault(String text, String id) {
    List<String> faults = Faults.of(Endpoint.SERVER).stream().map(Fault::id).toList();
    assertEquals("; did you mean " + id + "?", NearestWord.advice(text, faults));
  }

  @ParameterizedTest
  @EnumSource
  void everyIdIsNearestToItself(Rule rule) {
    assertEquals(rule.id(), NearestWord.to(rule.id(), RULES));
  }

  @Test
  void findsOnlyGivenWords() {
    assertEquals("key-missing", NearestWord.to("key-mising", List.of("key-missing")));
    assertNull(NearestWord.to("text-not-utf8", List.of("key-missing")));
  }

  @Test
  void acceptsAnyText() {
    for (String text : List.of("", " ", "x".repeat(1_000_000), "\ud83d", "İ".repeat(100))) {
      assertNull(NearestWord.to(text, RULES));
    }
  }
}
