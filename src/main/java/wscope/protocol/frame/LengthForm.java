package wscope.protocol.frame;

/** The three ways to write a payload length (RFC 6455 §5.2). */
public enum LengthForm {
  /** In the second byte itself: 0 to 125. */
  BITS_7(7, 0, 0, 125),
  /** 126 in the second byte, then 16 bits. */
  BITS_16(16, 2, 126, 0xffff),
  /** 127 in the second byte, then 64 bits of which the first is 0. */
  BITS_64(64, 8, 0x10000, Long.MAX_VALUE);

  private final int bits;
  private final int extraBytes;
  private final long shortest;
  private final long longest;

  LengthForm(int bits, int extraBytes, long shortest, long longest) {
    this.bits = bits;
    this.extraBytes = extraBytes;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** The form that the RFC requires: the shortest that holds the length. */
  public static LengthForm minimal(long length) {
    if (length < 0) {
      return BITS_64;
    }
    return length <= BITS_7.longest ? BITS_7 : length <= BITS_16.longest ? BITS_16 : BITS_64;
  }

  /** The form that the 7-bit length in the second byte announces. */
  public static LengthForm announcedBy(int length7) {
    return length7 < 126 ? BITS_7 : length7 == 126 ? BITS_16 : BITS_64;
  }

  /** The number of bits that hold the length: 7, 16 or 64. */
  public int bits() {
    return bits;
  }

  /** The number of bytes in the extended payload length: 0, 2 or 8. */
  public int extraBytes() {
    return extraBytes;
  }

  /** The shortest length that needs this form. */
  public long shortest() {
    return shortest;
  }

  /** The longest length that this form holds. */
  public long longest() {
    return longest;
  }
}
