package wscope.net;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import tlschannel.BufferAllocator;

/**
 * Buffers shared by all TLS links of an event loop. Between turns, a link holds a buffer only for
 * an incomplete record.
 */
final class TlsBuffers implements BufferAllocator {
  /** The size of the largest record: 2^14 bytes, the overhead of encryption, and the header. */
  private static final int RECORD_BYTES = 17 << 10;

  private static final int MOST_SPARE = 8;

  /**
   * The bytes that a turn reads. Once decrypted, together with those of an incomplete record, they
   * fit into the loop's buffer.
   */
  private final ByteBuffer arrived;

  /** The bytes that a turn has encrypted, gathered into one write. */
  private final ByteBuffer sealed;

  private final ArrayDeque<ByteBuffer> spare = new ArrayDeque<>(MOST_SPARE);

  /**
   * Creates the buffers of a loop.
   *
   * @param loopBytes the capacity of the loop's buffers, much more than a record
   */
  TlsBuffers(int loopBytes) {
    arrived = ByteBuffer.allocateDirect(loopBytes / 2);
    sealed = ByteBuffer.allocateDirect(loopBytes + RECORD_BYTES);
  }

  ByteBuffer arrived() {
    return arrived;
  }

  ByteBuffer sealed() {
    return sealed;
  }

  @Override
  public ByteBuffer allocate(int size) {
    if (size > RECORD_BYTES) {
      throw new IllegalArgumentException("more than a record: " + size);
    }
    ByteBuffer buffer = spare.pollLast();
    return buffer == null ? ByteBuffer.allocate(RECORD_BYTES) : buffer.clear();
  }

  @Override
  public void free(ByteBuffer buffer) {
    if (spare.size() < MOST_SPARE) {
      spare.addLast(buffer);
    }
  }

  /**
   * The allocator for decrypted bytes that do not fit into the loop's buffer. They always fit, but
   * a channel allocates and keeps a buffer for them, so that buffer starts with one byte.
   */
  static final class Overflow implements BufferAllocator {
    private boolean begun;

    @Override
    public ByteBuffer allocate(int size) {
      int capacity = begun ? size : 1;
      begun = true;
      return ByteBuffer.allocate(capacity);
    }

    @Override
    public void free(ByteBuffer buffer) {}
  }
}
