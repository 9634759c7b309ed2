package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;

/**
 * Any text in any spelling: bytes, or a place in the text and why it is none, the same for any cut
 * and in bounded memory. Any bytes in every spelling: themselves.
 */
public final class SpellingFuzz {
  private static final long FIXED_BYTES = 1 << 20;
  private static final long BYTES_A_BYTE = 1 << 10;
  private static final int LONGEST_EXCERPT = 74;

  /** A dump may go on for longer than anybody waits. */
  private static final int ENOUGH_BYTES = 1 << 20;

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
    comeBack(text, piece);
    ByteBuffer first = ByteBuffer.wrap(text);
    Lookalike.of(first);
    assertEquals(text.length, first.remaining());
  }

  /** Each call yields bytes, or takes some of the text or its end. */
  private static void read(byte[] text, @Nullable Spelling spelling) {
    ByteBuffer out = ByteBuffer.allocate(1 << 10);
    int fruitless = 0;
    int made = 0;
    try {
      SpelledBytes spelled = new SpelledBytes(new ByteArrayInputStream(text), spelling);
      while (made < ENOUGH_BYTES && spelled.read(out.clear())) {
        made += out.position();
        fruitless += out.position() == 0 ? 1 : 0;
        assertTrue(fruitless <= text.length + 1, "no progress");
      }
    } catch (InvalidSpelling e) {
      check(e, text.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What a user is told of a bad character. */
  private static void check(InvalidSpelling bad, int length) {
    assertTrue(bad.line() >= 1 && bad.line() <= length + 1L, bad.getMessage());
    assertTrue(bad.column() >= 1 && bad.column() <= length + 1L, bad.getMessage());
    String excerpt = bad.excerpt();
    assertTrue(excerpt.length() <= LONGEST_EXCERPT, excerpt);
    assertTrue(excerpt.chars().allMatch(c -> c >= ' ' && c < 0x7f), excerpt);
    assertTrue(bad.mark().length() <= excerpt.length() + 1, bad.mark());
  }

  private static void comeBack(byte[] bytes, int seed) {
    Speller speller = new Speller(new Random(seed));
    for (Spelling spelling : Spelling.values()) {
      String text = speller.spell(bytes, spelling);
      InputStream in = new ByteArrayInputStream(text.getBytes(ISO_8859_1));
      assertEquals(HexFormat.of().formatHex(bytes), Spelled.of(in, spelling, 1 << 16), text);
    }
  }
}
