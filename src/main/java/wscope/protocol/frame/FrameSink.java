package wscope.protocol.frame;

import java.nio.ByteBuffer;

/** Receives the frames to send, one at a time. */
public interface FrameSink {
  /**
   * Receives a frame.
   *
   * @param header the header, valid only during the call; its length may differ from that of the
   *     payload
   * @param payload the payload, from position to limit, not masked yet; its position may move, but
   *     its bytes must not change
   */
  void frame(FrameHeader header, ByteBuffer payload);
}
