package wscope.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Direct memory for the queued output of all links of a loop, from which a socket writes without
 * another copy. There is a fixed amount of it, which is used again; what exceeds it is queued on
 * the heap.
 */
final class Chunks {
  private static final int CAPACITY = 256 << 10;
  private static final int MOST = 16;

  private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>(MOST);
  private int made;

  /** An empty chunk, with its limit at 0; null if all are in use. */
  @Nullable ByteBuffer take() {
    ByteBuffer kept = free.pollLast();
    if (kept == null && made < MOST) {
      kept = make();
    }
    return kept == null ? null : kept.position(0).limit(0);
  }

  private @Nullable ByteBuffer make() {
    made++;
    try {
      return ByteBuffer.allocateDirect(CAPACITY);
    } catch (OutOfMemoryError e) {
      // There is less direct memory than usual. The heap has to do.
      made = MOST;
      return null;
    }
  }

  /** Takes back a chunk. Other buffers are left to the garbage collector. */
  void giveBack(ByteBuffer chunk) {
    if (chunk.isDirect()) {
      free.addLast(chunk);
    }
  }
}
