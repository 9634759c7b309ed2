package wscope.input.spelling;

import java.nio.ByteBuffer;

/** The bytes that a reader has decoded and nobody has taken yet. */
final class Octets {
  private static final int CAPACITY = 16 << 10;

  private final byte[] bytes = new byte[CAPACITY];
  private int start;
  private int end;

  void put(int b) {
    bytes[end++] = (byte) b;
  }

  void put(byte[] from, int start, int count) {
    System.arraycopy(from, start, bytes, end, count);
    end += count;
  }

  /** How many bytes fit. */
  int room() {
    return CAPACITY - end;
  }

  /** How many bytes it holds. */
  int count() {
    return end - start;
  }

  void clear() {
    start = 0;
    end = 0;
  }

  /** Moves as many bytes as fit. */
  void moveTo(ByteBuffer out) {
    int count = Math.min(count(), out.remaining());
    out.put(bytes, start, count);
    start += count;
    if (start == end) {
      clear();
    }
  }
}
