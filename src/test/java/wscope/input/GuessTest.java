package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuessTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        // Hex alone: a digit over 9, more than three digits, a leading zero, 0x.
        "81 83 3d 54 23 06 70 10 6d | hex",
        "81833d54230670106d | hex",
        "8183 | hex",
        "8183 3D54 | hex",
        "3d | hex",
        "05 10 | hex",
        "00 | hex",
        "0x81 | hex",
        "0x5 | hex",
        "0X81,0X05 | hex",
        "0x81, 0x05, 0x48 | hex",
        "0x81 10 | hex",
        // Decimal alone: an odd number of digits.
        "129 131 61 84 35 6 112 16 109 | decimal",
        "129,131,61,84,35,6,112,16,109 | decimal",
        "129, 131, 61 | decimal",
        "8 | decimal",
        "0 | decimal",
        "0 10 | decimal",
        "255 | decimal",
        "81 10 5 | decimal",
        // Both: taken for hex, and told.
        "81 | hex, or decimal",
        "81 10 | hex, or decimal",
        "10 20 30 40 | hex, or decimal",
        "81, 10 | hex, or decimal",
        "99 | hex, or decimal",
        // Neither to the end: what fits longest.
        "81 83 3d zz | hex",
        "129 131 61 84 x | decimal",
        "129 131 61 300 | decimal",
        "129 131 61 061 | decimal",
        "81 300 | hex",
        "zz | hex",
        "'' | hex",
      })
  void wholeText(String text, String expected) {
    assertEquals(expected, guess(text, true));
  }

  @Test
  void aWordThatTheBeginningOfALongTextCutsDoesNotCount() {
    assertEquals("decimal", guess("129 131 3", false));
    assertEquals("hex, or decimal", guess("81 10 5", false));
    assertEquals("decimal", guess("81 10 5", true));
    assertEquals("hex", guess("81833d54230670106", false));
    assertEquals("hex", guess("0", false));
  }

  @Test
  void onlyTheGivenLengthCounts() {
    byte[] text = "81 10 zz".getBytes(UTF_8);
    assertEquals(new Guess(Spelling.HEX, true), Guess.of(text, 5, true));
  }

  @Test
  void separatorsAroundTheWordsDoNotCount() {
    assertEquals("decimal", guess(" \t\r\n,129,\n\n 131 ,", true));
    assertEquals("hex", guess("\n\n3d\n", true));
    assertEquals("hex", guess(" \n", true));
  }

  private static String guess(String text, boolean complete) {
    byte[] bytes = text.getBytes(UTF_8);
    Guess guess = Guess.of(bytes, bytes.length, complete);
    return guess.spelling() + (guess.alsoDecimal() ? ", or decimal" : "");
  }
}
