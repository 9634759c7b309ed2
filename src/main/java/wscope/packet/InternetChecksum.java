package wscope.packet;

import java.nio.ByteBuffer;

/** The checksum of IPv4 and TCP (RFC 1071): the ones' complement of a ones' complement sum. */
final class InternetChecksum {
  static final int ALL_ONES = 0xffff;

  private InternetChecksum() {}

  /** The sum of some bytes, not folded, added to another. */
  static long sum(ByteBuffer bytes, long sum, int from, int to) {
    long total = sum;
    int at = from;
    for (; at + 1 < to; at += 2) {
      total += bytes.getShort(at) & 0xffff;
    }
    return at < to ? total + ((bytes.get(at) & 0xff) << 8) : total;
  }

  /** The sum in 16 bits. */
  static int folded(long sum) {
    long folded = sum;
    while (folded > ALL_ONES) {
      folded = (folded & ALL_ONES) + (folded >>> 16);
    }
    return (int) folded;
  }
}
