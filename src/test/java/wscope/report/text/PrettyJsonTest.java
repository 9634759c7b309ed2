package wscope.report.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects and arrays of RFC 8259 are indented; everything else is left alone. */
class PrettyJsonTest {
  @Test
  void putsEachMemberOnItsLine() {
    assertEquals(
        """
              {
                "a": [
                  1,
                  -2.5e3,
                  {
                    "b": "\\"\\n é"
                  }
                ],
                "c": {},
                "d": [],
                "e": null
              }
        """,
        shown(" {\"a\":[1, -2.5e3,{\"b\":\"\\\"\\n é\"}],\"c\":{ },\"d\":[],\"e\":null} "));
  }

  /** A control character in UTF-8 is valid in JSON, but not on a terminal. */
  @Test
  void escapesWhatControlsATerminal() {
    assertEquals(
        """
              [
                "\\u{9b}\\u{202e}"
              ]
        """,
        shown("[\"\u009b\u202e\"]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "\"a\"",
        "{",
        "{}x",
        "[1,]",
        "[1 2]",
        "{\"a\"}",
        "{a:1}",
        "[01]",
        "[tru]",
        "[\"\n\"]"
      })
  void leavesOtherTextAlone(String text) {
    assertEquals("", shown(text));
  }

  /** The indentation of deep values would grow with the square of their number. */
  @Test
  void leavesDeepValuesAlone() {
    assertEquals(65, shown("[".repeat(32) + "1" + "]".repeat(32)).lines().count());
    assertEquals("", shown("[".repeat(34) + "]".repeat(34)));
  }

  private static String shown(String json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true);
    PrettyJson.show(screen, ByteBuffer.wrap(json.getBytes(UTF_8)));
    screen.flush();
    return out.toString(UTF_8);
  }
}
