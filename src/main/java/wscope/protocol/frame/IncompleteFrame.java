package wscope.protocol.frame;

import java.nio.ByteBuffer;

/**
 * A frame that the end of the input truncated.
 *
 * @param frame number of the frame, from 1
 * @param offset just after the last received byte
 * @param field in which the input ended
 * @param missing bytes of that field, at least 1, unsigned
 * @param header the received bytes of the header, from position to limit; none of the payload
 */
public record IncompleteFrame(
    long frame, long offset, FrameField field, long missing, ByteBuffer header) {
  @Override
  public ByteBuffer header() {
    return header.duplicate();
  }
}
