package wscope.protocol.frame;

/** The fields of a frame that take whole bytes, in their order on the wire (RFC 6455 §5.2). */
public enum FrameField {
  /** FIN, RSV1 to RSV3 and the opcode: the first byte. */
  OPCODE("opcode"),
  /** MASK and the 7-bit length: the second byte. */
  PAYLOAD_LENGTH("payload length"),
  /** The 16 or 64 bits after a 7-bit length of 126 or 127. */
  EXTENDED_PAYLOAD_LENGTH("extended payload length"),
  /** Four bytes, if MASK is set. */
  MASKING_KEY("masking key"),
  /** The payload: as many bytes as the length announces. */
  PAYLOAD_DATA("payload data");

  private final String label;

  FrameField(String label) {
    this.label = label;
  }

  /** The RFC's name of the field. */
  public String label() {
    return label;
  }
}
