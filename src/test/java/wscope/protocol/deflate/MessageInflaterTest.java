package wscope.protocol.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/** What a {@link MessageInflater} does at its limits, with corrupt data, and with its memory. */
class MessageInflaterTest {
  private static final DeflateParameters NO_TAKEOVER = new DeflateParameters(true, true, 15, 15);
  private static final int BOMB = 64 << 20;

  /** Compressed zeros: 64 MiB of them are 1029 times as long as on the wire. */
  private static byte[] zeros(int length) {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(new byte[length]);
    byte[] out = new byte[length / 1000 + 100];
    int count = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    zlib.end();
    return Arrays.copyOf(out, count - 4);
  }

  /** S6: the inflated length is counted while inflating, and takes no memory. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1})
  void inflatesUpToTheLimitWithoutMemory(int over) {
    byte[] bomb = zeros(BOMB);
    int limit = BOMB - over;
    long[] sum = new long[1];
    try (BufferPool pool = new BufferPool();
        MessageInflater inflater =
            new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, limit, pool)) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
      InflateError error =
          inflater.inflate(
              ByteBuffer.wrap(bomb), true, (slice, last) -> sum[0] += slice.remaining());
      long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      assertEquals(Math.min(limit, BOMB), sum[0]);
      assertEquals(Math.min(limit, BOMB), inflater.inflatedLength());
      assertEquals(over > 0 ? Rule.MESSAGE_TOO_BIG : null, error == null ? null : error.rule());
      assertTrue(allocated < 1 << 20, allocated + " bytes allocated");
    }
  }

  /** S6: not one byte beyond the limit is inflated, from one piece or from many. */
  @Test
  void stopsAtTheLimit() {
    byte[] bomb = zeros(BOMB);
    try (DeflateReader reader = new DeflateReader(DeflateParameters.DEFAULT, 1000)) {
      DeflateReader.Outcome whole = reader.read(bomb);
      assertEquals("00".repeat(1000), whole.hex());
      assertEquals(Rule.MESSAGE_TOO_BIG, whole.error().rule());
      assertTrue(whole.error().index() < 100, "detected at byte " + whole.error().index());
      // In fragments of one byte it is detected at the same index.
      int[] cuts = new int[200];
      Arrays.setAll(cuts, i -> i);
      assertEquals(whole, reader.read(bomb, cuts));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6})
  void limitsEachMessage(int limit) {
    for (String hello : new String[] {"f248cdc9c90700", "000500faff48656c6c6f00"}) {
      byte[] message = HexFormat.of().parseHex(hello);
      for (int cut = 0; cut <= message.length; cut++) {
        try (DeflateReader reader = new DeflateReader(NO_TAKEOVER, limit)) {
          DeflateReader.Outcome outcome = reader.read(message, cut);
          assertEquals("48656c6c6f".substring(0, 2 * Math.min(limit, 5)), outcome.hex());
          assertEquals(limit < 5, outcome.error() != null);
          assertEquals("", reader.read(new byte[] {0}).hex());
        }
      }
    }
  }

  /** A corrupt byte throws no exception, and the next message can be inflated. */
  @Test
  void readsMessagesWithACorruptByte() {
    byte[] valid = compress("the quick brown fox jumps over the lazy dog, the quick brown fox");
    Random random = new Random(1);
    for (int at = 0; at < valid.length; at++) {
      for (int change = 1; change < 256; change += 1 + random.nextInt(5)) {
        byte[] corrupt = valid.clone();
        corrupt[at] ^= (byte) change;
        assertReadsTheSameInPieces(corrupt, random.nextInt(corrupt.length + 1));
      }
    }
  }

  @Test
  void reportsATruncatedMessage() {
    byte[] valid = compress("the quick brown fox jumps over the lazy dog, the quick brown fox");
    for (int length = 0; length < valid.length; length++) {
      DeflateReader.Outcome outcome =
          assertReadsTheSameInPieces(Arrays.copyOf(valid, length), length / 2);
      assertNotNull(outcome.error(), "cut before byte " + length);
    }
  }

