package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.rule.Endpoint;

/**
 * What must hold when a {@link FrameReader} reads any bytes: no exception, the same events however
 * the input is split, one end, sizes that add up. {@link Recorder} checks the order of the events,
 * and that each frame begins where the one before ends.
 */
final class AnyCut {
  private static final Pattern INCOMPLETE = Pattern.compile("incomplete #\\d+ @(\\d+) (.*) (\\d+)");

  /** Nothing is read after this. */
  private static final String STOPPED = "violation length-top-bit-set ";

  private AnyCut() {}

  /** Reads a stream whole, split at some offsets, and byte by byte. */
  static void assertReads(
      @Nullable Endpoint sender,
      Limits limits,
      @Nullable DeflateParameters agreed,
      byte[] stream,
      int... cuts) {
    String hex = HexFormat.of().formatHex(stream);
    Recorder whole = Recorder.read(sender, limits, agreed, stream);
    Recorder pieces = Recorder.read(sender, limits, agreed, stream, cuts);
    Recorder bytes = Recorder.read(sender, limits, agreed, stream, Recorder.everywhere(stream));
    assertEquals(whole.text(), pieces.text(), hex);
    assertEquals(whole.found(), pieces.found(), hex);
    assertEquals(whole.text(), bytes.text(), hex);
    assertEquals(whole.found(), bytes.found(), hex);
    assertEquals(1, whole.ends(), hex);
    assertSizesAddUp(whole, stream.length, hex);
  }

  /** The frames, with an incomplete one at the end, take up all bytes, unless reading stopped. */
  private static void assertSizesAddUp(Recorder whole, int size, String hex) {
    Matcher incomplete =
        whole.lines().stream()
            .map(INCOMPLETE::matcher)
            .filter(Matcher::matches)
            .findAny()
            .orElse(null);
    if (whole.lines().stream().anyMatch(line -> line.startsWith(STOPPED))) {
      assertNull(incomplete, hex);
    } else if (incomplete == null) {
      assertEquals(size, whole.nextOffset(), hex);
    } else {
      assertEquals(size, Long.parseLong(incomplete.group(1)), hex);
      long missing = Long.parseLong(incomplete.group(3));
      assertTrue(missing > 0, hex);
      if (incomplete.group(2).equals("payload data")) {
        assertEquals(whole.nextOffset(), size + missing, hex);
      } else {
        assertTrue(whole.nextOffset() < size && size < whole.nextOffset() + 14, hex);
      }
    }
  }
}
