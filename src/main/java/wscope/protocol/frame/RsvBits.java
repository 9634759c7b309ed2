package wscope.protocol.frame;

/**
 * The values of the RSV bits of a frame (RFC 6455 §5.2) in one number, in their order on the wire.
 */
public final class RsvBits {
  /**
   * The bit that permessage-deflate sets on the first frame of a compressed message (RFC 7692 §6).
   */
  public static final int RSV1 = 0b100;

  public static final int RSV2 = 0b010;
  public static final int RSV3 = 0b001;

  private RsvBits() {}
}
