package wscope.capture.packets;

/**
 * An interface of a pcapng file.
 *
 * @param link the number of its link type
 * @param longest the number of bytes that are captured of a packet
 * @param resolution of times: 10 to the power of minus this number of seconds or, if it is
 *     negative, 2 to the power of minus its lower seven bits
 * @param offset the number of seconds to add to times
 */
record CaptureInterface(int link, long longest, int resolution, long offset) {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int DIGITS = 9;
  private static final int BITS = 30;

  /** A time in nanoseconds since 1970, from the number in a packet. */
  long nanos(long time) {
    long nanos = resolution < 0 ? binary(time, resolution & 0x7f) : decimal(time, resolution);
    return nanos + offset * NANOS_PER_SECOND;
  }

  private static long decimal(long time, int digits) {
    long nanos = time;
    for (int i = digits; i > DIGITS; i--) {
      nanos = Long.divideUnsigned(nanos, 10);
    }
    for (int i = digits; i < DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static long binary(long time, int bits) {
    long seconds = bits > 63 ? 0 : time >>> bits;
    long fraction = bits > 63 ? 0 : time & ((1L << bits) - 1);
    long kept = bits > BITS ? fraction >>> (bits - BITS) : fraction << (BITS - bits);
    return seconds * NANOS_PER_SECOND + ((kept * NANOS_PER_SECOND) >> BITS);
  }
}
