package wscope.protocol.frame;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Turns frames of any size into their bytes on the wire (RFC 6455 §5.2), in pieces of bounded size.
 * It copies and masks each payload piece by piece, never as a whole.
 */
public final class FrameSerializer implements FrameSink {
  private static final int LONGEST_PIECE = 64 << 10;

  private final Consumer<ByteBuffer> out;
  private final ByteBuffer piece = ByteBuffer.allocate(LONGEST_PIECE);

  /**
   * Creates a serializer.
   *
   * @param out receives each piece, from position to limit; it may change the bytes, which are
   *     valid only during the call
   */
  public FrameSerializer(Consumer<ByteBuffer> out) {
    this.out = out;
  }

  @Override
  public void frame(FrameHeader header, ByteBuffer payload) {
    FrameEncoder.header(header, piece.clear());
    long index = 0;
    do {
      int start = piece.position();
      int length = Math.min(piece.remaining(), payload.remaining());
      piece.put(start, payload, payload.position(), length).position(start + length).flip();
      payload.position(payload.position() + length);
      if (header.masked()) {
        Mask.apply(piece.position(start), header.maskingKey(), index);
        piece.position(0);
      }
      out.accept(piece);
      piece.clear();
      index += length;
    } while (payload.hasRemaining());
  }
}
