package wscope.protocol.frame;

import java.nio.ByteBuffer;

/**
 * A frame that the end of the input truncated.
 *
 * @param frame number of the frame, from 1
 * @param offset just after the last byte that came
 * @param field in which the input ended
 * @param missing bytes of that field, at least 1, unsigned
 * @param header the bytes of the header that came, from position to limit; none of the payload
 */
public record IncompleteFrame(
    long frame, long offset, FrameField field, long missing, ByteBuffer header) {
  @Override
  public ByteBuffer header() {
    return header.duplicate();
  }
}
