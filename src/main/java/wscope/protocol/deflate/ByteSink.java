package wscope.protocol.deflate;

import java.nio.ByteBuffer;

/** Takes a message in slices, inflated or compressed. */
@FunctionalInterface
public interface ByteSink {
  /**
   * The next bytes, between position and limit; at least one. They are on loan for the call, the
   * last ones until the inflater or deflater is told that the message is done with.
   *
   * @param last whether these bytes end the message; a message may also end without such a slice
   */
  void slice(ByteBuffer bytes, boolean last);
}
