package wscope.connection;

import java.nio.ByteBuffer;
import wscope.protocol.TransportWriter;

/** Passes on a number of bytes, then nothing, and runs an action at the last byte. */
final class CutOff implements TransportWriter {
  private final TransportWriter next;
  private final Runnable exhausted;
  private long left;

  /**
   * @param most bytes to pass on
   * @param exhausted runs when the last of them has been written; at once if there are none
   */
  CutOff(TransportWriter next, long most, Runnable exhausted) {
    this.next = next;
    left = most;
    this.exhausted = exhausted;
    if (most == 0) {
      exhausted.run();
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
        exhausted.run();
      }
    }
    bytes.limit(limit).position(limit);
  }

  /** Nothing is passed on after the last byte, not even the end. */
  @Override
  public void end() {
    if (left > 0) {
      next.end();
    }
  }
}
