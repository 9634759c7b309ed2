package wscope.input.screen;

import java.nio.ByteBuffer;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;

/** The bytes of a frame as they were on the wire. */
final class Wire {
  private Wire() {}

  /**
   * The bytes of a frame.
   *
   * @param payload unmasked, as far as received
   */
  static byte[] frame(FrameHeader header, byte[] payload) {
    ByteBuffer bytes = ByteBuffer.allocate(header.size() + payload.length);
    FrameEncoder.frame(header, ByteBuffer.wrap(payload), bytes);
    return bytes.array();
  }
}
