package wscope.protocol.deflate;

import java.nio.ByteBuffer;

/** Receives an inflated or compressed message in slices. */
@FunctionalInterface
public interface ByteSink {
  /**
   * Receives the next slice. A slice is valid only during the call; the last one, until the
   * inflater or deflater releases the message.
   *
   * @param bytes at least one byte, between position and limit
   * @param last whether these bytes end the message; a message may also end without such a slice
   */
  void slice(ByteBuffer bytes, boolean last);
}
