package wscope.capture.packets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import wscope.protocol.frame.Mask;
import wscope.protocol.message.Utf8;

/**
 * Whether bytes look like a frame of one endpoint, and how unlikely that is for other bytes.
 *
 * @param masked whether the endpoint masks its frames
 * @param rsv1 whether RSV1 may mark a compressed message
 */
record FrameShape(boolean masked, boolean rsv1) {
  private static final int BITS_16 = 126;
  private static final int BITS_64 = 127;
  private static final int LONGEST_CONTROL = 125;
  private static final int KEY = 4;
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int RSV1 = 0x40;
  private static final int LONGEST_16 = 0xffff;

  /** The payload is none of this opcode. */
  private static final int NO_FRAME = Integer.MIN_VALUE;

  private static final int KNOWN_OPCODES = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 8 | 1 << 9 | 1 << 10;

  /** The bits of evidence in a header: FIN, three of RSV, one or more of the opcode, and MASK. */
  private static final int OF_HEADER = 6;

  private static final int OF_CONTROL = 7;

  /** The upper bytes of a length of 64 bits are 0. */
  private static final int OF_LONG_LENGTH = 8;

  private static final int OF_STANDARD_CODE = 11;
  private static final int OF_OTHER_CODE = 5;

  /** How many bytes of a text are looked at. */
  private static final int MOST_TEXT = 32;

  /**
   * A header that fits.
   *
   * @param first its first byte
   * @param key the masking key; 0 if there is none
   * @param length of the frame
   * @param ofHeader the evidence in the header
   * @param ofPayload the evidence in the payload
   * @param isText whether the payload is a masked text in UTF-8
   */
  record Fit(int first, int key, long length, int ofHeader, int ofPayload, boolean isText) {
    /** The bytes do not suffice. */
    static final Fit UNCLEAR = new Fit(0, 0, 0, 0, 0, false);

    boolean isUnclear() {
      return length == 0;
    }

    boolean isControl() {
      return (first & 8) != 0;
    }

    boolean isContinuation() {
      return (first & 0xf) == 0;
    }

    boolean fin() {
      return first < 0;
    }
  }

  /** Whether the first two bytes of a frame may be at an index of the rest of a buffer. */
  boolean mayBegin(ByteBuffer bytes, int index) {
    int at = bytes.position() + index;
    int first = bytes.get(at);
    int opcode = first & 0xf;
    if ((first & (rsv1 ? 0x30 : 0x70)) != 0 || (KNOWN_OPCODES >> opcode & 1) == 0) {
      return false;
    }
    boolean compressed = (first & 0x40) != 0;
    boolean data = opcode == 1 || opcode == 2;
    boolean control = opcode >= 8;
    if ((compressed && !data) || (control && first >= 0)) {
      return false;
    }
    int second = at + 1 < bytes.limit() ? bytes.get(at + 1) : masked ? 0x80 : 0;
    return (byte) second < 0 == masked && !(control && (second & 0x7f) > LONGEST_CONTROL);
  }

  /** What is at an index of the rest of a buffer; null if it is not a frame. */
  @Nullable Fit fit(ByteBuffer bytes, int index) {
    if (!mayBegin(bytes, index)) {
      return null;
    }
    int at = bytes.position() + index;
    int rest = bytes.limit() - at;
    if (rest < 2) {
      return Fit.UNCLEAR;
    }
    int first = bytes.get(at);
    int length7 = bytes.get(at + 1) & 0x7f;
    int extended = length7 == BITS_16 ? 2 : length7 == BITS_64 ? 8 : 0;
    int header = 2 + extended + (masked ? KEY : 0);
    if (rest < header) {
      return Fit.UNCLEAR;
    }
    long length =
        switch (extended) {
          case 2 -> bytes.getShort(at + 2) & 0xffff;
          case 8 -> bytes.getLong(at + 2);
          default -> length7;
        };
    long least = extended == 0 ? 0 : extended == 2 ? BITS_16 : 0x10000;
    if (length < least || length > Integer.MAX_VALUE) {
      return null;
    }
    int looked = (int) Math.min(length, MOST_TEXT);
    if (rest < header + looked) {
      return Fit.UNCLEAR;
    }
    byte[] payload = new byte[looked];
    bytes.get(at + header, payload);
    int key = masked ? bytes.getInt(at + header - KEY) : 0;
    if (masked) {
      Mask.apply(ByteBuffer.wrap(payload), key, 0);
    }
    int ofPayload = ofPayload(first, payload, looked == length);
    return ofPayload == NO_FRAME || isFiller(first, length) || (masked && repeats(payload))
        ? null
        : new Fit(
            first,
            key,
            header + length,
            ofHeader(first, length),
            ofPayload,
            (first & 0xf) == TEXT && ofPayload > 0);
  }

  /** Whether it is an empty fragment, as zeros look like. */
  private static boolean isFiller(int first, long length) {
    return first >= 0 && length == 0;
  }

  /** Whether four bytes repeat, as in masked zeros, which are the key again and again. */
  private static boolean repeats(byte[] payload) {
    return payload.length >= 2 * KEY
        && Arrays.equals(payload, KEY, payload.length, payload, 0, payload.length - KEY);
  }

  private static int ofHeader(int first, long length) {
    boolean control = (first & 8) != 0;
    if (!control && (length == 0 || first >= 0)) {
      // Small numbers look like that.
      return 0;
    }
    int bits = control ? OF_CONTROL : OF_HEADER;
    return bits + (length > LONGEST_16 ? OF_LONG_LENGTH : 0) - ((first & RSV1) != 0 ? 1 : 0);
  }

  /**
   * The evidence in a payload.
   *
   * @param whole whether these are all of its bytes
   */
  private int ofPayload(int first, byte[] payload, boolean whole) {
    int opcode = first & 0xf;
    if (opcode == CLOSE) {
      return ofClose(payload);
    }
    if (opcode != TEXT || (first & RSV1) != 0 || payload.length == 0) {
      return 0;
    }
    if (!isText(payload, whole && first < 0)) {
      return -OF_HEADER;
    }
    // Where bytes are not masked, text may be everywhere.
    return masked ? (payload.length * 3 + 3) / 4 : 0;
  }

  /** The evidence in the body of a Close. */
  private static int ofClose(byte[] payload) {
    if (payload.length < 2) {
      return payload.length == 0 ? 0 : NO_FRAME;
    }
    int code = (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    if (code >= 1000 && code < 1016) {
      return OF_STANDARD_CODE;
    }
    return code >= 3000 && code < 5000 ? OF_OTHER_CODE : NO_FRAME;
  }

  /** Whether bytes are UTF-8 without control characters, which texts masked twice have. */
  private static boolean isText(byte[] payload, boolean whole) {
    for (byte each : payload) {
      if (each >= 0 && each < ' ' && each != '\t' && each != '\n' && each != '\r') {
        return false;
      }
    }
    Utf8 utf8 = new Utf8();
    return utf8.check(ByteBuffer.wrap(payload)) < 0 && (!whole || utf8.isComplete());
  }
}
