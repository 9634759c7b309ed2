package wscope.diff;

import java.util.HexFormat;

/**
 * A frame that an implementation has accepted.
 *
 * @param rsv 4 for RSV1, 2 for RSV2, 1 for RSV3, added up
 * @param payload unmasked and not inflated, in hex
 */
record AcceptedFrame(int opcode, boolean fin, int rsv, String payload) {
  /** The payload itself. */
  byte[] bytes() {
    return HexFormat.of().parseHex(payload);
  }

  boolean isControl() {
    return opcode >= 8;
  }

  /** Whether it begins a compressed message (RFC 7692 §6). */
  boolean beginsCompressed() {
    return (rsv & 4) != 0;
  }

  @Override
  public String toString() {
    return "opcode " + opcode + (fin ? " FIN" : "") + " rsv " + rsv + " " + payload;
  }
}
