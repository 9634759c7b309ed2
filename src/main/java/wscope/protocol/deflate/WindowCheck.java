package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * Finds the first distance in a compressed message that exceeds the negotiated window (RFC 7692
 * §7.1.2). zlib accepts it, because it keeps 32 KiB of data. This class reads the blocks of RFC
 * 1951 §3.2 bit by bit, but neither copies nor keeps any data. It reads nothing after the first
 * such distance, or after an error that zlib reports.
 */
public final class WindowCheck {
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };

  /** The order in which a dynamic block lists the lengths of the codes for code lengths. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int END_OF_BLOCK = 256;
  private static final int LITERALS = 288;
  private static final int FIXED_DISTANCES = 30;

  /** What the next field or symbol is. */
  private enum State {
    BLOCK,
    STORED_LENGTH,
    STORED,
    TABLE_SIZES,
    CODE_LENGTHS,
    LENGTHS,
    REPEAT,
    LITERAL,
    LENGTH_EXTRA,
    DISTANCE,
    DISTANCE_EXTRA,
    /** Nothing more is read of this message. */
    OFF
  }

  private final int window;
  private State state = State.BLOCK;
  private boolean isFinal;

  /** The number of missing bits of the current field, and the bits so far. */
  private int missing;

  private int have;
  private int value;

  private int storedLeft;
  private int literalCodes;
  private int distanceCodes;
  private int lengthCodes;

  /** The number of code lengths that are known, and their values. */
  private int known;

  private final byte[] lengths = new byte[LITERALS + 32];
  private int symbol;
  private final PrefixCode literals = new PrefixCode(LITERALS);
  private final PrefixCode distances = new PrefixCode(32);

  /** The distance that was found; 0 if there is none. */
  private int found;

  private WindowCheck(int window) {
    this.window = window;
    start();
  }

  /** The check for a sender; null if its window is the largest, which no distance can exceed. */
  public static @Nullable WindowCheck of(DeflateParameters agreed, Endpoint sender) {
    int bits = agreed.maxWindowBits(sender);
    return bits < DeflateParameters.MOST_WINDOW_BITS ? new WindowCheck(1 << bits) : null;
  }

  /** Starts a message, which begins with a block. */
  public void start() {
    found = 0;
    field(State.BLOCK, 3);
  }

  /** Skips the rest of the message. */
  public void skip() {
    state = State.OFF;
  }

  /** The size of the window in bytes. */
  public int window() {
    return window;
  }

  /** The distance that {@link #scan} has found. */
  public int distance() {
    return found;
  }

  /**
   * Reads the next bytes of the message.
   *
   * @param compressed the bytes from position to limit, neither of which moves
   * @return the index of the byte that completes a distance beyond the window; -1 if none does
   */
  public int scan(ByteBuffer compressed) {
    int limit = compressed.limit();
    int at = compressed.position();
    while (at < limit && state != State.OFF) {
      if (state == State.STORED) {
        int count = Math.min(storedLeft, limit - at);
        storedLeft -= count;
        at += count;
        if (storedLeft == 0) {
          endBlock();
        }
        continue;
      }
      int b = compressed.get(at);
      boolean aligned = false;
      for (int i = 0; i < 8 && !aligned && state != State.OFF; i++) {
        aligned = bit(b >> i & 1);
      }
      if (found > 0) {
        skip();
        return at;
      }
      at++;
    }
    return -1;
  }

  /**
   * Reads a bit.
   *
   * @return whether the rest of the byte is padding
   */
  private boolean bit(int bit) {
    switch (state) {
      case LENGTHS, LITERAL, DISTANCE -> {
        PrefixCode code = state == State.DISTANCE ? distances : literals;
        int decoded = code.bit(bit);
        if (decoded == PrefixCode.INVALID) {
          skip();
        } else if (decoded >= 0) {
          return symbol(decoded);
        }
        return false;
      }
      default -> {
        value |= bit << have;
        have++;
        return have == missing && complete();
      }
    }
  }

  private boolean symbol(int decoded) {
    symbol = decoded;
    switch (state) {
      case LENGTHS -> codeLength();
      case LITERAL -> {
        return literal();
      }
      default -> distanceCode();
    }
    return false;
  }

  /** A literal needs nothing more; a length has extra bits and a distance after it. */
  private boolean literal() {
    if (symbol == END_OF_BLOCK) {
      boolean last = isFinal;
      endBlock();
      return last;
    }
    if (symbol > 285) {
      skip();
    } else if (symbol > END_OF_BLOCK) {
      int extra = symbol < 265 || symbol == 285 ? 0 : (symbol - 261) / 4;
      if (extra == 0) {
        state = State.DISTANCE;
      } else {
        field(State.LENGTH_EXTRA, extra);
      }
    }
    return false;
  }

  private void distanceCode() {
    if (symbol >= DISTANCE_BASE.length) {
      skip();
    } else if (symbol < 4) {
      checkDistance(0);
    } else {
      field(State.DISTANCE_EXTRA, (symbol - 2) / 2);
    }
  }

  private void checkDistance(int extra) {
    int distance = DISTANCE_BASE[symbol] + extra;
    state = State.LITERAL;
    if (distance > window) {
      found = distance;
      state = State.OFF;
    }
  }

  /**
   * Ends a field.
   *
   * @return whether the rest of the byte is padding
   */
  private boolean complete() {
    switch (state) {
      case BLOCK -> {
        return block();
      }
      case STORED_LENGTH -> stored();
      case TABLE_SIZES -> tableSizes();
      case CODE_LENGTHS -> codeLengthOfCodeLengths();
      case REPEAT -> repeat();
      case LENGTH_EXTRA -> state = State.DISTANCE;
      default -> checkDistance(value);
    }
    return false;
  }

  private boolean block() {
    isFinal = (value & 1) == 1;
    switch (value >> 1) {
      case 0 -> {
        field(State.STORED_LENGTH, 32);
        return true;
      }
      case 1 -> fixed();
      case 2 -> field(State.TABLE_SIZES, 14);
      default -> skip();
    }
    return false;
  }

  private void stored() {
    storedLeft = value & 0xffff;
    if ((value >>> 16) != (~storedLeft & 0xffff)) {
      skip();
    } else if (storedLeft == 0) {
      endBlock();
    } else {
      state = State.STORED;
    }
  }

  private void fixed() {
    for (int i = 0; i < LITERALS; i++) {
      lengths[i] = (byte) (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8);
    }
    literals.set(lengths, 0, LITERALS);
    for (int i = 0; i < FIXED_DISTANCES; i++) {
      lengths[i] = 5;
    }
    distances.set(lengths, 0, FIXED_DISTANCES);
    state = State.LITERAL;
  }

  private void tableSizes() {
    literalCodes = 257 + (value & 0x1f);
    distanceCodes = 1 + (value >> 5 & 0x1f);
    lengthCodes = 4 + (value >> 10);
    known = 0;
    for (int i = 0; i < ORDER.length; i++) {
      lengths[i] = 0;
    }
    field(State.CODE_LENGTHS, 3);
    if (literalCodes > 286) {
      skip();
    }
  }

  private void codeLengthOfCodeLengths() {
    lengths[ORDER[known++]] = (byte) value;
    if (known < lengthCodes) {
      field(State.CODE_LENGTHS, 3);
    } else {
      literals.set(lengths, 0, ORDER.length);
      known = 0;
      state = State.LENGTHS;
    }
  }

  private void codeLength() {
    if (symbol < 16) {
      lengths[known++] = (byte) symbol;
      endLengths();
    } else {
      field(State.REPEAT, symbol == 16 ? 2 : symbol == 17 ? 3 : 7);
    }
  }

  private void repeat() {
    int count = value + (symbol == 18 ? 11 : 3);
    if ((symbol == 16 && known == 0) || known + count > literalCodes + distanceCodes) {
      skip();
      return;
    }
    byte length = symbol == 16 ? lengths[known - 1] : 0;
    for (int i = 0; i < count; i++) {
      lengths[known++] = length;
    }
    state = State.LENGTHS;
    endLengths();
  }

  private void endLengths() {
    if (known == literalCodes + distanceCodes) {
      distances.set(lengths, literalCodes, distanceCodes);
      literals.set(lengths, 0, literalCodes);
      state = State.LITERAL;
    }
  }

  /** After a final block, zlib starts again at the next byte. */
  private void endBlock() {
    field(State.BLOCK, 3);
  }

  private void field(State next, int bits) {
    state = next;
    missing = bits;
    have = 0;
    value = 0;
  }
}
