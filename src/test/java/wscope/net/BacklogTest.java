package wscope.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
  private final Backlog backlog = new Backlog();

  @Test
  void emptyAtFirst() throws IOException {
    Taker taker = new Taker(1000);
    assertEquals(0, backlog.size());
    assertEquals(0, backlog.writeTo(taker));
    assertEquals(0, taker.taken.size());
  }

  @Test
  void takesWhatIsBetweenPositionAndLimit() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6}).position(1).limit(4);
    backlog.add(bytes);
    assertEquals(4, bytes.position());
    assertEquals(4, bytes.limit());
    assertEquals(3, backlog.size());
    Taker taker = new Taker(1000);
    assertEquals(3, backlog.writeTo(taker));
    assertArrayEquals(new byte[] {2, 3, 4}, taker.taken.toByteArray());
    assertEquals(0, backlog.size());
  }

  @Test
  void keepsACopy() throws IOException {
    byte[] bytes = {1, 2, 3};
    backlog.add(ByteBuffer.wrap(bytes));
    bytes[0] = 9;
    Taker taker = new Taker(1000);
    assertEquals(3, backlog.writeTo(taker));
    assertArrayEquals(new byte[] {1, 2, 3}, taker.taken.toByteArray());
  }

  @Test
  void stopsWhereTheChannelTakesNoMore() throws IOException {
    backlog.add(ByteBuffer.allocate(10_000));
    Taker taker = new Taker(7000);
    assertEquals(7000, backlog.writeTo(taker));
    assertEquals(3000, backlog.size());
    assertEquals(0, backlog.writeTo(taker));
    assertEquals(3000, backlog.size());
  }

  @Test
  void losesNothingWhenTheChannelFails() throws IOException {
    backlog.add(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    Taker broken = new Taker(-1);
    assertThrows(IOException.class, () -> backlog.writeTo(broken));
    assertEquals(3, backlog.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void sameBytesInTheSameOrder(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    Taker taker = new Taker(0);
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
        taker.room = random.nextInt(5) == 0 ? 0 : random.nextInt(60_000);
        long expected = Math.min(size, taker.room);
        assertEquals(expected, backlog.writeTo(taker));
        size -= expected;
      }
      assertEquals(size, backlog.size());
    }
    taker.room = Long.MAX_VALUE;
    assertEquals(size, backlog.writeTo(taker));
    assertEquals(0, backlog.size());
    assertArrayEquals(added.toByteArray(), taker.taken.toByteArray());
  }

  /** Mostly small, at times more than the largest chunk; not always from the array's start. */
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

  /** Takes bytes while it has room. */
  private static final class Taker implements WritableByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private long room;

    Taker(long room) {
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
      taken.writeBytes(some);
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
