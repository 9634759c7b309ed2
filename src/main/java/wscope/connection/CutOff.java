package wscope.connection;

import java.nio.ByteBuffer;
import wscope.protocol.TransportWriter;

/**
 * Passes on a limited number of bytes and runs an action after the last one. It drops all further
 * output.
 */
final class CutOff implements TransportWriter {
  private final TransportWriter next;
  private final Runnable exhausted;
  private long left;

  /**
   * Creates a writer.
   *
   * @param most the number of bytes to pass on
   * @param exhausted runs when the last of these bytes has been written; at once if the number is 0
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

  /** After the last byte, nothing is passed on, not even the end. */
  @Override
  public void end() {
    if (left > 0) {
      next.end();
    }
  }
}
