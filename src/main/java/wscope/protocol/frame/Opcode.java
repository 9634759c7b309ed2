package wscope.protocol.frame;

/** The opcode of a frame (RFC 6455 §5.2, §11.8): all sixteen values, so no opcode is unknown. */
@SuppressWarnings("EnumOrdinal") // The sixteen constants are in the order of their codes.
public enum Opcode {
  CONTINUATION("continuation"),
  TEXT("text"),
  BINARY("binary"),
  RESERVED_3("reserved"),
  RESERVED_4("reserved"),
  RESERVED_5("reserved"),
  RESERVED_6("reserved"),
  RESERVED_7("reserved"),
  CLOSE("close"),
  PING("ping"),
  PONG("pong"),
  RESERVED_B("reserved"),
  RESERVED_C("reserved"),
  RESERVED_D("reserved"),
  RESERVED_E("reserved"),
  RESERVED_F("reserved");

  private static final Opcode[] BY_CODE = values();

  private final String label;

  Opcode(String label) {
    this.label = label;
  }

  /**
   * Finds the opcode with a code.
   *
   * @param code the code; only its lowest four bits count
   */
  public static Opcode of(int code) {
    return BY_CODE[code & 0xf];
  }

  /** The four bits on the wire, 0 to 15. */
  public int code() {
    return ordinal();
  }

  /** The name in the RFC; {@code reserved} for those without a meaning. */
  public String label() {
    return label;
  }

  /**
   * Whether this is the opcode of a control frame, whose most significant bit is set: close, ping,
   * pong and five reserved ones (§5.5).
   */
  public boolean isControl() {
    return ordinal() >= 8;
  }

  /** Whether this opcode has no meaning yet: 3 to 7 and b to f. */
  public boolean isReserved() {
    return ordinal() > 10 || (ordinal() > 2 && ordinal() < 8);
  }
}
