package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpelledBytesTest {
  private static final String MDN = "81833d54230670106d";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "81833d54230670106d",
        "81 83 3d 54 23 06 70 10 6d",
        "8183 3d542306 70106d",
        "81 83 3D 54 23 06 70 10 6D",
        "0x81 0x83 0x3d 0x54 0x23 0x06 0x70 0x10 0x6d",
        "0x81,0x83,0x3d,0x54,0x23,0x06,0x70,0x10,0x6d",
        "0x81, 0x83, 0x3d, 0x54, 0x23, 0x6, 0x70, 0x10, 0x6d,",
        "0X81 0X83 0X3D 0X54 0X23 0X6 0X70 0X10 0X6D",
        "0x81833d54 0x230670106d",
        "0x81 83 3d 0x5423 06 70106d",
        "81,83,3d,54,23,06,70,10,6d",
        "81 83\n3d 54 23 06\n70 10 6d\n",
        "81 83\r\n3d 54 23 06\r\n70 10 6d\r\n",
        "\n\n\t81\t83\t3d 54\t23 06 70 10 6d ,, \n",
        "129 131 61 84 35 6 112 16 109",
        "129, 131, 61, 84, 35, 6, 112, 16, 109",
        "129,131,61,84,35,6,112,16,109\n",
        "129\n131\n61\n84\n35\n6\n112\n16\n109",
      })
  void spellingsOfTheSameFrame(String text) {
    assertEquals(MDN, read(text, null));
  }

  @ParameterizedTest
  @CsvSource({
    "81 10, HEX, 8110",
    "81 10, DECIMAL, 510a",
    "0 255 007, DECIMAL, 00ff07",
    "'', HEX, ''",
    "'', DECIMAL, ''",
    "'  ,, ', HEX, ''",
    "00, HEX, 00",
    "0x0, HEX, 00",
    "0xfff, HEX, 'ff, then: an odd number of hex digits ends at character 5'",
  })
  void aGivenSpellingIsNotGuessed(String text, Spelling spelling, String expected) {
    assertEquals(expected, read(text, spelling));
  }

  @Test
  void everyByteInEverySpelling() {
    byte[] all = new byte[256];
    StringBuilder decimal = new StringBuilder();
    StringBuilder prefixed = new StringBuilder();
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
      decimal.append(i).append(' ');
      prefixed.append("0x").append(Integer.toHexString(i)).append(", ");
    }
    String hex = HexFormat.of().formatHex(all);
    assertAll(
        () -> assertEquals(hex, read(hex, null)),
        () -> assertEquals(hex, read(HexFormat.ofDelimiter(" ").formatHex(all), null)),
        () -> assertEquals(hex, read(HexFormat.of().withUpperCase().formatHex(all), null)),
        () -> assertEquals(hex, read(prefixed.toString(), null)),
        () -> assertEquals(hex, read(decimal.toString(), null)));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "81 8g | HEX | 81, then: 'g' is not a hex digit at character 5",
        "g1 | HEX | , then: 'g' is not a hex digit at character 1",
        "81 05*48 | HEX | 8105, then: '*' is not a hex digit at character 6",
        "81 5 | HEX | 81, then: an odd number of hex digits ends at character 4",
        "8 1 | HEX | , then: an odd number of hex digits ends at character 1",
        "81 0x | HEX | 81, then: no hex digit after 0x at character 5",
        "0x 81 | HEX | , then: no hex digit after 0x at character 2",
        "0x0x81 | HEX | , then: 'x' is not a hex digit at character 4",
        "10x81 | HEX | 10, then: 'x' is not a hex digit at character 3",
        "1x81 | HEX | , then: 'x' is not a hex digit at character 2",
        "81 ü | HEX | 81, then: byte 0xc3 is not a hex digit at character 4",
        "129 131 x | DECIMAL | 8183, then: 'x' is not a decimal digit at character 9",
        "129 -129 | DECIMAL | 81, then: a number under -128 at character 8",
        "129 5-1 | DECIMAL | 81, then: '-' is not a decimal digit at character 6",
        "129 1e | DECIMAL | 81, then: 'e' is not a decimal digit at character 6",
        "256 | DECIMAL | , then: a number over 255 at character 3",
        "12 99999999999999999999 | DECIMAL" + " | 0c, then: a number over 255 at character 6",
      })
  void errors(String text, Spelling spelling, String expected) {
    assertEquals(expected, read(text, spelling));
  }

  @Test
  void errorsOnLaterLines() {
    assertAll(
        () ->
            assertEquals(
                "8105, then: 'z' is not a hex digit at line 2, character 2",
                read("81 05\n8z", Spelling.HEX)),
        () ->
            assertEquals(
                "8105, then: 'z' is not a hex digit at line 4, character 3",
                read("81\r\n\r\n05\r\n 4z", Spelling.HEX)),
        () ->
            assertEquals(
                "8105, then: an odd number of hex digits ends at line 2, character 4",
                read("81\n05 4\n48", Spelling.HEX)),
        () ->
            assertEquals(
                "81, then: an odd number of hex digits ends at line 2, character 1",
                read("81\n5", Spelling.HEX)),
        () ->
            assertEquals(
                "81, then: a number over 255 at line 2, character 3",
                read("129\n300", Spelling.DECIMAL)),
        () ->
            assertEquals(
                "81, then: byte 0x1b is not a hex digit at line 3, character 1",
                read("81\n\n\u001b[2J", Spelling.HEX)),
        () ->
            assertEquals(
                ", then: byte 0x7f is not a decimal digit at character 1",
                read("\u007f", Spelling.DECIMAL)));
  }

  @Test
  void aTextOfManyLinesCountsThem() {
    String line = "81 ".repeat(20) + "\n";
    String result = read(line.repeat(20_000) + "81 q", Spelling.HEX);
    assertEquals(
        "'q' is not a hex digit at line 20001, character 4",
        result.substring(result.indexOf("then: ") + 6));
  }

  @Test
  void longTextsGiveTheSameInAnyCut() {
    Random random = new Random(7);
    byte[] bytes = new byte[60_000];
    random.nextBytes(bytes);
    String expected = HexFormat.of().formatHex(bytes);
    for (Spelling spelling : List.of(Spelling.HEX, Spelling.DECIMAL)) {
      String text = spell(bytes, spelling, random);
      assertTrue(text.length() > 2 * (64 << 10), "longer than what is guessed from");
      assertEquals(expected, read(stream(text), null, 64 << 10), "whole");
      assertEquals(expected, read(new Drip(text.getBytes(UTF_8), 1), null, 64 << 10), "by byte");
      assertEquals(expected, read(new Drip(text.getBytes(UTF_8), 9), null, 4096), "in pieces");
      assertEquals(expected, read(stream(text), null, 1), "into one byte");
    }
  }

  @Test
  void aWordAcrossTheEndOfAPiece() {
    for (int blanks = 0; blanks < 12; blanks++) {
      String before = "\n".repeat((64 << 10) - blanks);
      assertEquals("8105ff", read(before + "0x81, 0x5,ff", Spelling.HEX), "hex, " + blanks);
      assertEquals("8105ff", read(before + "129, 5, 255", Spelling.DECIMAL), "decimal, " + blanks);
      String bad = read(before + "81 05 zz", Spelling.HEX);
      int line = (64 << 10) - blanks + 1;
      assertEquals("8105, then: 'z' is not a hex digit at line " + line + ", character 7", bad);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {(64 << 10) - 1, 64 << 10, (64 << 10) + 1, 128 << 10})
  void textsAsLongAsAPiece(int length) {
    String blanks = " ".repeat(length - 5);
    assertEquals("8105", read("81" + blanks + " 05", null));
    assertEquals("8105", read("81 05" + blanks, null));
    assertEquals(
        "81, then: an odd number of hex digits ends at character " + (length - 1),
        read("81 " + blanks + "0 ", Spelling.HEX));
  }

  @Test
  void theEndOfTheInputIsAskedForOnce() {
    // On a terminal every question for more wants a Ctrl+D of its own.
    Drip input = new Drip("81 05 48 65 6c 6c 6f\n".getBytes(UTF_8), 100);
    assertEquals("810548656c6c6f", read(input, null, 64 << 10));
    assertEquals(1, input.ends());
  }

  private static String spell(byte[] bytes, Spelling spelling, Random random) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      if (spelling == Spelling.DECIMAL) {
        text.append(b & 0xff).append(random.nextBoolean() ? ", " : "\n");
      } else {
        text.append(random.nextBoolean() ? " 0x" : "").append(HexFormat.of().toHexDigits(b));
        text.append(new String[] {"", "\n", ", "}[random.nextInt(3)]);
      }
    }
    // So that the first word, which may end in a piece, tells the spelling.
    return text.insert(0, spelling == Spelling.DECIMAL ? " " : "\n").toString();
  }

  private static String read(String text, Spelling spelling) {
    return Spelled.of(text, spelling);
  }

  private static String read(InputStream text, Spelling spelling, int room) {
    return Spelled.of(text, spelling, room);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
