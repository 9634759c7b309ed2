package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bad character is shown in its line, with what to type instead. */
class InvalidSpellingTest {
  @Test
  void inTheMiddleOfALine() {
    assertShown(
        """
        'g' is not a hex digit at character 5
        81 8g 48 65
            ^
        hex digits are 0-9 and a-f, two per byte
        """,
        "81 8g 48 65",
        Spelling.HEX);
  }

  @Test
  void onALaterLine() {
    assertShown(
        """
        a number over 255 at line 3, character 6
        72 300
             ^
        a byte is 0 to 255, or -128 to 127
        """,
        "129 5\r\n\r\n72 300\r\n7",
        Spelling.DECIMAL);
  }

  @Test
  void inALongLine() {
    assertShown(
        """
        '*' is not a hex digit at character 301
        ... 81 81 81 81 81 81 81 81 81 81 81 *2 82 82 82 82 82 82 82 82 82 82 8...
                                             ^
        hex digits are 0-9 and a-f, two per byte
        """,
        "81 ".repeat(100) + "*2 " + "82 ".repeat(100),
        Spelling.HEX);
  }

  @Test
  void nearTheEndOfALongLine() {
    assertShown(
        """
        '*' is not a hex digit at line 2, character 3002
        ...81 81 81 81 81 81 81 81 81 81 81 8* 82
                                             ^
        hex digits are 0-9 and a-f, two per byte
        """,
        "\n" + "81 ".repeat(1000) + "8* 82",
        Spelling.HEX);
  }

  @Test
  void whatIsNoAsciiIsADotAndOneCharacter() {
    assertShown(
        """
        '*' is not a hex digit at character 12
        Gr..e:   81*
                   ^
        hex digits are 0-9 and a-f, two per byte
        """,
        "Größe:\t  81*",
        Spelling.HEX);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "81 5 | HEX | an odd number of hex digits ends at character 4 | write 05 for 5",
        "81 C | HEX | an odd number of hex digits ends at character 4 | write 0C for C",
        "81 05 48f | HEX | an odd number of hex digits ends at character 9 | write 0f for f",
        "0x | HEX | no hex digit after 0x at character 2"
            + " | write the digits of the byte after it, as in 0x05",
        "{10, 0x81} | HEX | a number with 0x after numbers without it at character 6"
            + " | write all numbers in a list with 0x, or none",
        "{0x81, 300} | HEX | a number over 255 at character 10"
            + " | a byte is 0 to 255, or -128 to 127",
        "-129 | DECIMAL | a number under -128 at character 4"
            + " | a byte is 0 to 255, or -128 to 127",
        "10000002 | BITS | '2' is not a binary digit at character 8"
            + " | write each byte as eight binary digits",
        "10000001 101 | BITS | an incomplete byte (3 of 8 bits) ends at character 12"
            + " | write each byte as eight binary digits",
        "\\q | ESCAPED | 'q' is not an escape after \\ at character 2 | write \\x5c for a backslash",
        "\\400 | ESCAPED | an octal escape over \\377 at character 4"
            + " | write \\x5c for a backslash",
        "\\u20ac | ESCAPED | a code point over U+00FF at character 5"
            + " | write its UTF-8 bytes, each as \\x and two digits",
        "b'\\x81 | ESCAPED | a string without a closing ' ends at character 6"
            + " | add the closing quote, or leave out both",
        "gYM!VCM | BASE64 | '!' is not a base64 character at character 4"
            + " | base64 uses A-Z, a-z, 0-9, + and /, with = at the end",
        "gYM9V | BASE64 | an incomplete base64 group ends at character 5"
            + " | base64 uses A-Z, a-z, 0-9, + and /, with = at the end",
        "g=== | BASE64 | padding (=) that does not complete a group of four at character 2"
            + " | put = only at the end",
        "gY=M | BASE64 | a character inside the padding (=) at character 4 | put = only at the end",
        "00000000: 8183 3g | DUMP | 'g' is not a hex digit at character 17"
            + " | two spaces or a bar end the bytes of a row",
        "0000000 101601 052075 | DUMP"
            + " | a group of several bytes in machine byte order at character 12"
            + " | print single bytes: hexdump -C, od -t x1 or xxd",
        "0000000 129 131 | DUMP | a group of three digits ends at character 11"
            + " | print bytes in hex: od -t x1",
      })
  void eachKind(String text, Spelling spelling, String message, String advice) {
    InvalidSpelling e = assertThrows(InvalidSpelling.class, () -> readAll(text, spelling));
    assertEquals(message, e.getMessage());
    assertEquals(advice, e.advice());
    assertEquals(spelling, e.spelling());
    assertEquals(text, e.excerpt());
    assertEquals(e.column(), e.mark().length());
  }

  @Test
  void starsWithoutAnOffset() {
    String row = "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n";
    String zeros = "00".repeat(16);
    assertAll(
        () -> assertEquals(zeros.repeat(4), Spelled.of(row + "*\n00000040\n")),
        () ->
            assertEquals(
                zeros + ", then: no offset follows the * line at line 2, character 1",
                Spelled.of(row + "*\n")),
        () ->
            assertEquals(
                zeros
                    + ", then: an offset that does not fit the rows repeated by *"
                    + " at line 3, character 8",
                Spelled.of(row + "*\n00000041\n")));
  }

  @Test
  void neverWiderThanATerminal() {
    for (int length = 0; length < 200; length++) {
      String text = "8".repeat(2 * length) + "*" + "9".repeat(length);
      InvalidSpelling e = assertThrows(InvalidSpelling.class, () -> readAll(text, Spelling.HEX));
      assertTrue(e.excerpt().length() <= 74, e.excerpt());
      assertEquals('*', e.excerpt().charAt(e.mark().length() - 1));
      assertEquals(2L * length + 1, e.column());
    }
  }

  private static void assertShown(String expected, String text, Spelling spelling) {
    for (int most : new int[] {1, 7, 1 << 16}) {
      InvalidSpelling e =
          assertThrows(
              InvalidSpelling.class,
              () -> readAll(new SpelledBytes(new Drip(text.getBytes(UTF_8), most), spelling)));
      assertEquals(
          expected,
          e.getMessage() + "\n" + e.excerpt() + "\n" + e.mark() + "\n" + e.advice() + "\n");
    }
  }

  private static void readAll(String text, Spelling spelling) throws Exception {
    readAll(new SpelledBytes(new Drip(text.getBytes(UTF_8), 1 << 16), spelling));
  }

  private static void readAll(SpelledBytes bytes) throws Exception {
    ByteBuffer out = ByteBuffer.allocate(100);
    while (bytes.read(out.clear())) {
      // More may come.
    }
  }
}
