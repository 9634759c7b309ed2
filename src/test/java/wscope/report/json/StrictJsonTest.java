package wscope.report.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
  /** Jackson writes the nodes, without spaces. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | {}",
        "[] | []",
        "{ } | {}",
        "[ ] | []",
        "{\"a\":1,\"b\":[true,false,null]} | {\"a\":1,\"b\":[true,false,null]}",
        "{\"\":{\"a\":{\"a\":0}}} | {\"\":{\"a\":{\"a\":0}}}",
        "0 | 0",
        "-0 | 0",
        "18446744073709551616 | 18446744073709551616",
        "-10.25 | -10.25",
        "1e2 | 1E+2",
        "25E-1 | 2.5",
        "\"\" | \"\"",
        "\"/ \u007f\u00e9\" | \"/ \u007f\u00e9\"",
      })
  void readsValidJson(String text, String expected) {
    assertEquals(expected, StrictJson.read(text).toString());
  }

  @Test
  void skipsWhitespace() {
    String text = " \t\n\r{ \"a\" : [ 1 ,\n2\t] ,\r\n\"b\": 3 } ";
    assertEquals("{\"a\":[1,2],\"b\":3}", StrictJson.read(text).toString());
  }

  @Test
  void readsEscapes() {
    assertEquals(
        "\"\\/\b\f\n\r\tA\u00e9\u0000\ud83d\ude00\ud83d\ude00",
        StrictJson.read(
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u00E9\\u0000\\ud83d\\uDE00\ud83d\ude00\"")
            .textValue());
  }

  @Test
  void readsIntegersOfAnyLength() {
    JsonNode number = StrictJson.read("123456789012345678901234567890");
    assertEquals(new BigInteger("123456789012345678901234567890"), number.bigIntegerValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[",
        "{]",
        "[}",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{,}",
        "{\"a\":1,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "{} {}",
        "1 2",
        "true false",
        "tru",
        "True",
        "nul",
        "NaN",
        "Infinity",
        "+1",
        "-",
        "01",
        "-01",
        ".5",
        "1.",
        "1.e1",
        "1e",
        "1e+",
        "0x1",
        "\u0661",
        "\"",
        "\"a",
        "\"\\",
        "\"\\\"",
        "\"\t\"",
        "\"\n\"",
        "\"\u0000\"",
        "\"\\x41\"",
        "\"\\u004\"",
        "\"\\u 041\"",
        "\"\\u+041\"",
        "\"\\U0041\"",
        "\"\\ud83d\"",
        "\"\\ude00\\ud83d\"",
        "\"\ud83d\"",
        "\u00a01",
        "\ufeff1",
        "/**/1",
        "1\u0000",
      })
  void failsForEverythingElse(String text) {
    assertThrows(AssertionError.class, () -> StrictJson.read(text));
  }
}
