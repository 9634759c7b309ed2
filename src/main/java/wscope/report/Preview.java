package wscope.report;

import java.nio.ByteBuffer;
import wscope.protocol.message.PayloadBuffer;

/** The first bytes of a payload, up to a bound, and the count of all. */
final class Preview {
  private final long most;
  private final PayloadBuffer bytes = new PayloadBuffer();
  private long kept;
  private long length;

  Preview(long most) {
    this.most = most;
  }

  /** Adds what is between position and limit; the position stays. */
  void add(ByteBuffer slice) {
    long room = Math.min(most - kept, slice.remaining());
    if (room > 0) {
      bytes.add(slice.duplicate().limit(slice.position() + (int) room));
      kept += room;
    }
    length += slice.remaining();
  }

  /** What was kept, from position to limit; a view of it, free to change. */
  ByteBuffer content() {
    return bytes.content();
  }

  /** How many bytes came but were not kept. */
  long omitted() {
    return length - kept;
  }

  /** Forgets everything and lets the memory go. */
  void clear() {
    bytes.clear();
    kept = 0;
    length = 0;
  }
}
