package wscope.protocol.frame;

import java.nio.ByteBuffer;

/**
 * Writes frames (RFC 6455 §5.2) with any header that a {@link FrameHeader} can hold, legal or not.
 */
public final class FrameEncoder {
  private FrameEncoder() {}

  /**
   * Writes a header in network byte order, whatever the order of the buffer.
   *
   * @param out a buffer with room for at least {@link FrameHeader#size} bytes
   */
  public static void header(FrameHeader header, ByteBuffer out) {
    out.put((byte) header.byte0()).put((byte) header.byte1());
    for (int i = header.lengthForm().extraBytes() - 1; i >= 0; i--) {
      out.put((byte) (header.payloadLength() >>> (8 * i)));
    }
    for (int i = header.masked() ? 3 : -1; i >= 0; i--) {
      out.put((byte) (header.maskingKey() >>> (8 * i)));
    }
  }

  /**
   * Writes a header and a payload, masked if MASK is set in the header. The length in the header
   * may differ from that of the payload.
   *
   * @param payload the payload, from position to limit; the position moves, the bytes do not change
   * @param out a buffer with room for both
   */
  public static void frame(FrameHeader header, ByteBuffer payload, ByteBuffer out) {
    header(header, out);
    int start = out.position();
    out.put(payload);
    if (header.masked()) {
      Mask.apply(out.duplicate().order(out.order()).flip().position(start), header.maskingKey(), 0);
    }
  }
}
