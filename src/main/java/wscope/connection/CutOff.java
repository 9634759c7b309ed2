package wscope.connection;

import java.nio.ByteBuffer;
import wscope.protocol.TransportWriter;

/** Passes on a number of bytes, then none, and reports when that happens. */
final class CutOff implements TransportWriter {
  private final TransportWriter next;
  private final Runnable spent;
  private long left;

  /**
   * @param most bytes to pass on
   * @param spent runs when the last of them has been written; at once if there are none
   */
  CutOff(TransportWriter next, long most, Runnable spent) {
    this.next = next;
    left = most;
    this.spent = spent;
    if (most == 0) {
      spent.run();
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    int limit = bytes.limit();
    if (left > 0) {
      int count = (int) Math.min(left, bytes.remaining());
      next.write(bytes.limit(bytes.position() + count));
      left -= count;
      if (left == 0) {
        spent.run();
      }
    }
    bytes.limit(limit).position(limit);
  }

  /** After the last byte, not even the end is passed on. */
  @Override
  public void end() {
    if (left > 0) {
      next.end();
    }
  }
}
