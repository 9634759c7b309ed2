package wscope.report.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** S15, S16: the text contains nothing that controls a terminal, and a line stays one line. */
class SafeTextTest {
  @Test
  void keepsTheBackslashesOfASentence() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true);
    SafeText.sentence(screen, "\\'\\' of C:\\a\\ is\u001b[2J\u202e no \\x1b\n");
    screen.endLine();
    screen.flush();
    assertEquals("\\'\\' of C:\\a\\ is\\x1b[2J\\u{202e} no \\x1b\\n\n", out.toString(UTF_8));
  }

  @ParameterizedTest(name = "[{0}]")
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      value = {
        "48 65 6c 6c 6f | \"Hello\"",
        "'' | \"\"",
        // JSON needs no escapes: the quotes are those that the text does not have.
        "7b 22 61 22 3a 31 7d | '''{\"a\":1}'''",
        "22 5c 27 | `\"\\\\'`",
        "22 27 60 | \"\\\"'`\"",
        "27 60 | \"'`\"",
        "20 7e | \" ~\"",
        "00 | \"\\x00\"",
        "07 08 0b 0c | \"\\x07\\x08\\x0b\\x0c\"",
        "09 0a 0d | \"\\t\\n\\r\"",
        "7f | \"\\x7f\"",
        // CSI: clear the screen; OSC 8: a link; OSC 52: the clipboard; DCS, and a lone ESC.
        "1b 5b 32 4a | \"\\x1b[2J\"",
        "1b 5d 38 3b 3b 68 74 74 70 3a 2f 2f 78 1b 5c | \"\\x1b]8;;http://x\\x1b\\\\\"",
        "1b 5d 35 32 3b 63 3b 41 07 | \"\\x1b]52;c;A\\x07\"",
        "1b 50 71 1b | \"\\x1bPq\\x1b\"",
        // C1 as code points and as bytes: CSI, OSC, NEL.
        "c2 9b 32 4a | \"\\u{9b}2J\"",
        "c2 9d c2 85 | \"\\u{9d}\\u{85}\"",
        "9b 32 4a 85 | \"\\x9b2J\\x85\"",
        // Bidi, separators, zero width.
        "e2 80 ae | \"\\u{202e}\"",
        "d8 9c | \"\\u{61c}\"",
        "e2 80 a8 e2 80 a9 | \"\\u{2028}\\u{2029}\"",
        "e2 80 8b ef bb bf | \"\\u{200b}\\u{feff}\"",
        "f3 a0 80 81 | \"\\u{e0001}\"",
        // Variation selectors and a filler, in which text can be hidden.
        "ef b8 8f f3 a0 84 80 | \"\\u{fe0f}\\u{e0100}\"",
        "e3 85 a4 cd 8f | \"\\u{3164}\\u{34f}\"",
        // Text in any script is shown as it is, with combining marks.
        "c3 a9 e2 82 ac f0 9f 98 80 | \"é€😀\"",
        "65 cc 81 | \"e\u0301\"",
        // No more than four marks on a character, and none without one.
        "65 cc 81 cc 81 cc 81 cc 81 cc 81 66 | \"e\u0301\u0301\u0301\u0301\\u{301}f\"",
        "cc 81 65 cc 81 | \"\\u{301}e\u0301\"",
        // The blank of Braille.
        "e2 a0 80 e2 a0 81 | \"\\u{2800}\u2801\"",
        // Not UTF-8: overlong, surrogates, over U+10FFFF, truncated, stray.
        "c0 80 | \"\\xc0\\x80\"",
        "e0 80 80 | \"\\xe0\\x80\\x80\"",
        "ed a0 80 ed bf bf | \"\\xed\\xa0\\x80\\xed\\xbf\\xbf\"",
        "f4 90 80 80 | \"\\xf4\\x90\\x80\\x80\"",
        "e2 82 | \"\\xe2\\x82\"",
        "e2 82 41 | \"\\xe2\\x82A\"",
        "80 bf | \"\\x80\\xbf\"",
        "f0 9f 98 c3 a9 | \"\\xf0\\x9f\\x98é\"",
        "fe ff | \"\\xfe\\xff\"",
        // Not a character, or for private use.
        "ef bf bf | \"\\u{ffff}\"",
        "ee 80 80 | \"\\u{e000}\"",
      })
  void quotesBytes(String hex, String shown) {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    assertEquals(shown, quoted(bytes, true));
    assertArrayEquals(bytes, QuotedText.decode(shown));
  }

  @Test
  void quotesInAscii() {
    byte[] bytes = join("Aé€😀".getBytes(UTF_8), (byte) 0xff);
    assertEquals("\"A\\u{e9}\\u{20ac}\\u{1f600}\\xff\"", quoted(bytes, false));
  }

  @Test
  void quotesFromPositionToLimit() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true);
    // The last byte of the euro sign is after the limit.
    ByteBuffer bytes = ByteBuffer.wrap("xA€y".getBytes(UTF_8)).position(1).limit(4);
    SafeText.quoted(screen, bytes);
    screen.flush();
    assertEquals("\"A\\xe2\\x82\"", out.toString(UTF_8));
  }

  @Test
  void escapesEveryCodePointThatHidesOrReordersText() {
    int[][] ranges = {
      {0x00, 0x1f},
      {0x7f, 0x9f},
      {0xad, 0xad},
      {0x61c, 0x61c},
      {0x180e, 0x180e},
      {0x200b, 0x200f},
      {0x2028, 0x202e},
      {0x2060, 0x206f},
      {0xfeff, 0xfeff},
      {0xfff9, 0xfffb},
      {0x1d173, 0x1d17a},
      {0xe0001, 0xe0001},
      {0xe0020, 0xe007f},
    };
    for (int[] range : ranges) {
      for (int codePoint = range[0]; codePoint <= range[1]; codePoint++) {
        String shown = quoted(Character.toString(codePoint).getBytes(UTF_8), true);
        int c = codePoint;
        assertTrue(shown.startsWith("\"\\"), () -> "U+" + Integer.toHexString(c) + " as it is");
        assertTrue(shown.chars().allMatch(x -> x >= ' ' && x < 0x7f), shown);
      }
    }
  }

  @Test
  void quotesEveryCodePoint() {
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint += 64) {
      StringBuilder text = new StringBuilder();
      for (int i = codePoint; i < codePoint + 64; i++) {
        text.append(Character.getType(i) == Character.SURROGATE ? "" : Character.toString(i));
      }
      check(text.toString().getBytes(UTF_8));
    }
  }

  @Test
  void quotesEveryTwoBytes() {
    byte[] two = new byte[2];
    for (int i = 0; i < 0x10000; i++) {
      two[0] = (byte) (i >> 8);
      two[1] = (byte) i;
      check(two);
    }
  }

  @Test
  void quotesRandomBytes() {
    Random random = new Random(20260);
    byte[] leads = {(byte) 0xc2, (byte) 0xe2, (byte) 0xed, (byte) 0xf0, (byte) 0xf3, 0x1b, 0x5c};
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(12)];
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length; i++) {
        if (random.nextInt(3) == 0) {
          bytes[i] = leads[random.nextInt(leads.length)];
        } else if (random.nextInt(3) == 0) {
          bytes[i] = (byte) (0x80 | random.nextInt(0x40));
        }
      }
      check(bytes);
    }
  }

  @Test
  void writesALineOfAnHttpHead() {
    // One character for each byte, and read as UTF-8 again.
    assertEquals(
        "X-A: b\\x1b[2J \"\\\\\" é \\u{9b}\\xff\\n",
        line("X-A: b\u001b[2J \"\\\" " + latin1("é \u009b") + "\u00ff\n", true));
    assertEquals("", line("", true));
  }

  @Test
  void writesWords() {
    assertEquals(
        "no \\x1b[2J \\u{202e} é \\u{9b}\\n\\r", words("no \u001b[2J \u202e é \u009b\n\r"));
    // A lone surrogate is not text.
    String shown = words("a\ud800b");
    assertTrue(shown.chars().noneMatch(c -> Character.isSurrogate((char) c)), shown);
  }

  /**
   * No control characters, nothing but ASCII in ASCII, and a quoted text that stands for these
   * bytes.
   */
  private static void check(byte[] bytes) {
    String unicode = quoted(bytes, true);
    unicode
        .codePoints()
        .forEach(
            codePoint -> assertTrue(isHarmless(codePoint), () -> HexFormat.of().formatHex(bytes)));
    assertArrayEquals(bytes, QuotedText.decode(unicode));
    String ascii = quoted(bytes, false);
    assertTrue(ascii.chars().allMatch(c -> c >= ' ' && c < 0x7f), ascii);
    assertArrayEquals(bytes, QuotedText.decode(ascii));
    String latin1 = line(new String(bytes, ISO_8859_1), true);
    assertTrue(latin1.codePoints().allMatch(SafeTextTest::isHarmless), latin1);
  }

  private static boolean isHarmless(int codePoint) {
    int type = Character.getType(codePoint);
    return type != Character.CONTROL
        && type != Character.FORMAT
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR;
  }

  private static String quoted(byte[] bytes, boolean unicode) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, unicode);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    SafeText.quoted(screen, buffer);
    screen.flush();
    return strict(out);
  }

  private static String line(String latin1, boolean unicode) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, unicode);
    SafeText.line(screen, latin1);
    screen.flush();
    return strict(out);
  }

  private static String words(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(out, false, true);
    SafeText.words(screen, text);
    screen.flush();
    return strict(out);
  }

  /** As a terminal reads it. */
  private static String strict(ByteArrayOutputStream out) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("the output is not UTF-8", e);
    }
  }

  private static String latin1(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static byte[] join(byte[] bytes, byte last) {
    ByteBuffer joined = ByteBuffer.allocate(bytes.length + 1);
    return joined.put(bytes).put(last).array();
  }
}
