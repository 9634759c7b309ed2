package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A window restores the last bytes that were added to it, however they were split. */
class SlidingWindowTest {
  private static final int SIZE = 1024;

  /** The bytes are noise, which only the window can shorten. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "255",
        "256",
        "257",
        "1023",
        "1024",
        "1025",
        "5000",
        "0 300",
        "200 100 100",
        "700 700",
        "1000 24 1",
        "1024 1",
        "1 1024",
        "1024 1024",
        "600 0 600 600 1 1",
        "300 300 300 300 300",
      })
  void restoresTheLastBytes(String pieces) throws DataFormatException {
    Random random = new Random(pieces.length());
    byte[] all = new byte[Arrays.stream(pieces.split(" ", -1)).mapToInt(Integer::parseInt).sum()];
    random.nextBytes(all);
    SlidingWindow window = new SlidingWindow(SIZE);
    int at = 0;
    for (String piece : pieces.split(" ", -1)) {
      window.add(ByteBuffer.wrap(all), at, Integer.parseInt(piece));
      at += Integer.parseInt(piece);
    }
    byte[] last = Arrays.copyOfRange(all, Math.max(0, all.length - SIZE), all.length);
    assertRestored(window, last);
    window.clear();
    assertRestored(window, new byte[0]);
  }

  private static void assertRestored(SlidingWindow window, byte[] last) throws DataFormatException {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    window.restore(deflater);
    byte[] message = last.length == 0 ? new byte[] {7} : last;
    deflater.setInput(message);
    byte[] compressed = new byte[2 * SIZE];
    int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    deflater.end();
    assertTrue(length < 64, () -> "the window is not used: " + last.length);

    Inflater plain = new Inflater(true);
    plain.setDictionary(last);
    assertInflates(plain, message, compressed, length);
    Inflater restored = new Inflater(true);
    window.restore(restored);
    assertInflates(restored, message, compressed, length);
  }

  private static void assertInflates(Inflater inflater, byte[] message, byte[] from, int length)
      throws DataFormatException {
    byte[] inflated = new byte[message.length];
    inflater.setInput(from, 0, length);
    assertEquals(message.length, inflater.inflate(inflated));
    inflater.end();
    assertArrayEquals(message, inflated);
  }
}
