package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random bytes in each spelling come back; random text gives the same however it is cut. */
class RandomTextTest {
  private static final int ROUNDS = 400;

  /** Pieces that mean something to some reader. */
  private static final String[] TOKENS = {
    "81",
    "8",
    "0x",
    "0x81",
    "129",
    "-127",
    "300",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "<",
    ">",
    "\"",
    "'",
    "b'",
    "\\x",
    "\\x81",
    "\\u00",
    "\\7",
    "\\",
    "=",
    ",",
    ":",
    ";",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "*\n",
    "00000000",
    "0000:",
    "0000000 ",
    "00000010  ",
    "|",
    "...",
    "…",
    "//",
    "#",
    "READ ",
    "byte",
    "Data",
    "ff",
    "dead",
    "10000001",
    "gYM9",
    "==",
    "-",
    "_",
    "GET ",
    "HTTP/1.1",
    "\n\n",
    "=> Send data\n",
    "<= Recv SSL data, 5\n",
    "\u00a0",
    "é",
    "0b1",
    ".",
    "x"
  };

  private final Random random = new Random(3);
  private final Speller speller = new Speller(random);

  @ParameterizedTest
  @EnumSource(Spelling.class)
  void randomBytesComeBack(Spelling spelling) {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[1 + random.nextInt(i < 300 ? 40 : 5000)];
      random.nextBytes(bytes);
      String text = speller.spell(bytes, spelling);
      byte[] latin1 = text.getBytes(ISO_8859_1);
      String hex = HexFormat.of().formatHex(bytes);
      int room = 1 + random.nextInt(99);
      assertEquals(hex, Spelled.of(new ByteArrayInputStream(latin1), spelling, 1 << 16), text);
      assertEquals(hex, Spelled.of(new Drip(latin1, 1 + random.nextInt(50)), spelling, room), text);
    }
  }

  @Test
  void randomTextGivesTheSameInAnyCut() {
    for (int i = 0; i < 20 * ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (int count = random.nextInt(40); count > 0; count--) {
        text.append(TOKENS[random.nextInt(TOKENS.length)]);
      }
      assertSameInAnyCut(text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void randomBytesGiveTheSameInAnyCut() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(2000)];
      random.nextBytes(bytes);
      for (int at = 0; i % 2 == 0 && at < bytes.length; at++) {
        bytes[at] = (byte) ((bytes[at] & 0x7f) | 0x20);
      }
      assertSameInAnyCut(bytes);
    }
  }

  /** S5: what is not decided is not read again with each line. */
  @Test
  void manyLinesThatDecideNothingTakeNoTime() {
    byte[] text = "\n".repeat(1 << 20).getBytes(ISO_8859_1);
    assertTimeout(
        Duration.ofSeconds(5),
        () -> assertEquals("", Spelled.of(new ByteArrayInputStream(text), null, 1 << 16)));
  }

  private void assertSameInAnyCut(byte[] text) {
    Spelling[] spellings = Spelling.values();
    int which = random.nextInt(2 * spellings.length);
    Spelling spelling = which < spellings.length ? spellings[which] : null;
    String whole = Spelled.of(new ByteArrayInputStream(text), spelling, 1 << 16);
    String shown = new String(text, ISO_8859_1);
    assertEquals(whole, Spelled.of(new Drip(text, 1), spelling, 1 << 16), shown);
    assertEquals(whole, Spelled.of(new Drip(text, 7), spelling, 3), shown);
  }
}
