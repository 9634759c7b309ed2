package wscope.packet;

import java.nio.ByteBuffer;

/** Bytes of a stream that wait until more of them arrive. */
public final class HeldBytes {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private ByteBuffer bytes = NOTHING;

  /** The bytes that wait; those that are read from it wait no longer. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** How much memory they take. */
  public int size() {
    return bytes.capacity();
  }

  /** Adds a copy of the rest of a buffer. */
  public void add(ByteBuffer more) {
    int count = more.remaining();
    if (bytes.capacity() - bytes.limit() < count) {
      // Twice the length, so that many small additions copy little.
      int length = Math.max(2 * bytes.remaining(), bytes.remaining() + count);
      bytes = ByteBuffer.allocate(length).put(bytes).flip();
    }
    int end = bytes.limit();
    bytes.limit(end + count).put(end, more, more.position(), count);
  }

  public void clear() {
    bytes = NOTHING;
  }
}
