package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Asserts that text output cannot control a terminal, whatever the wire carried. */
public final class SafeOutput {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  /**
   * Ranges of code points that control a terminal, hide or reorder text, or are invisible; see the
   * Unicode property Default_Ignorable_Code_Point.
   */
  private static final int[][] UNSAFE = {
    {0x00, 0x09},
    {0x0b, 0x1f},
    {0x7f, 0x9f},
    {0xad, 0xad},
    {0x34f, 0x34f},
    {0x61c, 0x61c},
    {0x115f, 0x1160},
    {0x17b4, 0x17b5},
    {0x180b, 0x180f},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2060, 0x206f},
    {0x3164, 0x3164},
    {0xd800, 0xf8ff},
    {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},
    {0xffa0, 0xffa0},
    {0xfff0, 0xfffb},
    {0xfffe, 0xffff},
    {0x1bca0, 0x1bca3},
    {0x1d173, 0x1d17a},
    {0xe0000, 0x10ffff},
  };

  private SafeOutput() {}

  /**
   * Fails unless the bytes are lines of visible text in UTF-8.
   *
   * @param colour whether escape sequences for colours are allowed
   * @param unicode whether characters beyond ASCII are allowed
   */
  public static void assertSafe(byte[] output, boolean colour, boolean unicode) {
    String text = decoded(output);
    String visible = colour ? COLOURS.matcher(text).replaceAll("") : text;
    visible
        .codePoints()
        .forEach(
            c ->
                assertTrue(
                    isSafe(c) && (unicode || c < 0x80),
                    () -> "U+" + Integer.toHexString(c) + " in " + text));
    assertTrue(text.isEmpty() || text.endsWith("\n"), text);
  }

  private static boolean isSafe(int codePoint) {
    for (int[] range : UNSAFE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return false;
      }
    }
    return true;
  }

  private static String decoded(byte[] output) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(output)).toString();
      assertEquals(output.length, text.getBytes(StandardCharsets.UTF_8).length);
      return text;
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }
}
