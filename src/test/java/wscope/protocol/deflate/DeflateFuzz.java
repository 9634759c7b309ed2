package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import wscope.fuzz.Allocation;
import wscope.fuzz.FuzzInput;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Any bytes as compressed messages: the same result however they are split; the result of {@link
 * StrictInflate} if there is no error; no byte beyond the limit; memory that does not depend on the
 * inflated length. Any bytes as uncompressed messages: they inflate to themselves, within the
 * agreed window; memory does not depend on their length.
 */
public final class DeflateFuzz {
  private static final int LIMIT = 1000;
  private static final int MOST_COPIES = 40;

  /** Slices and windows, and the text of an error. */
  private static final long MOST_ALLOCATED = 256 << 10;

  private DeflateFuzz() {}

  /**
   * Settings: whether to deflate, context takeover, window, limit or number of copies, where the
   * first message ends, cuts.
   */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    boolean deflates = input.flag();
    boolean noTakeover = input.flag();
    DeflateParameters agreed =
        new DeflateParameters(noTakeover, noTakeover, 15 - input.below(8), 15);
    int size = input.below(256);
    int end = input.below(256);
    int seed = input.below(256);
    byte[] content = input.rest();
    byte[] first = Arrays.copyOf(content, Math.min(end, content.length));
    byte[] second = Arrays.copyOfRange(content, first.length, content.length);
    if (deflates) {
      byte[] copies = copies(second, 1 + size % MOST_COPIES);
      assertRoundTrip(agreed, seed, first, copies, first);
      Allocation.assertAtMost(MOST_ALLOCATED, () -> deflate(agreed, first, copies, first));
    } else {
      int longest = size % 2 == 0 ? Integer.MAX_VALUE : LIMIT;
      assertInflates(agreed, longest, seed, first, second, first);
      Allocation.assertAtMost(MOST_ALLOCATED, () -> inflate(agreed, longest, first, second, first));
    }
  }

  private static void deflate(DeflateParameters agreed, byte[]... messages) {
    try (BufferPool pool = new BufferPool();
        MessageDeflater deflater = new MessageDeflater(agreed, Endpoint.SERVER, pool)) {
      for (byte[] message : messages) {
        deflater.deflate(ByteBuffer.wrap(message), true, DeflateFuzz::skip);
        deflater.release();
      }
    }
  }

  private static void inflate(DeflateParameters agreed, int longest, byte[]... messages) {
    try (BufferPool pool = new BufferPool();
        MessageInflater inflater = new MessageInflater(agreed, Endpoint.CLIENT, longest, pool)) {
      for (byte[] message : messages) {
        inflater.inflate(ByteBuffer.wrap(message), true, DeflateFuzz::skip);
        inflater.release();
      }
    }
  }

  private static void skip(ByteBuffer slice, boolean last) {
    slice.position(slice.limit());
  }

  private static void assertInflates(
      DeflateParameters agreed, int longest, int seed, byte[]... messages) {
    StrictInflate strict = new StrictInflate(DeflateParameters.MOST_WINDOW_BITS);
    boolean allValid = true;
    try (DeflateReader whole = new DeflateReader(agreed, longest);
        DeflateReader pieces = new DeflateReader(agreed, longest);
        DeflateReader one = new DeflateReader(agreed, longest)) {
      for (byte[] message : messages) {
        int[] cuts = FuzzInput.cuts(seed, message.length);
        DeflateReader.Outcome outcome = whole.read(message);
        assertSame(outcome, pieces.read(message, cuts));
        assertSame(outcome, one.read(message, FuzzInput.everywhere(message.length)));
        assertTrue(outcome.hex().length() <= 2L * longest);
        allValid &= outcome.error() == null;
        if (allValid) {
          if (!agreed.takesContextOver(Endpoint.CLIENT)) {
            strict.reset();
          }
          assertEquals(outcome.hex(), HexFormat.of().formatHex(strict.message(message)));
        }
      }
    }
  }

  /** How far zlib reads ahead in a message that is too big depends on the cuts. */
  private static void assertSame(DeflateReader.Outcome whole, DeflateReader.Outcome pieces) {
    assertEquals(whole.hex(), pieces.hex());
    InflateError error = whole.error();
    if (error != null && pieces.error() != null && error.rule() == Rule.MESSAGE_TOO_BIG) {
      assertEquals(error.rule(), pieces.error().rule());
      assertEquals(error.found(), pieces.error().found());
    } else {
      assertEquals(error, pieces.error());
    }
  }

  private static void assertRoundTrip(DeflateParameters agreed, int seed, byte[]... messages) {
    int bits = agreed.serverMaxWindowBits();
    StrictInflate strict = new StrictInflate(bits);
    try (BufferPool pool = new BufferPool();
        MessageDeflater whole = new MessageDeflater(agreed, Endpoint.SERVER, pool);
        MessageDeflater pieces = new MessageDeflater(agreed, Endpoint.SERVER, pool);
        MessageInflater inflater =
            new MessageInflater(agreed, Endpoint.SERVER, Integer.MAX_VALUE, pool)) {
      for (byte[] message : messages) {
        byte[] inOnePiece = deflate(whole, message);
        byte[] inPieces = deflate(pieces, message, FuzzInput.cuts(seed, message.length));
        assertArrayEquals(inOnePiece, inPieces);
        assertArrayEquals(message, inflate(inflater, inOnePiece));
        if (!agreed.takesContextOver(Endpoint.SERVER)) {
          strict.reset();
        }
        assertArrayEquals(message, strict.message(inOnePiece));
        assertTrue(inOnePiece.length <= MessageInflater.maxCompressed(message.length));
      }
    }
  }

  private static byte[] deflate(MessageDeflater deflater, byte[] message, int... cuts) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    ByteSink sink = sink(compressed);
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i == cuts.length ? message.length : cuts[i];
      ByteBuffer piece = ByteBuffer.wrap(message, from, to - from);
      deflater.deflate(piece, i == cuts.length, sink);
      from = to;
    }
    deflater.release();
    assertEquals(compressed.size(), deflater.compressedLength());
    assertEquals(message.length, deflater.plainLength());
    return compressed.toByteArray();
  }

  private static byte[] inflate(MessageInflater inflater, byte[] compressed) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    assertNull(inflater.inflate(ByteBuffer.wrap(compressed), true, sink(plain)));
    inflater.release();
    return plain.toByteArray();
  }

  /** Gathers slices; none may follow one that is marked as the last. */
  private static ByteSink sink(ByteArrayOutputStream bytes) {
    AtomicBoolean ended = new AtomicBoolean();
    return (slice, last) -> {
      assertFalse(ended.get());
      assertTrue(slice.hasRemaining() && slice.remaining() <= BufferPool.SLICE);
      while (slice.hasRemaining()) {
        bytes.write(slice.get());
      }
      ended.set(last);
    };
  }

  /** Some bytes again and again, each time a little different. */
  private static byte[] copies(byte[] bytes, int count) {
    byte[] copies = new byte[bytes.length * count];
    for (int at = 0; at < copies.length; at++) {
      copies[at] = (byte) (bytes[at % bytes.length] ^ (at % 61 == 0 ? at >> 6 : 0));
    }
    return copies;
  }
}
