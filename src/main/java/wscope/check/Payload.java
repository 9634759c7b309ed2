package wscope.check;

import java.nio.ByteBuffer;

/**
 * A message.
 *
 * @param text whether it is text; otherwise, it is binary
 * @param bytes its content, from position to limit
 */
public record Payload(boolean text, ByteBuffer bytes) {
  @Override
  public ByteBuffer bytes() {
    return bytes.duplicate();
  }
}
