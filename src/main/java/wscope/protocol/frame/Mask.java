package wscope.protocol.frame;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Masks and unmasks payloads. Both are the same operation (RFC 6455 §5.3): byte i XOR key byte i
 * mod 4.
 */
public final class Mask {
  private Mask() {}

  /**
   * Masks the bytes between position and limit in place. Position and limit do not move.
   *
   * @param key the masking key, whose first byte is the most significant
   * @param index the index of the first of these bytes in the payload, which may be split anywhere
   */
  public static void apply(ByteBuffer bytes, int key, long index) {
    int rotated = Integer.rotateLeft(key, 8 * (int) (index & 3));
    long wide = ((long) rotated << 32) | (rotated & 0xffffffffL);
    if (bytes.order() == ByteOrder.LITTLE_ENDIAN) {
      wide = Long.reverseBytes(wide);
    }
    int at = bytes.position();
    int end = bytes.limit();
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      bytes.putLong(at, bytes.getLong(at) ^ wide);
    }
    for (; at < end; at++) {
      bytes.put(at, (byte) (bytes.get(at) ^ rotated >>> 24));
      rotated = Integer.rotateLeft(rotated, 8);
    }
  }
}
