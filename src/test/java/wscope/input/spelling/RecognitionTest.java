package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecognitionTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Hex alone: a digit over 9, a leading zero, 0x.
        "81 83 3d 54 23 06 70 10 6d | hex",
        "81833d54230670106d | hex",
        "8183 | hex",
        "3d | hex",
        "05 10 | hex",
        "00 | hex",
        "0x81 | hex",
        "0X81,0X05 | hex",
        "0x81 10 | hex",
        "81:83:3d | hex",
        "81-83-3D | hex",
        // Decimal alone: an odd number of digits, a sign.
        "129 131 61 84 35 6 112 16 109 | decimal",
        "129, 131, 61 | decimal",
        "[129,131,61] | decimal",
        "-127, -125, 61 | decimal",
        "8 | decimal",
        "0 10 | decimal",
        "81 5 10 | decimal",
        "72 101 | decimal",
        // Decimal, or hex that was cut within its last byte.
        "81 8 | decimal, or truncated hex",
        "81, 10, 5 | decimal, or truncated hex",
        "[81, 10, 5] | decimal",
        // Both: hex, but in a list decimal.
        "81 | hex, or decimal",
        "81 10 | hex, or decimal",
        "81, 10 | hex, or decimal",
        "[10, 20, 30] | decimal, or hex",
        "{10, 20, 30} | decimal, or hex",
        "[81 10] | hex, or decimal",
        // Eight binary digits.
        "10000001 10000011 | bits, or hex",
        "1000000110000011 | bits, or hex",
        "0b10000001, 0b00000000 | bits",
        "0b10000001 | bits",
        "0b10000001 00000001 | bits",
        "1000 0001 | hex",
        "10 10 | hex, or decimal",
        "00000000 | bits, or hex",
        // String literals.
        "\\x81\\x83=T | escaped",
        "b'=T#' | escaped",
        "READ 5 \"Hello\" | escaped",
        "\"\\u0081\\u0000\" | escaped",
        "'\\201\\0' | escaped",
        // Base64: padding, or signs of it; never hex digits in one case.
        "gYM9VCMGcBBt | base64",
        "iQA= | base64",
        "gQVIZWxsbw== | base64",
        "\"gQVIZWxsbw==\" | base64",
        "aB3dE5f7 | hex, or base64",
        "81054865 | hex",
        "DEADBEEF | hex",
        "deadbeef | hex",
        // Dumps.
        "00000000: 8183 3d54 | dump",
        "0000: 81 83 | dump",
        "00000010: 8183 3d54 | dump, or hex",
        "0000000 81 83 | dump",
        "000000 81 83 3d | dump, or hex",
        "81833d54 23 06 70 10 6d | hex",
        // Heads of HTTP.
        "GET / HTTP/1.1 | raw",
        "HTTP/1.1 101 Switching Protocols | raw",
        "GETTING 81 83 | hex, or decimal",
        // Nothing to the end: what comes farthest.
        "81 83 3d 8z | hex",
        "129 131 61 84 8x | decimal",
        "129 131 61 300 | decimal",
        "81 300 | hex",
        "\\x81\\x83\\q | escaped",
        "00000000: 8183 3d5z | dump",
        "{\"type\":\"hello\"} | raw",
        "POST / HTTP/1.1 | raw",
        "zz | hex",
        "Hello | hex",
        "test | hex",
        "~~ | hex",
      })
  void wholeText(String text, String expected) {
    assertEquals(expected, Spelled.guess(text));
  }

  @Test
  void aBarIsTheMarkOfHexdump() {
    assertEquals("dump", Spelled.guess("00000010  81 83 3d 54 23 06 70 10  6d   |..=T#.p.m|"));
    assertEquals("hex", Spelled.guess("00000010  81 83 3d 54"));
    assertEquals("hex", Spelled.guess("00000010  81 83\n00000012  3d 54"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8105", "01", "00ff", "c283", "c1053d", "1603010200", "88020a7f", "0a00"})
  void whatIsNoTextIsRaw(String hex) {
    String bytes = new String(HexFormat.of().parseHex(hex), ISO_8859_1);
    Drip input = new Drip(bytes.getBytes(ISO_8859_1), 1);
    assertEquals(hex, Spelled.of(input, null, 999));
  }

  @Test
  void theBeginningDecides() {
    // The bytes that no text has come behind the first line, by which all is decided.
    assertEquals(
        "8105, then: byte 0x01 is not a hex digit at line 2, character 1",
        Spelled.of("81 05\n\u0001"));
    assertEquals("8a0a01", Spelled.of(new Drip(new byte[] {(byte) 0x8a, 10, 1}, 1), null, 9));
    assertEquals("0a01", Spelled.of("\n\u0001"));
  }

  @Test
  void numbersLineByLineAreNotDecidedByTheFirst() {
    assertEquals("decimal", Spelled.guess("10\n20\n129\n"));
    assertEquals("hex", Spelled.guess("10\n20\n1f\n"));
    assertEquals("hex, or decimal", Spelled.guess("10\n20\n30\n40\n129\n"));
    assertEquals("decimal, or truncated hex", Spelled.guess("81 8\n"));
    assertEquals("decimal", Spelled.guess("10 20 30 5\n129 131\n"));
  }

  @Test
  void aLineOfOneByteInBitsDecidesWithItsPrefix() {
    assertEquals("bits", Spelled.guess("0b10000001\n0b00000000\n"));
    assertEquals("8100", Spelled.of("0b10000001\n0b00000000\n"));
  }

  @Test
  void linesWithoutBytesDecideNothing() {
    assertEquals("8183", Spelled.of("The frame that came:\n\n  81 83\n"));
    assertEquals("8183", Spelled.of("Frame 1: 2 bytes on wire (16 bits)\n\n0000  81 83   ..\n"));
    assertEquals("decimal", Spelled.guess("Hello\n129 131\n"));
  }

  @Test
  void noMoreThanFourKibibytes() {
    String blanks = " ".repeat(Recognition.LONGEST_LOOK - 5);
    assertEquals("hex, or decimal", Spelled.guess("81 10" + blanks + "129"));
    assertEquals("decimal", Spelled.guess("81 10" + blanks.substring(4) + "129 "));
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheText() {
    assertEquals("8183", Spelled.of("\ufeff81 83"));
    assertEquals("8183", Spelled.of(new Drip("\ufeff81 83".getBytes(UTF_8), 1), null, 9));
    assertEquals("efbb", Spelled.of(new Drip(new byte[] {(byte) 0xef, (byte) 0xbb}, 1), null, 9));
  }
}
