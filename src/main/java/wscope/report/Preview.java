package wscope.report;

import java.nio.ByteBuffer;

/** The first bytes of a payload, up to a bound, and the count of all. */
final class Preview {
  /** Memory of this size is used again; more is let go. */
  private static final int SMALL = 256;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final long most;
  private ByteBuffer kept = NOTHING;
  private long length;

  Preview(long most) {
    this.most = most;
  }

  /** Adds what is between position and limit; the position stays. */
  void add(ByteBuffer slice) {
    length += slice.remaining();
    int count = (int) Math.min(most - kept.position(), slice.remaining());
    if (count <= 0) {
      return;
    }
    int start = kept.position();
    if (count > kept.remaining()) {
      grow(start + count);
    }
    kept.put(start, slice, slice.position(), count);
    kept.position(start + count);
  }

  /** What was kept, from position to limit; a view of it, free to change until {@link #clear}. */
  ByteBuffer content() {
    return kept.duplicate().flip();
  }

  /** How many bytes came but were not kept. */
  long omitted() {
    return length - kept.position();
  }

  /** Forgets everything. */
  void clear() {
    kept = kept.capacity() > SMALL ? NOTHING : kept.clear();
    length = 0;
  }

  private void grow(int needed) {
    long doubled = Math.min(2L * kept.capacity(), Integer.MAX_VALUE - 8);
    int capacity = (int) Math.max(SMALL, Math.max(needed, doubled));
    kept = ByteBuffer.allocate(capacity).put(kept.flip());
  }
}
