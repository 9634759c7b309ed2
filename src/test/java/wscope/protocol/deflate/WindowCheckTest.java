package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;

/** The largest distance that a message may have is the window, whatever its blocks are. */
class WindowCheckTest {
  private static final int LARGEST_BITS = 15;

  /** Against a decoder of RFC 1951 of our own: all kinds of blocks, two messages, any cuts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void findsEachDistanceBeyondTheWindow(int seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      byte[][] messages = {data(random), data(random)};
      byte[][] compressed = compress(random, messages);
      StrictInflate strict = new StrictInflate(LARGEST_BITS);
      for (byte[] message : compressed) {
        strict.message(message);
      }
      for (int bits = 8; bits < LARGEST_BITS; bits++) {
        assertEquals(
            strict.largestDistance() > 1 << bits, exceeds(bits, compressed), "bits " + bits);
      }
    }
  }

  /** The same byte is found whether the message arrives whole or byte by byte. */
  @Test
  void findsTheSameByteInAnyPieces() {
    Random random = new Random(11);
    int found = 0;
    for (int round = 0; round < 50; round++) {
      byte[] message = compress(random, data(random))[0];
      WindowCheck whole = check(9);
      WindowCheck pieces = check(9);
      int expected = whole.scan(ByteBuffer.wrap(message));
      int actual = -1;
      for (int i = 0; i < message.length; i++) {
        ByteBuffer piece = ByteBuffer.wrap(message, i, 1);
        int at = pieces.scan(piece);
        assertEquals(i, piece.position());
        assertTrue(at < 0 || actual < 0, "found twice");
        actual = at < 0 ? actual : at;
      }
      assertEquals(expected, actual);
      assertEquals(whole.distance(), pieces.distance());
      found += expected < 0 ? 0 : 1;
    }
    assertTrue(found > 10, "only " + found + " messages exceed the window");
  }

  /** Data that is not DEFLATE is never a distance: zlib reports it. */
  @ParameterizedTest
  @CsvSource({
    "07, a reserved block",
    "00 0500 0000, a stored block whose lengths differ",
    "ff ff ff ff ff ff ff ff, anything",
    "4b 04 ff 1f, a distance code of 31",
  })
  void ignoresWhatZlibReports(String hex, String name) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    assertEquals(-1, check(8).scan(ByteBuffer.wrap(bytes)), name);
  }

  @Test
  void neverFailsForRandomBytes() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = new byte[random.nextInt(80)];
      random.nextBytes(bytes);
      WindowCheck check = check(8 + random.nextInt(7));
      int at = check.scan(ByteBuffer.wrap(bytes));
      assertTrue(at < bytes.length && (at < 0 || check.distance() > check.window()));
    }
  }

  @Test
  void checksNoWindowOf32KiB() {
    assertNull(WindowCheck.of(DeflateParameters.DEFAULT, Endpoint.SERVER));
    DeflateParameters ofClient = new DeflateParameters(false, false, 15, 14);
    assertNull(WindowCheck.of(ofClient, Endpoint.SERVER));
    assertEquals(1 << 14, check(14).window());
  }

  private static WindowCheck check(int bits) {
    DeflateParameters agreed = new DeflateParameters(false, false, bits, 15);
    WindowCheck check = WindowCheck.of(agreed, Endpoint.SERVER);
    if (check == null) {
      throw new AssertionError(bits);
    }
    return check;
  }

  private static boolean exceeds(int bits, byte[]... messages) {
    WindowCheck check = check(bits);
    boolean exceeds = false;
    for (byte[] message : messages) {
      check.start();
      exceeds |= check.scan(ByteBuffer.wrap(message)) >= 0;
    }
    return exceeds;
  }

  /** Letters of a small alphabet with long repetitions from some distance. */
  private static byte[] data(Random random) {
    byte[] data = new byte[1 + random.nextInt(6000)];
    int letters = 2 + random.nextInt(250);
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (random.nextInt(letters) + 'a');
    }
    int copied = random.nextInt(data.length);
    System.arraycopy(data, 0, data, copied, Math.min(copied, data.length - copied));
    return data;
  }

  /** Compresses messages with context takeover, without their tails. */
  private static byte[][] compress(Random random, byte[]... messages) {
    int[] strategies = {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY, Deflater.FILTERED};
    Deflater deflater = new Deflater(random.nextInt(10), true);
    deflater.setStrategy(strategies[random.nextInt(strategies.length)]);
    byte[][] compressed = new byte[messages.length][];
    byte[] part = new byte[20_000];
    for (int i = 0; i < messages.length; i++) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      deflater.setInput(messages[i]);
      int count;
      do {
        count = deflater.deflate(part, 0, part.length, Deflater.SYNC_FLUSH);
        out.write(part, 0, count);
      } while (count == part.length || !deflater.needsInput());
      compressed[i] = Arrays.copyOf(out.toByteArray(), out.size() - 4);
    }
    deflater.end();
    return compressed;
  }
}
