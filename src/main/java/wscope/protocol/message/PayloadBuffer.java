package wscope.protocol.message;

import java.nio.ByteBuffer;
import wscope.protocol.deflate.BufferPool;

/**
 * Collects the slices of a payload that is needed whole. The buffer uses less than twice as much
 * memory as bytes were added, regardless of the declared length, and none while empty.
 */
public final class PayloadBuffer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final BufferPool pool;
  private ByteBuffer collected = NOTHING;
  private int size;

  /**
   * Creates an empty buffer.
   *
   * @param pool the pool that lends the memory
   */
  public PayloadBuffer(BufferPool pool) {
    this.pool = pool;
  }

  /** Adds the bytes between position and limit; neither moves. The caller limits the total. */
  public void add(ByteBuffer slice) {
    int count = slice.remaining();
    if (size + count > collected.capacity()) {
      grow(size + count);
    }
    collected.clear().put(size, slice, slice.position(), count);
    size += count;
  }

  /** The memory in use, in bytes. */
  public long memory() {
    return BufferPool.memory(collected.capacity());
  }

  /** The memory that must be allocated before a slice can be added, in bytes; 0 if it fits. */
  public long growth(ByteBuffer slice) {
    int needed = size + slice.remaining();
    return needed > collected.capacity() ? BufferPool.memory(BufferPool.capacity(needed)) : 0;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The collected bytes, from position to limit. They are valid until the next change. */
  public ByteBuffer content() {
    return collected.position(0).limit(size);
  }

  /** Forgets the payload and releases its memory. */
  public void clear() {
    release();
    collected = NOTHING;
    size = 0;
  }

  private void grow(int needed) {
    ByteBuffer larger = pool.buffer(needed).put(content());
    release();
    collected = larger;
  }

  private void release() {
    if (collected.capacity() > 0) {
      pool.giveBack(collected);
    }
  }
}
