package wscope.protocol.frame;

/**
 * The header of a frame (RFC 6455 §5.2), legal or not. It has everything on the wire (flags, raw
 * opcode, length and its form, masking key), and the number and the offset of the frame.
 *
 * <p>A {@link FrameDecoder} reuses one header for all frames to allocate nothing: the header is
 * valid until the next frame starts. Use {@link #copy} to keep a header. To write a frame, start
 * from {@link #of} and change the fields that differ.
 */
public final class FrameHeader {
  /** The size of the longest header in bytes. */
  public static final int LONGEST = 14;

  private static final int FIN = 0x80;
  private static final int RSV1 = RsvBits.RSV1 << 4;
  private static final int RSV2 = RsvBits.RSV2 << 4;
  private static final int RSV3 = RsvBits.RSV3 << 4;
  private static final int MASK = 0x80;

  private int byte0;
  private int byte1;
  private long payloadLength;
  private int maskingKey;
  private long number;
  private long offset;
  private boolean logged;

  FrameHeader() {}

  /**
   * Creates a header from the log of an endpoint, which has neither the masking key nor the form of
   * the length nor the payload. The offset follows from the lengths, in their shortest form.
   *
   * @param fields a header with the fields in the log
   */
  public static FrameHeader logged(FrameHeader fields, long number, long offset) {
    FrameHeader header = fields.copy();
    header.place(number, offset);
    header.logged = true;
    return header;
  }

  /**
   * Creates a legal header: FIN is set, RSV bits and MASK are clear, and the length is in its
   * shortest form.
   */
  public static FrameHeader of(Opcode opcode, long payloadLength) {
    return new FrameHeader().start(opcode, payloadLength);
  }

  /** Resets this header to the values of {@link #of}, for the next frame to write. */
  public FrameHeader start(Opcode opcode, long payloadLength) {
    byte0 = FIN | opcode.code();
    byte1 = 0;
    maskingKey = 0;
    return payloadLength(payloadLength, LengthForm.minimal(payloadLength));
  }

  /** Returns a copy of this header, to keep. */
  public FrameHeader copy() {
    FrameHeader copy = new FrameHeader();
    copy.byte0 = byte0;
    copy.byte1 = byte1;
    copy.payloadLength = payloadLength;
    copy.maskingKey = maskingKey;
    copy.number = number;
    copy.offset = offset;
    copy.logged = logged;
    return copy;
  }

  /**
   * Sets the number of the frame in its stream, counted from 1, and the offset of its first byte.
   */
  void place(long number, long offset) {
    this.number = number;
    this.offset = offset;
  }

  /** Sets the fields to the values that a decoder has read. */
  void fields(int byte0, int byte1, long payloadLength, int maskingKey) {
    this.byte0 = byte0;
    this.byte1 = byte1;
    this.payloadLength = payloadLength;
    this.maskingKey = maskingKey;
  }

  /** Sets FIN. */
  public FrameHeader fin(boolean set) {
    byte0 = set ? byte0 | FIN : byte0 & ~FIN;
    return this;
  }

  /**
   * Sets the three RSV bits.
   *
   * @param bits a sum of {@link RsvBits} bits, 0 to 7
   */
  public FrameHeader rsv(int bits) {
    byte0 = (byte0 & ~(RSV1 | RSV2 | RSV3)) | (bits & 7) << 4;
    return this;
  }

  /** Sets MASK and the masking key, whose first byte is the most significant. */
  public FrameHeader mask(int key) {
    byte1 |= MASK;
    maskingKey = key;
    return this;
  }

  /**
   * Sets the payload length and its form.
   *
   * @throws IllegalArgumentException if the form has no room for the length
   */
  public FrameHeader payloadLength(long length, LengthForm form) {
    if (form != LengthForm.BITS_64 && (length < 0 || length > form.longest())) {
      throw new IllegalArgumentException(length + " bytes do not fit in " + form.bits() + " bits");
    }
    int length7 = form == LengthForm.BITS_7 ? (int) length : form == LengthForm.BITS_16 ? 126 : 127;
    byte1 = (byte1 & MASK) | length7;
    payloadLength = length;
    return this;
  }

  /** The number of the frame in its stream, from 1. */
  public long number() {
    return number;
  }

  /** The offset of the frame's first byte in its stream. */
  public long offset() {
    return offset;
  }

  /** The first byte: FIN, RSV1 to RSV3, opcode. */
  public int byte0() {
    return byte0;
  }

  /** The second byte: MASK and the 7-bit length. */
  public int byte1() {
    return byte1;
  }

  /** Whether FIN is set: the frame is the last one of its message. */
  public boolean fin() {
    return (byte0 & FIN) != 0;
  }

  public boolean rsv1() {
    return (byte0 & RSV1) != 0;
  }

  public boolean rsv2() {
    return (byte0 & RSV2) != 0;
  }

  public boolean rsv3() {
    return (byte0 & RSV3) != 0;
  }

  /** Whether any RSV bit is set. */
  public boolean anyRsv() {
    return (byte0 & (RSV1 | RSV2 | RSV3)) != 0;
  }

  public Opcode opcode() {
    return Opcode.of(byte0);
  }

  /** Whether MASK is set: the header has a masking key, with which the payload is masked. */
  public boolean masked() {
    return (byte1 & MASK) != 0;
  }

  /** The lowest seven bits of the second byte: the length, or 126 or 127. */
  public int length7() {
    return byte1 & 0x7f;
  }

  public LengthForm lengthForm() {
    return LengthForm.announcedBy(length7());
  }

  /**
   * The length of the payload in bytes, as an unsigned number: negative if the top bit of 64 is
   * set.
   */
  public long payloadLength() {
    return payloadLength;
  }

  /** The masking key, whose first byte is the most significant; 0 if MASK is clear. */
  public int maskingKey() {
    return maskingKey;
  }

  /** Whether neither the masking key nor the payload is known, because the header is from a log. */
  public boolean isLogged() {
    return logged;
  }

  /** The size of the header in bytes: 2 to 14. */
  public int size() {
    return 2 + lengthForm().extraBytes() + (masked() ? 4 : 0);
  }

  /** The offset of the first byte of the payload in its stream. */
  public long payloadOffset() {
    return offset + size();
  }
}
