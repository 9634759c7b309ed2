package wscope.protocol.frame;

import java.nio.ByteBuffer;

/** Writes frames (RFC 6455 §5.2): any header that a {@link FrameHeader} can hold, legal or not. */
public final class FrameEncoder {
  /** The most bytes that a header takes. */
  public static final int LONGEST_HEADER = 14;

  private FrameEncoder() {}

  /**
   * Writes a header.
   *
   * @param out has at least {@link FrameHeader#size} bytes left
   */
  public static void header(FrameHeader header, ByteBuffer out) {
    out.put((byte) header.byte0()).put((byte) header.byte1());
    switch (header.lengthForm()) {
      case BITS_7 -> {}
      case BITS_16 -> out.putShort((short) header.payloadLength());
      case BITS_64 -> out.putLong(header.payloadLength());
    }
    if (header.masked()) {
      out.putInt(header.maskingKey());
    }
  }

  /**
   * Writes a header and a payload, which is masked on its way if the header says so. The header's
   * length need not be the payload's.
   *
   * @param payload is read from position to limit; the position moves, its bytes stay as they are
   * @param out has room for both
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
