package wscope.protocol.message;

import java.nio.ByteBuffer;

/**
 * Checks UTF-8 (RFC 3629) that may be split anywhere. The check fails at the first byte that is
 * invalid in its place: for example, at the second byte of overlong forms, surrogates and code
 * points above U+10FFFF.
 */
public final class Utf8 {
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** The number of continuation bytes that the open code point still needs, 0 to 3. */
  private int needed;

  /** The bounds of the next continuation byte. */
  private int lowest = 0x80;

  private int highest = 0xbf;

  /** Starts a new text. */
  public void reset() {
    needed = 0;
    lowest = 0x80;
    highest = 0xbf;
  }

  /**
   * Reads the bytes between position and limit; neither moves.
   *
   * @return the index in the buffer of the first invalid byte, or -1
   */
  public int check(ByteBuffer bytes) {
    int at = bytes.position();
    int end = bytes.limit();
    while (at < end) {
      if (needed == 0) {
        at = skipAscii(bytes, at, end);
        if (at == end) {
          return -1;
        }
      }
      if (!accept(bytes.get(at) & 0xff)) {
        return at;
      }
      at++;
    }
    return -1;
  }

  /** Whether the text may end here, because no code point is open. */
  public boolean isComplete() {
    return needed == 0;
  }

  private static int skipAscii(ByteBuffer bytes, int start, int end) {
    int at = start;
    while (at <= end - Long.BYTES && (bytes.getLong(at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < end && bytes.get(at) >= 0) {
      at++;
    }
    return at;
  }

  private boolean accept(int b) {
    if (needed == 0) {
      return start(b);
    }
    if (b < lowest || b > highest) {
      return false;
    }
    needed--;
    lowest = 0x80;
    highest = 0xbf;
    return true;
  }

  /**
   * Starts a code point: its first byte sets the number of continuation bytes and the bounds of the
   * next one (RFC 3629 §4).
   */
  private boolean start(int b) {
    if (b < 0xc2 || b > 0xf4) {
      return b < 0x80;
    }
    needed = b < 0xe0 ? 1 : b < 0xf0 ? 2 : 3;
    switch (b) {
      case 0xe0 -> lowest = 0xa0;
      case 0xed -> highest = 0x9f;
      case 0xf0 -> lowest = 0x90;
      case 0xf4 -> highest = 0x8f;
      default -> {}
    }
    return true;
  }
}
