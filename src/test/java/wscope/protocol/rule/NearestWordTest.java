package wscope.protocol.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    "'', rate",
  })
  void nearest(String text, String word) {
    assertEquals(word, NearestWord.to(text, WORDS));
  }
}
