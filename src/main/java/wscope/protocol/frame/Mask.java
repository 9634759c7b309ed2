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
    int end = bytes.limit();
    int at = bytes.position();
    if (end - at >= Long.BYTES) {
      at = applyWide(bytes, ((long) rotated << 32) | (rotated & 0xffffffffL));
    }
    for (; at < end; at++) {
      bytes.put(at, (byte) (bytes.get(at) ^ rotated >>> 24));
      rotated = Integer.rotateLeft(rotated, 8);
    }
  }

  /**
   * Masks eight bytes at a time, in the byte order of the machine, which saves turning each.
   *
   * @return the index of the first byte that is left
   */
  private static int applyWide(ByteBuffer bytes, long bigEndian) {
    ByteOrder order = bytes.order();
    bytes.order(ByteOrder.nativeOrder());
    long key =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? bigEndian : Long.reverseBytes(bigEndian);
    int at = bytes.position();
    int end = bytes.limit();
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      bytes.putLong(at, bytes.getLong(at) ^ key);
    }
    bytes.order(order);
    return at;
  }
}
