package wscope.protocol.frame;

import java.nio.ByteBuffer;

/**
 * Where the input ended inside a frame.
 *
 * @param frame number of the torn frame, from 1
 * @param offset just behind the last byte that came
 * @param field in which the input ended
 * @param missing bytes of that field, at least 1, unsigned
 * @param header the bytes of the header that have come, from position to limit; none of a payload
 */
public record Incomplete(
    long frame, long offset, FrameField field, long missing, ByteBuffer header) {
  @Override
  public ByteBuffer header() {
    return header.duplicate();
  }
}
