package wscope.report;

import java.nio.ByteBuffer;

/** The first bytes of a payload, up to a limit, and the number of all bytes. */
public final class Preview {
  /** The size up to which memory is reused. Larger memory is released. */
  private static final int SMALL = 256;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final long most;
  private ByteBuffer kept = NOTHING;
  private int count;
  private long length;

  /**
   * Creates an empty preview.
   *
   * @param most the maximum number of bytes to keep
   */
  public Preview(long most) {
    this.most = most;
  }

  /** Adds the bytes between position and limit. The position does not move. */
  public void add(ByteBuffer slice) {
    length += slice.remaining();
    int more = (int) Math.min(most - count, slice.remaining());
    if (more <= 0) {
      return;
    }
    if (count + more > kept.capacity()) {
      grow(count + more);
    }
    // The first compiler of the JVM copies into an array much faster than into a buffer.
    slice.get(slice.position(), kept.array(), count, more);
    count += more;
  }

  /** The kept bytes, from position to limit. The caller may change them until {@link #clear}. */
  public ByteBuffer content() {
    return kept.position(0).limit(count);
  }

  /** The number of bytes that were added but not kept. */
  public long omitted() {
    return length - count;
  }

  /** Clears everything. */
  public void clear() {
    kept = kept.capacity() > SMALL ? NOTHING : kept;
    count = 0;
    length = 0;
  }

  private void grow(int needed) {
    long doubled = Math.min(2L * kept.capacity(), Integer.MAX_VALUE - 8);
    int capacity = (int) Math.max(SMALL, Math.max(needed, doubled));
    kept = ByteBuffer.allocate(capacity).put(content());
  }
}
