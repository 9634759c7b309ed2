package wscope.protocol.message;

import java.nio.ByteBuffer;

/** Collects the slices of a payload that somebody needs whole; owns no memory while it is empty. */
public final class PayloadBuffer {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int SMALLEST = 256;

  private ByteBuffer collected = NOTHING;

  /** Adds what is between position and limit; the position stays. The caller bounds the sum. */
  public void add(ByteBuffer slice) {
    int needed = collected.position() + slice.remaining();
    if (needed > collected.capacity()) {
      grow(needed);
    }
    collected.put(collected.position(), slice, slice.position(), slice.remaining());
    collected.position(needed);
  }

  public boolean isEmpty() {
    return collected.position() == 0;
  }

  /** Everything that was added, from position to limit; on loan until {@link #clear}. */
  public ByteBuffer content() {
    return collected.duplicate().flip();
  }

  /** Forgets the payload and lets its memory go. */
  public void clear() {
    collected = NOTHING;
  }

  private void grow(int needed) {
    long doubled = Math.min(2L * collected.capacity(), Integer.MAX_VALUE - 8);
    int capacity = (int) Math.max(SMALLEST, Math.max(needed, doubled));
    collected = ByteBuffer.allocate(capacity).put(collected.flip());
  }
}
