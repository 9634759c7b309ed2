package wscope.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;

/**
 * Any text in any spelling: bytes, or a place in the text and why it is none, the same for any cut
 * and in bounded memory. Any bytes in some spellings: themselves.
 */
public final class SpellingFuzz {
  private static final long FIXED_BYTES = 1 << 20;
  private static final long BYTES_A_BYTE = 1 << 10;
  private static final int LONGEST_EXCERPT = 74;

  private SpellingFuzz() {}

  /** Settings: spelling, room for bytes, longest piece. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    Spelling[] spellings = Spelling.values();
    int which = input.below(spellings.length + 1);
    Spelling spelling = which == 0 ? null : spellings[which - 1];
    int room = 1 + input.below(40);
    int piece = 1 + input.below(256);
    byte[] text = input.rest();
    String whole = Spelled.of(new ByteArrayInputStream(text), spelling, 1 << 16);
    assertEquals(whole, Spelled.of(new Drip(text, piece), spelling, room));
    assertEquals(whole, Spelled.of(new Drip(text, 1), spelling, 1 << 16));
    Allocation.assertAtMost(FIXED_BYTES + BYTES_A_BYTE * text.length, () -> read(text, spelling));
    comeBack(text);
    ByteBuffer first = ByteBuffer.wrap(text);
    Lookalike.of(first);
    assertEquals(text.length, first.remaining());
  }

  private static void read(byte[] text, @Nullable Spelling spelling) {
    ByteBuffer out = ByteBuffer.allocate(1 << 10);
    try {
      SpelledBytes spelled = new SpelledBytes(new ByteArrayInputStream(text), spelling);
      while (spelled.read(out.clear())) {
        assertTrue(out.position() > 0 || text.length > 0);
      }
    } catch (BadSpelling e) {
      check(e, text.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a user is told of a bad character. */
  private static void check(BadSpelling bad, int length) {
    assertTrue(bad.line() >= 1 && bad.line() <= length + 1L, bad.getMessage());
    assertTrue(bad.column() >= 1 && bad.column() <= length + 1L, bad.getMessage());
    String excerpt = bad.excerpt();
    assertTrue(excerpt.length() <= LONGEST_EXCERPT, excerpt);
    assertTrue(excerpt.chars().allMatch(c -> c >= ' ' && c < 0x7f), excerpt);
    assertTrue(bad.mark().length() <= excerpt.length() + 1, bad.mark());
  }

  private static void comeBack(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    assertEquals(hex, read(hex, Spelling.HEX));
    assertEquals(hex, read(Arrays.toString(bytes), Spelling.DECIMAL));
    assertEquals(hex, read(Base64.getEncoder().encodeToString(bytes), Spelling.BASE64));
    assertEquals(hex, read(new String(bytes, ISO_8859_1), Spelling.RAW));
  }

  private static String read(String latin1, Spelling spelling) {
    return Spelled.of(new ByteArrayInputStream(latin1.getBytes(ISO_8859_1)), spelling, 1 << 16);
  }
}
