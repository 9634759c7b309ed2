package wscope.input;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.input.spelling.Drip;
import wscope.input.spelling.InvalidSpelling;

/**
 * Any text gives frames and heads, or an error at a place in it: the same for any pieces, in
 * bounded memory, and not more bytes than the text can spell.
 */
public final class FinderFuzz {
  private static final long FIXED_BYTES = 4 << 20;
  private static final long BYTES_A_BYTE = 16 << 10;

  /** A head gets CRLF line ends and perhaps an empty line. */
  private static final int BYTES_ADDED = 256;

  /** A dump may leave any number of equal rows out. */
  private static final int ENOUGH_BYTES = 1 << 20;

  private FinderFuzz() {}

  /** Settings: longest piece, cut. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    int piece = 1 + input.below(64);
    int cut = input.below(256);
    byte[] text = input.rest();
    String whole = read(new ByteArrayInputStream(text), text);
    assertEquals(whole, read(new Drip(text, 1), text), "byte by byte");
    assertEquals(whole, read(new Drip(text, piece), text), "in random pieces");
    if (text.length > 1) {
      int first = 1 + cut % (text.length - 1);
      assertEquals(whole, read(Drip.inTwo(text, first), text), "cut at " + first);
    }
    if (!repeats(text)) {
      Allocation.assertAtMost(
          FIXED_BYTES + BYTES_A_BYTE * text.length,
          () -> read(new ByteArrayInputStream(text), text));
    }
  }

  private static String read(InputStream in, byte[] text) {
    Finder finder = new Finder(in);
    StringBuilder read = new StringBuilder();
    long count = 0;
    try {
      for (Found found = finder.next(); found != null; found = finder.next()) {
        count += found.bytes().remaining();
        byte[] piece = new byte[found.bytes().remaining()];
        found.bytes().get(piece);
        read.append(HexFormat.of().formatHex(piece));
        if (count > ENOUGH_BYTES) {
          return "enough";
        }
      }
    } catch (InvalidSpelling e) {
      check(e, text.length);
      read.append(e.getMessage());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertTrue(count <= 2L * text.length + BYTES_ADDED || repeats(text), count + " bytes");
    Reading reading = finder.reading();
    reading.finds().forEach(find -> check(find, text.length));
    return read.append(reading.finds()).append(reading.doubtful()).toString();
  }

  /** Whether something in the text may stand for many bytes. */
  private static boolean repeats(byte[] text) {
    for (byte b : text) {
      if (b == '*') {
        return true;
      }
    }
    return new String(text, ISO_8859_1).contains("repeats");
  }

  private static void check(InvalidSpelling error, int length) {
    assertTrue(error.line() >= 1 && error.line() <= length + 1L, error.getMessage());
    assertTrue(error.column() >= 1 && error.column() <= length + 1L, error.getMessage());
  }

  private static void check(Find find, int length) {
    assertTrue(find.firstLine() >= 1 && find.firstLine() <= find.lastLine(), find::toString);
    assertTrue(find.lastLine() <= length + 1L, find::toString);
    assertTrue(find.firstColumn() >= 1 && find.lastColumn() <= length + 1L, find::toString);
    assertTrue(find.lines() >= 1 && find.lines() <= length, find::toString);
  }
}
