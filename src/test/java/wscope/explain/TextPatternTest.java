package wscope.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it failed with {status} | It "failed" with: 403                  | [403]
          can't do this thing     | CAN’T do ‘this’ thing                  | []
          a_b-c d.e               | A B C  d  e                            | []
          bad opcode is {opcode}  | bad opcode is b                        | [b]
          bad opcode is {opcode}  | bad opcode is 0xB                      | [0xb]
          it from {text} came {n} | it from ws://localhost:80/x came 7     | [7]
          from {text} to {n} end  | from here to there to 12 end           | [12]
          from {text} to {n} end  | from to 3 end                          | [3]
          one {n} two {n} three   | one 1 two 2 three                      | [1, 2]
          """)
  void matches(String pattern, String text, String values) {
    TextPattern.Match match = TextPattern.of(pattern).at(Words.of(text), 0);
    assertEquals(values, match == null ? "no match" : match.values().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it failed with {status} | it failed with x
          it failed with {status} | it failed with
          it failed with {status} | it failed with 12345678901
          it failed with {status} | it failed with ٤٠٣
          it did fail             | it did failed
          it did fail             | it did not fail
          bad opcode is {opcode}  | bad opcode is g
          it from {text} came {n} | it from a a a a a a a a a a a a a a a a a a a a a a a a a came 7
          """)
  void doesNotMatch(String pattern, String text) {
    assertNull(TextPattern.of(pattern).at(Words.of(text), 0));
  }

  @Test
  void ignoresThePathsOfUrls() {
    assertEquals(
        List.of("to", "ws", "failed", "at", "https", "wss", "end"),
        Words.of(
            "to 'ws://h:80/a?fault=bad' failed at (https://x/y z:// \u201cwss://\u201d end"
                .replace("y z://", "y")));
  }

  @Test
  void ignoresColours() {
    assertEquals(
        List.of("it", "did", "fail", "31m", "end"),
        Words.of("\u001b[1;31mit\u001b[0m did\u001b[mfail [31m end\u001b[3"));
  }

  @Test
  void readsNumbers() {
    assertEquals(
        List.of(0, 1006, 11, 0x3ee, -1, -1, -1, -1, -1),
        List.of("0", "1006", "0xb", "0x3EE", "", "0x", "1a", "9999999999", "٤").stream()
            .map(word -> Words.number(word.toLowerCase(Locale.ROOT)))
            .toList());
  }
}
