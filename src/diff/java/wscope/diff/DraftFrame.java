package wscope.diff;

import java.nio.ByteBuffer;

/** A frame under construction; every field may be invalid (RFC 6455 §5.2). */
final class DraftFrame {
  private static final int LONGEST_HEADER = 14;

  int opcode;
  boolean fin = true;

  /** 4 for RSV1, 2 for RSV2, 1 for RSV3, added up. */
  int rsv;

  boolean masked;
  int maskingKey;
  byte[] payload;

  /** The form of the length: 7, 16 or 64 bits; 0 for the shortest. */
  int lengthBits;

  /** How many bytes the length declares beyond the payload. */
  long surplus;

  DraftFrame(int opcode, byte[] payload) {
    this.opcode = opcode;
    this.payload = payload;
  }

  boolean isControl() {
    return opcode >= 8;
  }

  /** Another frame with the same fields. */
  DraftFrame copy() {
    DraftFrame copy = new DraftFrame(opcode, payload.clone());
    copy.fin = fin;
    copy.rsv = rsv;
    copy.masked = masked;
    copy.maskingKey = maskingKey;
    copy.lengthBits = lengthBits;
    copy.surplus = surplus;
    return copy;
  }

  /** The frame as it is on the wire. */
  byte[] bytes() {
    ByteBuffer out = ByteBuffer.allocate(LONGEST_HEADER + payload.length);
    out.put((byte) ((fin ? 0x80 : 0) | (rsv << 4) | opcode));
    putLength(out);
    if (masked) {
      out.putInt(maskingKey);
    }
    for (int i = 0; i < payload.length; i++) {
      int key = masked ? maskingKey >>> (8 * (3 - i % 4)) : 0;
      out.put((byte) (payload[i] ^ key));
    }
    byte[] bytes = new byte[out.flip().remaining()];
    out.get(bytes);
    return bytes;
  }

  private void putLength(ByteBuffer out) {
    int mask = masked ? 0x80 : 0;
    long length = payload.length + surplus;
    if (lengthBits == 64 || length < 0 || length > 0xffff) {
      out.put((byte) (mask | 127)).putLong(length);
    } else if (lengthBits == 16 || length > 125) {
      out.put((byte) (mask | 126)).putShort((short) length);
    } else {
      out.put((byte) (mask | length));
    }
  }
}
