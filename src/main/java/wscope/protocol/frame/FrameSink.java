package wscope.protocol.frame;

import java.nio.ByteBuffer;

/** Takes frames that are to be sent, one after another. */
public interface FrameSink {
  /**
   * Takes a frame.
   *
   * @param header on loan for the call; what its length announces need not be what the payload has
   * @param payload from position to limit, not masked yet; its position may move, its bytes stay as
   *     they are
   */
  void frame(FrameHeader header, ByteBuffer payload);
}
