package wscope.protocol.deflate;

import java.nio.ByteBuffer;

/** Receives a message in slices, inflated or compressed. */
@FunctionalInterface
public interface ByteSink {
  /**
   * The next bytes, at least one, between position and limit. They are valid only during the call;
   * the last ones, until the message is released at the inflater or deflater.
   *
   * @param last whether these bytes end the message; it may also end without such a slice
   */
  void slice(ByteBuffer bytes, boolean last);
}
