package wscope.protocol.deflate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Inflates by the letter of RFC 1951. Unlike zlib, it fails at a distance beyond the window, so it
 * proves that a sender obeys the agreed window.
 */
final class StrictInflate {
  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_EXTRA = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final int[] DISTANCE_BASE = {
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577
  };
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private final int window;
  private byte[] plain = new byte[1 << 16];
  private int length;
  private byte[] in = new byte[0];
  private int at;
  private int bit;
  private int largestDistance;

  StrictInflate(int windowBits) {
    window = 1 << windowBits;
  }

  /** Inflates a message without its tail. Keeps the window of the messages before. */
  byte[] message(byte[] compressed) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(compressed);
    whole.writeBytes(new byte[] {0, 0, -1, -1});
    in = whole.toByteArray();
    at = 0;
    bit = 0;
    int start = length;
    while (at < in.length) {
      block();
    }
    byte[] message = new byte[length - start];
    System.arraycopy(plain, start, message, 0, message.length);
    return message;
  }

  /** Forgets the window, as at the start of a message without context takeover. */
  void reset() {
    length = 0;
  }

  int largestDistance() {
    return largestDistance;
  }

  private void block() {
    boolean last = bits(1) == 1;
    switch (bits(2)) {
      case 0 -> stored();
      case 1 -> {
        int[] lengths = new int[288];
        for (int i = 0; i < 288; i++) {
          lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        }
        int[] distances = new int[30];
        Arrays.fill(distances, 5);
        symbols(new Code(lengths), new Code(distances));
      }
      case 2 -> dynamic();
      default -> throw new IllegalStateException("block type 3");
    }
    if (last) {
      alignToByte();
    }
  }

  private void alignToByte() {
    if (bit > 0) {
      bit = 0;
      at++;
    }
  }

  private void stored() {
    alignToByte();
    int count = bits(16);
    if (bits(16) != (count ^ 0xffff)) {
      throw new IllegalStateException("length of a stored block");
    }
    for (int i = 0; i < count; i++) {
      put((byte) bits(8));
    }
  }

  private void dynamic() {
    int literals = bits(5) + 257;
    int distances = bits(5) + 1;
    int codes = bits(4) + 4;
    int[] lengths = new int[19];
    for (int i = 0; i < codes; i++) {
      lengths[ORDER[i]] = bits(3);
    }
    Code code = new Code(lengths);
    int[] all = new int[literals + distances];
    int i = 0;
    while (i < all.length) {
      int symbol = code.next();
      int value = symbol < 16 ? symbol : symbol == 16 ? all[i - 1] : 0;
      int repeat =
          switch (symbol) {
            case 16 -> 3 + bits(2);
            case 17 -> 3 + bits(3);
            case 18 -> 11 + bits(7);
            default -> 1;
          };
      Arrays.fill(all, i, i + repeat, value);
      i += repeat;
    }
    symbols(
        new Code(Arrays.copyOf(all, literals)),
        new Code(Arrays.copyOfRange(all, literals, all.length)));
  }

  private void symbols(Code literals, Code distances) {
    for (int symbol = literals.next(); symbol != 256; symbol = literals.next()) {
      if (symbol < 256) {
        put((byte) symbol);
      } else {
        int count = LENGTH_BASE[symbol - 257] + bits(LENGTH_EXTRA[symbol - 257]);
        int code = distances.next();
        int distance = DISTANCE_BASE[code] + bits(Math.max(0, code / 2 - 1));
        if (distance > window || distance > length) {
          throw new IllegalStateException("distance " + distance + " with window " + window);
        }
        largestDistance = Math.max(largestDistance, distance);
        for (int i = 0; i < count; i++) {
          put(plain[length - distance]);
        }
      }
    }
  }

  private void put(byte b) {
    if (length == plain.length) {
      plain = Arrays.copyOf(plain, 2 * length);
    }
    plain[length++] = b;
  }

  private int bits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value |= (in[at] >> bit & 1) << i;
      bit = (bit + 1) & 7;
      at += bit == 0 ? 1 : 0;
    }
    return value;
  }

  /** A Huffman code by the lengths of its symbols (§3.2.2). */
  private final class Code {
    private final int[] counts = new int[16];
    private final int[] symbols;

    Code(int[] lengths) {
      int[] next = new int[16];
      for (int length : lengths) {
        counts[length]++;
      }
      counts[0] = 0;
      for (int i = 1; i < 16; i++) {
        next[i] = next[i - 1] + counts[i - 1];
      }
      symbols = new int[lengths.length];
      for (int symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] > 0) {
          symbols[next[lengths[symbol]]++] = symbol;
        }
      }
    }

    int next() {
      int code = 0;
      int first = 0;
      int index = 0;
      for (int bits = 1; bits < 16; bits++) {
        code |= bits(1);
        int count = counts[bits];
        if (code - count < first) {
          return symbols[index + code - first];
        }
        index += count;
        first = (first + count) << 1;
        code <<= 1;
      }
      throw new IllegalStateException("unknown code");
    }
  }
}
