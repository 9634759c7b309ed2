package wscope.protocol.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@link BufferPool} keeps, and what it releases. */
class BufferPoolTest {
  private final BufferPool pool = new BufferPool();

  @Test
  void keepsEightInflaters() {
    assertKeepsEight(pool::inflater, pool::giveBack, Inflater::getTotalIn);
  }

  @Test
  void keepsEightDeflaters() {
    assertKeepsEight(pool::deflater, pool::giveBack, Deflater::getTotalIn);
  }

  /**
   * The ninth that is given back loses its native memory, and so do all once the pool is closed.
   * The exception on use depends on the JDK.
   */
  private <T> void assertKeepsEight(Supplier<T> take, Consumer<T> giveBack, Consumer<T> use) {
    Deque<T> taken = new ArrayDeque<>();
    for (int i = 0; i < 9; i++) {
      taken.addLast(take.get());
    }
    taken.forEach(giveBack);
    T ninth = taken.removeLast();
    assertThrows(RuntimeException.class, () -> use.accept(ninth));
    T last = taken.removeLast();
    assertSame(last, take.get());
    T kept = taken.removeLast();
    pool.close();
    assertThrows(RuntimeException.class, () -> use.accept(kept));
    use.accept(last);
    giveBack.accept(last);
    assertThrows(RuntimeException.class, () -> use.accept(last));
    T fresh = take.get();
    use.accept(fresh);
    giveBack.accept(fresh);
    assertThrows(RuntimeException.class, () -> use.accept(fresh));
  }

  /** A capacity is a power of two, at least 256. */
  @ParameterizedTest
  @CsvSource({"1, 256", "256, 256", "257, 512", "16384, 16384", "16385, 32768"})
  void roundsCapacitiesUp(int least, int capacity) {
    ByteBuffer buffer = pool.buffer(least);
    assertEquals(capacity, buffer.capacity());
    buffer.position(3).limit(5);
    pool.giveBack(buffer);
    assertSame(buffer, pool.buffer(least));
    assertEquals(capacity, buffer.remaining());
    assertNotSame(buffer, pool.buffer(least));
  }

  /** The pool keeps eight buffers of a size, or 2 MiB of them, whichever is less. */
  @ParameterizedTest
  @CsvSource({"256, 8", "262144, 8", "524288, 4", "2097152, 1", "4194304, 0"})
  void keepsSomeBuffersOfEachSize(int capacity, int most) {
    assertEquals(most, kept(pool, capacity));
  }

  /** Twice as much in a heap of 512 MiB or more. */
  @ParameterizedTest
  @CsvSource({"64, 2", "256, 2", "384, 3", "512, 4", "4096, 4"})
  void keepsMoreInALargeHeap(long heap, int most) {
    assertEquals(most, kept(BufferPool.forHeap(heap << 20), 1 << 20));
  }

  /** The number of buffers that a pool keeps of ten. */
  private static int kept(BufferPool pool, int capacity) {
    Set<ByteBuffer> taken = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 10; i++) {
      taken.add(pool.buffer(capacity));
    }
    taken.forEach(pool::giveBack);
    int kept = 0;
    for (int i = 0; i < 10; i++) {
      kept += taken.contains(pool.buffer(capacity)) ? 1 : 0;
    }
    return kept;
  }
}
