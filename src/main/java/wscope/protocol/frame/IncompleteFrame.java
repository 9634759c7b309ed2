package wscope.protocol.frame;

import java.nio.ByteBuffer;

/**
 * A frame that is truncated because the input ended inside it.
 *
 * @param frame the number of the frame, from 1
 * @param offset the offset just after the last received byte
 * @param field the field in which the input ended
 * @param missing the number of missing bytes of that field, at least 1, unsigned
 * @param header the received bytes of the header, from position to limit, without the payload
 */
public record IncompleteFrame(
    long frame, long offset, FrameField field, long missing, ByteBuffer header) {
  @Override
  public ByteBuffer header() {
    return header.duplicate();
  }

  /** Whether the second byte has arrived: MASK, and the length or its form. */
  public boolean hasSecondByte() {
    return header.remaining() > 1;
  }

  /** Whether the whole length has arrived, so that only the masking key is incomplete. */
  public boolean hasLength() {
    return hasSecondByte() && field != FrameField.EXTENDED_PAYLOAD_LENGTH;
  }
}
