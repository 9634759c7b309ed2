package wscope.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
  /** The number of chunks of direct memory, of 256 KiB each. */
  private static final int CHUNKS = 16;

  private final Chunks chunks = new Chunks();
  private final Backlog backlog = new Backlog(chunks);

  @Test
  void isEmptyAtFirst() throws IOException {
    LimitedChannel channel = new LimitedChannel(1000);
    assertEquals(0, backlog.size());
    assertEquals(0, backlog.writeTo(channel));
    assertEquals(0, channel.written.size());
  }

  @Test
  void addsBytesFromPositionToLimit() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}).position(1).limit(4);
    backlog.add(bytes);
    assertEquals(4, bytes.position());
    assertEquals(4, bytes.limit());
    assertEquals(3, backlog.size());
    LimitedChannel channel = new LimitedChannel(1000);
    assertEquals(3, backlog.writeTo(channel));
    assertArrayEquals(new byte[] {2, 3, 4}, channel.written.toByteArray());
    assertEquals(0, backlog.size());
  }

  @Test
  void keepsACopy() throws IOException {
    byte[] bytes = {1, 2, 3};
    backlog.add(ByteBuffer.wrap(bytes));
    bytes[0] = 9;
    LimitedChannel channel = new LimitedChannel(1000);
    assertEquals(3, backlog.writeTo(channel));
    assertArrayEquals(new byte[] {1, 2, 3}, channel.written.toByteArray());
  }

  @Test
  void stopsWhenTheChannelIsFull() throws IOException {
    backlog.add(ByteBuffer.allocate(10_000));
    LimitedChannel channel = new LimitedChannel(7000);
    assertEquals(7000, backlog.writeTo(channel));
    assertEquals(3000, backlog.size());
    assertEquals(0, backlog.writeTo(channel));
    assertEquals(3000, backlog.size());
  }

  @Test
  void losesNothingWhenTheChannelFails() throws IOException {
    backlog.add(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    LimitedChannel broken = new LimitedChannel(-1);
    assertThrows(IOException.class, () -> backlog.writeTo(broken));
    assertEquals(3, backlog.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void writesTheSameBytesInTheSameOrder(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    LimitedChannel channel = new LimitedChannel(0);
    long size = 0;
    for (int step = 0; step < 600; step++) {
      if (random.nextInt(3) > 0) {
        ByteBuffer bytes = randomBytes(random);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        added.writeBytes(copy);
        size += bytes.remaining();
        backlog.add(bytes);
        assertEquals(0, bytes.remaining());
      } else {
        channel.room = random.nextInt(5) == 0 ? 0 : random.nextInt(60_000);
        long expected = Math.min(size, channel.room);
        assertEquals(expected, backlog.writeTo(channel));
        size -= expected;
      }
      assertEquals(size, backlog.size());
    }
    channel.room = Long.MAX_VALUE;
    assertEquals(size, backlog.writeTo(channel));
    assertEquals(0, backlog.size());
    assertArrayEquals(added.toByteArray(), channel.written.toByteArray());
  }

  /** Drained or discarded, a queue holds no direct memory. What exceeds it is on the heap. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givesItsDirectMemoryBack(boolean drains) throws IOException {
    byte[] bytes = new byte[6 << 20];
    new Random(1).nextBytes(bytes);
    backlog.add(ByteBuffer.wrap(bytes));
    assertNull(chunks.take());
    LimitedChannel channel = new LimitedChannel(Long.MAX_VALUE);
    if (drains) {
      backlog.writeTo(channel);
      assertArrayEquals(bytes, channel.written.toByteArray());
    } else {
      backlog.clear();
    }
    for (int i = 0; i < CHUNKS; i++) {
      assertNotNull(chunks.take());
    }
    assertNull(chunks.take());
  }

  /** A few bytes are not worth a chunk. */
  @Test
  void usesNoDirectMemoryForFewBytes() {
    backlog.add(ByteBuffer.allocate(4 << 10));
    for (int i = 0; i < CHUNKS; i++) {
      assertNotNull(chunks.take());
    }
  }

  /**
   * Mostly few bytes, sometimes more than the largest chunk; not always at the start of the array.
   */
  private static ByteBuffer randomBytes(Random random) {
    int length =
        switch (random.nextInt(10)) {
          case 0 -> 0;
          case 1 -> random.nextInt(600_000);
          case 2, 3, 4 -> random.nextInt(9000);
          default -> random.nextInt(130);
        };
    int before = random.nextInt(20);
    byte[] bytes = new byte[before + length];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).position(before);
  }

  /** Accepts bytes while it has room. */
  private static final class LimitedChannel implements WritableByteChannel {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private long room;

    LimitedChannel(long room) {
      this.room = room;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (room < 0) {
        throw new IOException("broken");
      }
      int count = (int) Math.min(room, bytes.remaining());
      byte[] some = new byte[count];
      bytes.get(some);
      written.writeBytes(some);
      room -= count;
      return count;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
