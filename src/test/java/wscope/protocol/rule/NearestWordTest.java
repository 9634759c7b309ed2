package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user means who typed another word. */
class NearestWordTest {
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
  void nearest(String text, String word) {
    assertEquals(word, NearestWord.to(text, WORDS));
    assertEquals("; the nearest is " + word, NearestWord.advice(text, WORDS));
  }

  @Test
  void swappedNeighboursAreOneEdit() {
    List<String> options = List.of("--from", "--format");
    assertEquals("--format", NearestWord.to("--fromat", options));
    assertEquals("--from", NearestWord.to("--form", List.of("--from", "--file")));
  }

  /** A part wins, however long it is and however much is left out. */
  @Test
  void aLongPart() {
    String word = "a".repeat(60);
    assertEquals(word, NearestWord.to("a".repeat(40), List.of(word)));
    assertEquals(word, NearestWord.to("a", List.of("b", word)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "foo", "clxyz", "replacement"})
  void noneIsNear(String text) {
    assertNull(NearestWord.to(text, WORDS));
    assertEquals("", NearestWord.advice(text, WORDS));
  }
}