  @Test
  void readsRandomBytes() {
    Random random = new Random(7);
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      assertReadsTheSameInPieces(bytes, random.nextInt(bytes.length + 1));
    }
  }

  private static DeflateReader.Outcome assertReadsTheSameInPieces(byte[] message, int cut) {
    int[] everywhere = new int[message.length];
    Arrays.setAll(everywhere, i -> i);
    try (DeflateReader reader = new DeflateReader(NO_TAKEOVER, 1 << 16)) {
      DeflateReader.Outcome whole = reader.read(message);
      assertEquals(whole, reader.read(message, cut));
      assertEquals(whole, reader.read(message, everywhere));
      assertEquals("48656c6c6f", reader.read(compress("Hello")).text());
      return whole;
    }
  }

  @Test
  void losesTheWindowWithAnAbandonedMessage() {
    byte[] hello = HexFormat.of().parseHex("f248cdc9c90700");
    byte[] again = HexFormat.of().parseHex("f200110000");
    try (DeflateReader reader = new DeflateReader(DeflateParameters.DEFAULT, 100)) {
      assertEquals("48656c6c6f", reader.read(hello).text());
      assertNull(
          reader.inflater().inflate(ByteBuffer.wrap(hello, 0, 3), false, (slice, last) -> {}));
      reader.inflater().abandon();
      assertEquals("48 compressed-data-out-of-window@2", reader.read(again).text());
      assertEquals("48656c6c6f", reader.read(hello).text());
      assertEquals("48656c6c6f", reader.read(again).text());
      reader.inflater().abandon();
      assertEquals("48656c6c6f", reader.read(again).text());
    }
  }

  /**
   * A message in one piece is passed in one slice if it fits. The slice is lent until the release.
   */
  @Test
  void passesAWholeMessageInOneSlice() {
    ByteBuffer[] lent = new ByteBuffer[1];
    try (BufferPool pool = new BufferPool();
        MessageInflater one =
            new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, 100, pool);
        MessageInflater other =
            new MessageInflater(DeflateParameters.DEFAULT, Endpoint.SERVER, 100, pool)) {
      one.inflate(
          ByteBuffer.wrap(compress("Hello")),
          true,
          (slice, last) -> {
            assertTrue(last);
            lent[0] = slice;
          });
      other.inflate(ByteBuffer.wrap(compress("other")), true, (slice, last) -> {});
      assertEquals("Hello", US_ASCII.decode(lent[0].duplicate()).toString());
      one.release();
      ByteBuffer first = lent[0];
      one.inflate(ByteBuffer.wrap(compress("again")), true, (slice, last) -> lent[0] = slice);
      assertSame(first, lent[0]);
    }
  }

  /** S20: the pool gives it to nobody else until then, even if the inflater is closed. */
  @Test
  void lendsASliceUntilItsRelease() {
    ByteBuffer[] lent = new ByteBuffer[1];
    try (BufferPool pool = new BufferPool()) {
      MessageInflater inflater =
          new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, 100, pool);
      ByteBuffer hello = ByteBuffer.wrap(compress("Hello"));
      inflater.inflate(hello, true, (slice, last) -> lent[0] = slice);
      inflater.close();
      assertNotSame(lent[0], pool.buffer(BufferPool.SLICE));
      inflater.release();
      assertSame(lent[0], pool.buffer(BufferPool.SLICE));
    }
  }

  /** S8: native memory returns at the end of the message, or of the connection. */
  @Test
  void returnsNativeMemoryToThePool() {
    try (BufferPool pool = new BufferPool()) {
      Inflater only = pool.inflater();
      pool.giveBack(only);
      MessageInflater inflater =
          new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, 100, pool);
      inflater.inflate(ByteBuffer.wrap(compress("Hello")), true, (slice, last) -> {});
      assertSame(only, pool.inflater());
      pool.giveBack(only);
      inflater.inflate(ByteBuffer.wrap(compress("Hello"), 0, 3), false, (slice, last) -> {});
      assertNotSame(only, pool.inflater());
      inflater.close();
      assertSame(only, pool.inflater());
    }
  }

  /** The message is too long for one slice, so its own window had to hold it. */
  @Test
  void keepsNothingOfAMessageWithoutTakeover() {
    byte[] again = HexFormat.of().parseHex("f200110000");
    try (DeflateReader reader = new DeflateReader(NO_TAKEOVER, 1 << 20)) {
      assertEquals("00".repeat(100_000), reader.read(zeros(100_000)).hex());
      assertEquals("48 context-taken-over@2", reader.read(again).text());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 64",
    "7, 71",
    "8, 73",
    "16777216, 18874432",
    "8198552921648689548, 9223372036854775805",
    "8198552921648689550, 9223372036854775807",
    "8198552921648689551, 9223372036854775807",
    "9223372036854775807, 9223372036854775807"
  })
  void boundsTheLengthOfACompressedMessage(long plain, long compressed) {
    assertEquals(compressed, MessageInflater.maxCompressed(plain));
  }

  /** An echo compresses the lent slice. */
  @Test
  void inflatesAndDeflatesInNestedCalls() {
    byte[] plain = new byte[100_000];
    new Random(3).nextBytes(plain);
    ByteArrayOutputStream echo = new ByteArrayOutputStream();
    try (BufferPool pool = new BufferPool();
        MessageDeflater client =
            new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, pool);
        MessageInflater server =
            new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, 100_000, pool);
        MessageDeflater reply =
            new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.SERVER, pool);
        MessageInflater back =
            new MessageInflater(DeflateParameters.DEFAULT, Endpoint.SERVER, 100_000, pool)) {
      ByteSink received = copy(echo);
      ByteSink replied = (slice, last) -> back.inflate(slice, last, received);
      ByteSink served = (slice, last) -> reply.deflate(slice, last, replied);
      ByteSink sent = (slice, last) -> server.inflate(slice, last, served);
      client.deflate(ByteBuffer.wrap(plain), true, sent);
    }
    assertEquals(ByteBuffer.wrap(plain), ByteBuffer.wrap(echo.toByteArray()));
  }

  @Test
  void stopsIfTheSinkClosesIt() {
    try (BufferPool pool = new BufferPool()) {
      MessageInflater inflater =
          new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, BOMB, pool);
      int[] slices = new int[1];
      InflateError error =
          inflater.inflate(
              ByteBuffer.wrap(zeros(1 << 20)),
              true,
              (slice, last) -> {
                slices[0]++;
                inflater.close();
              });
      assertNull(error);
      assertEquals(1, slices[0]);
      assertThrows(
          IllegalStateException.class,
          () -> inflater.inflate(ByteBuffer.allocate(0), true, (slice, last) -> {}));
    }
  }

  /**
   * S8: ten thousand connections, each closed inside a message: a leak would take three gigabytes.
   */
  @Test
  @EnabledOnOs(OS.LINUX)
  void releasesNativeMemory() throws IOException {
    connections(1000);
    long before = residentKib();
    connections(10_000);
    long grown = residentKib() - before;
    assertTrue(grown < 300_000, grown + " KiB more");
  }

  private static void connections(int count) {
    byte[] hello = compress("Hello");
    for (int i = 0; i < count; i++) {
      try (BufferPool pool = new BufferPool();
          MessageInflater inflater =
              new MessageInflater(DeflateParameters.DEFAULT, Endpoint.CLIENT, 100, pool);
          MessageDeflater deflater =
              new MessageDeflater(DeflateParameters.DEFAULT, Endpoint.SERVER, pool)) {
        inflater.inflate(ByteBuffer.wrap(hello), false, (slice, last) -> {});
        deflater.deflate(ByteBuffer.wrap(hello), false, (slice, last) -> {});
      }
    }
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private static byte[] compress(String text) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (BufferPool pool = new BufferPool();
        MessageDeflater deflater = new MessageDeflater(NO_TAKEOVER, Endpoint.SERVER, pool)) {
      deflater.deflate(ByteBuffer.wrap(text.getBytes(US_ASCII)), true, copy(compressed));
    }
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
