package wscope.report;

import java.nio.ByteBuffer;

/** The first bytes of a payload, up to a limit, and the count of all. */
public final class Preview {
  /** Memory up to this size is reused; more is released. */
  private static final int SMALL = 256;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final long most;
  private ByteBuffer kept = NOTHING;
  private int count;
  private long length;

  /**
   * @param most how many bytes are kept
   */
  public Preview(long most) {
    this.most = most;
  }

  /** Adds what is between position and limit; the position stays. */
  public void add(ByteBuffer slice) {
    length += slice.remaining();
    int more = (int) Math.min(most - count, slice.remaining());
    if (more <= 0) {
      return;
    }
    if (count + more > kept.capacity()) {
      grow(count + more);
    }
    kept.clear().put(count, slice, slice.position(), more);
    count += more;
  }

  /** The kept bytes, from position to limit; free to change until {@link #clear}. */
  public ByteBuffer content() {
    return kept.position(0).limit(count);
  }

  /** How many bytes were added but not kept. */
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
