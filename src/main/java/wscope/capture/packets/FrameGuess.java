package wscope.capture.packets;

import java.nio.ByteBuffer;

/** Whether bytes in the middle of a connection are frames. */
final class FrameGuess {
  /** Whole frames that are enough, even if the bytes end inside another one. */
  private static final int ENOUGH = 3;

  private static final int LONGEST_CONTROL = 125;
  private static final int BITS_16 = 126;
  private static final int BITS_64 = 127;
  private static final int RESERVED = 0x30;
  private static final int KNOWN_OPCODES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 8 | 1 << 9 | 1 << 10;

  private FrameGuess() {}

  /**
   * Whether the bytes are frames without an error in their headers: exactly one or more, or at
   * least three and the beginning of another one.
   */
  static boolean fits(ByteBuffer bytes, boolean masked) {
    int at = bytes.position();
    int frames = 0;
    while (at < bytes.limit()) {
      long end = end(bytes, at, masked);
      if (end < 0) {
        return false;
      }
      if (end > bytes.limit()) {
        return frames >= ENOUGH;
      }
      at = (int) end;
      frames++;
    }
    return frames > 0;
  }

  /** Where the frame at an index ends; -1 if there can be none. */
  private static long end(ByteBuffer bytes, int at, boolean masked) {
    if (bytes.limit() - at < 2) {
      return Long.MAX_VALUE;
    }
    int first = bytes.get(at);
    int second = bytes.get(at + 1);
    int opcode = first & 0xf;
    int length7 = second & 0x7f;
    boolean control = opcode >= 8;
    boolean invalid =
        (first & RESERVED) != 0
            || (KNOWN_OPCODES >> opcode & 1) == 0
            || second < 0 != masked
            || (control && (first >= 0 || length7 > LONGEST_CONTROL));
    int extended = length7 == BITS_16 ? 2 : length7 == BITS_64 ? 8 : 0;
    int header = 2 + extended + (masked ? 4 : 0);
    if (invalid) {
      return -1;
    }
    if (bytes.limit() - at < 2 + extended) {
      return Long.MAX_VALUE;
    }
    long length =
        switch (extended) {
          case 2 -> bytes.getShort(at + 2) & 0xffff;
          case 8 -> bytes.getLong(at + 2);
          default -> length7;
        };
    long least = extended == 0 ? 0 : extended == 2 ? BITS_16 : 0x10000;
    return length < least ? -1 : length > Integer.MAX_VALUE ? Long.MAX_VALUE : at + header + length;
  }
}
