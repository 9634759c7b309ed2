package wscope.protocol.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;

/** A receiver can inflate what a {@link MessageDeflater} sends, with the agreed window. */
class MessageDeflaterTest {
  private static final int[] SIZES = {
    0, 1, 2, 20, 125, 126, 127, 128, 129, 255, 256, 257, 1000, 4096, 16_379, 16_384, 70_000, 200_000
  };

  private final BufferPool pool = new BufferPool();

  @Test
  void deflatesTheExamplesOfTheRfc() {
    try (MessageDeflater deflater = deflater(DeflateParameters.DEFAULT, Endpoint.SERVER)) {
      assertEquals("f248cdc9c90700", hex(deflater, "Hello"));
      assertEquals("f200110000", hex(deflater, "Hello"));
      assertEquals("00", hex(deflater, ""));
      assertEquals(0, deflater.plainLength());
      assertEquals(1, deflater.compressedLength());
    }
  }

  @Test
  void deflatesEachMessageByItselfWithoutTakeover() {
    DeflateParameters agreed = new DeflateParameters(true, false, 15, 15);
    try (MessageDeflater server = deflater(agreed, Endpoint.SERVER);
        MessageDeflater client = deflater(agreed, Endpoint.CLIENT)) {
      assertEquals("f248cdc9c90700", hex(server, "Hello"));
      assertEquals("f248cdc9c90700", hex(server, "Hello"));
      assertEquals("f248cdc9c90700", hex(client, "Hello"));
      assertEquals("f200110000", hex(client, "Hello"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14, 15})
  void inflatesToTheSameMessages(int bits) {
    for (Endpoint sender : Endpoint.values()) {
      for (boolean takeover : new boolean[] {true, false}) {
        boolean server = sender == Endpoint.SERVER;
        DeflateParameters agreed =
            new DeflateParameters(
                server && !takeover, !server && !takeover, server ? bits : 15, server ? 15 : bits);
        inflatesToTheSameMessages(agreed, sender, bits, takeover);
      }
    }
  }

  private void inflatesToTheSameMessages(
      DeflateParameters agreed, Endpoint sender, int bits, boolean takeover) {
    Random random = new Random(bits);
    StrictInflate strict = new StrictInflate(bits);
    try (MessageDeflater deflater = deflater(agreed, sender);
        MessageInflater inflater = new MessageInflater(agreed, sender, 200_000, pool)) {
      for (byte[] message : messages(random)) {
        byte[] compressed = deflate(deflater, message, random);
        if (!takeover) {
          strict.reset();
        }
        assertArrayEquals(message, strict.message(compressed));
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        assertNull(inflater.inflate(ByteBuffer.wrap(compressed), true, copy(plain)));
        assertArrayEquals(message, plain.toByteArray());
      }
    }
    assertTrue(strict.largestDistance() > (1 << bits) / 2, "the window is used");
  }

  /** The receiver can inflate what precedes a flush without what follows it. */
  @ParameterizedTest
  @ValueSource(ints = {8, 12, 15})
  void aFlushPassesOnEverythingSoFar(int bits) {
    Random random = new Random(bits);
    StrictInflate strict = new StrictInflate(bits);
    DeflateParameters agreed = new DeflateParameters(false, false, bits, 15);
    try (MessageDeflater deflater = deflater(agreed, Endpoint.SERVER);
        MessageInflater inflater =
            new MessageInflater(agreed, Endpoint.SERVER, Long.MAX_VALUE, pool)) {
      for (byte[] message : messages(random)) {
        int cut = random.nextInt(message.length + 1);
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        deflater.deflate(ByteBuffer.wrap(message, 0, cut), false, copy(start));
        deflater.flush(copy(start));
        int length = start.size();
        deflater.flush(copy(start));
        assertEquals(length, start.size(), "nothing follows the first flush");
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        assertNull(inflater.inflate(ByteBuffer.wrap(start.toByteArray()), false, copy(plain)));
        assertArrayEquals(Arrays.copyOf(message, cut), plain.toByteArray());
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        // The end may come without further bytes.
        deflater.deflate(ByteBuffer.wrap(message, cut, message.length - cut), true, copy(rest));
        assertNull(inflater.inflate(ByteBuffer.wrap(rest.toByteArray()), true, copy(plain)));
        assertArrayEquals(message, plain.toByteArray());
        start.writeBytes(rest.toByteArray());
        assertArrayEquals(message, strict.message(start.toByteArray()));
      }
    }
  }

  /** Every size, zeros, text and noise, in any order. */
  private static List<byte[]> messages(Random random) {
    List<byte[]> messages = new ArrayList<>();
    for (int size : SIZES) {
      byte[] noise = new byte[size];
      random.nextBytes(noise);
      byte[] text = noise.clone();
      // Repeat earlier bytes, at every distance.
      for (int i = 300; i < size - 20; i += 20) {
        int distance = 20 + random.nextInt(1 << random.nextInt(8, 16));
        System.arraycopy(text, Math.max(0, i - distance), text, i, 20);
      }
      messages.addAll(List.of(new byte[size], text, noise, text));
    }
    Collections.shuffle(messages, random);
    return messages;
  }

  /** Data that cannot be compressed hardly grows, in spite of a reset for each half window. */
  @ParameterizedTest
  @ValueSource(ints = {8, 9, 12, 15})
  void noiseHardlyGrows(int bits) {
    byte[] noise = new byte[1 << 20];
    new Random(1).nextBytes(noise);
    try (MessageDeflater deflater =
        deflater(new DeflateParameters(false, false, bits, 15), Endpoint.SERVER)) {
      int size = deflate(deflater, noise, null).length;
      assertTrue(size <= MessageInflater.maxCompressed(noise.length), size + " bytes");
      assertEquals(Long.MAX_VALUE, MessageInflater.maxCompressed(Long.MAX_VALUE));
    }
  }

  @Test
  void doesNotChangeTheMessageAndBoundsItsSlices() {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    byte[] copy = noise.clone();
    int[] slices = new int[2];
    try (MessageDeflater deflater = deflater(DeflateParameters.DEFAULT, Endpoint.SERVER)) {
      ByteBuffer message = ByteBuffer.wrap(noise).asReadOnlyBuffer();
      deflater.deflate(
          message,
          true,
          (slice, last) -> {
            assertTrue(slice.remaining() > 0 && slice.remaining() <= BufferPool.SLICE);
            slices[0]++;
            slices[1] += last ? 1 : 0;
          });
      assertFalse(message.hasRemaining());
    }
    assertArrayEquals(copy, noise);
    assertEquals(7, slices[0]);
    assertEquals(1, slices[1]);
  }

  @Test
  void stopsIfTheSinkClosesIt() {
    MessageDeflater deflater = deflater(DeflateParameters.DEFAULT, Endpoint.SERVER);
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    int[] slices = new int[1];
    deflater.deflate(
        ByteBuffer.wrap(noise),
        true,
        (slice, last) -> {
          slices[0]++;
          deflater.close();
        });
    assertEquals(1, slices[0]);
    assertThrows(
        IllegalStateException.class,
        () -> deflater.deflate(ByteBuffer.allocate(0), true, (slice, last) -> {}));
  }

  private MessageDeflater deflater(DeflateParameters agreed, Endpoint sender) {
    return new MessageDeflater(agreed, sender, pool);
  }

  private static String hex(MessageDeflater deflater, String text) {
    return HexFormat.of().formatHex(deflate(deflater, text.getBytes(US_ASCII), null));
  }

  /** Compresses a message, whole or in random pieces, some of them empty. */
  private static byte[] deflate(MessageDeflater deflater, byte[] message, Random random) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    int at = 0;
    while (random != null && random.nextInt(3) > 0) {
      int count = random.nextInt(message.length - at + 1);
      deflater.deflate(ByteBuffer.wrap(message, at, count), false, copy(compressed));
      at += count;
    }
    deflater.deflate(ByteBuffer.wrap(message, at, message.length - at), true, copy(compressed));
    deflater.release();
    assertEquals(message.length, deflater.plainLength());
    assertEquals(compressed.size(), deflater.compressedLength());
    return compressed.toByteArray();
  }

  private static ByteSink copy(ByteArrayOutputStream into) {
    return (slice, last) -> {
      while (slice.hasRemaining()) {
        into.write(slice.get());
      }
    };
  }
}
