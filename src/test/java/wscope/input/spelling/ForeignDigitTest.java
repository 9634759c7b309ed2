package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.Finder;

class ForeignDigitTest {
  private static final String HELLO = "81 05 48 65 6c 6c 6f";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "81 05 48 65 6\u0441 6c 6f | CYRILLIC SMALL LETTER ES (U+0441) | 14",
        "frame: 81 05 48 65 6\u0441 6c 6f | CYRILLIC SMALL LETTER ES (U+0441) | 21",
        "81 05 48 65 6c 6c 6f 8\u0430 00 | CYRILLIC SMALL LETTER A (U+0430) | 23",
        "0x81, 0x05, 0x48, 0x65, 0x6c, 0x6c, 0x\uff16f | FULLWIDTH DIGIT SIX (U+FF16) | 39",
        "x 81 05 48 65 6c 6c 6f \u03928 | GREEK CAPITAL LETTER BETA (U+0392) | 24",
      })
  void aLetterThatLooksLikeADigitIsAnError(String text, String name, int column) {
    InvalidSpelling error = assertThrows(InvalidSpelling.class, () -> read(text));
    assertEquals(name + " is not a hex digit at character " + column, error.getMessage());
  }

  /** Words of Russian and French, which follow bytes. */
  @ParameterizedTest
  @ValueSource(strings = {"\u0441\u043e", "d\u00e9", "\u0430", "\u0441\u043e\u043c 12"})
  void otherWordsAreNone(String word) {
    assertDoesNotThrow(() -> read("frame: " + HELLO + " " + word));
  }

  private static void read(String text) throws IOException, InvalidSpelling {
    Finder finder = new Finder(new ByteArrayInputStream(text.getBytes(UTF_8)));
    while (finder.next() != null) {
      // Only the error counts.
    }
  }
}
