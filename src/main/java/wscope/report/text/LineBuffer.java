package wscope.report.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of lines that are not written yet: what {@link Screen} lays out, in UTF-8. */
final class LineBuffer {
  private static final int LONGEST_NUMBER = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** In bytes, at first. */
  private static final int SMALL = 8 << 10;

  /** Memory of this size is used again; more is let go. */
  private static final int LARGE = 256 << 10;

  /** The longest array that every Java makes. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] buffer = new byte[SMALL];
  private int size;

  int size() {
    return size;
  }

  /**
   * The characters of a text up to the first that is not ASCII.
   *
   * @return how many these are
   */
  int ascii(String text) {
    int length = text.length();
    reserve(length);
    int i = 0;
    for (; i < length && text.charAt(i) < 0x80; i++) {
      buffer[size + i] = (byte) text.charAt(i);
    }
    size += i;
    return i;
  }

  /** One character. */
  void codePoint(int codePoint) {
    if (codePoint < 0x80) {
      put(codePoint);
    } else {
      utf8(codePoint);
    }
  }

  void blanks(int count) {
    reserve(count);
    Arrays.fill(buffer, size, size + count, (byte) ' ');
    size += count;
  }

  void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** Bytes that are characters of ASCII. */
  void bytes(ByteBuffer bytes, int start, int count) {
    reserve(count);
    bytes.get(start, buffer, size, count);
    size += count;
  }

  /** Bytes as characters; a dot for what is not visible ASCII. */
  void characters(ByteBuffer bytes, int start, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      byte b = bytes.get(start + i);
      buffer[size + i] = b >= ' ' && b < 0x7f ? b : (byte) '.';
    }
    size += count;
  }

  /**
   * A number in decimal that is not negative.
   *
   * @return how many digits it has
   */
  int number(long value) {
    reserve(LONGEST_NUMBER);
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = value;
    for (int at = size + digits - 1; at >= size; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
    return digits;
  }

  /** A byte as two hex digits. */
  void hex(int value) {
    reserve(2);
    buffer[size++] = HEX[value >> 4 & 0xf];
    buffer[size++] = HEX[value & 0xf];
  }

  /**
   * Bytes as two hex digits each, separated by blanks.
   *
   * @return how many characters these are
   */
  int hex(ByteBuffer bytes, int start, int count) {
    reserve(3L * count);
    int before = size;
    for (int i = start; i < start + count; i++) {
      int value = bytes.get(i);
      buffer[size] = HEX[value >> 4 & 0xf];
      buffer[size + 1] = HEX[value & 0xf];
      buffer[size + 2] = ' ';
      size += 3;
    }
    size -= count > 0 ? 1 : 0;
    return size - before;
  }

  /**
   * The time of now.
   *
   * @return how many characters it has
   */
  int time(LineTimes times) {
    reserve(LineTimes.LONGEST);
    int width = times.write(buffer, size);
    size += width;
    return width;
  }

  /** Takes a blank at the end away. */
  void dropSpace() {
    if (size > 0 && buffer[size - 1] == ' ') {
      size--;
    }
  }

  /** Takes what is behind an index away. */
  byte[] cut(int from) {
    byte[] end = Arrays.copyOfRange(buffer, from, size);
    size = from;
    return end;
  }

  void clear() {
    size = 0;
    if (buffer.length > LARGE) {
      buffer = new byte[SMALL];
    }
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(buffer, 0, size);
  }

  /** A code point beyond ASCII: a byte with its highest bits, the others with six each. */
  private void utf8(int codePoint) {
    int others = codePoint < 0x800 ? 1 : codePoint < 0x10000 ? 2 : 3;
    put((0xff80 >> others) | (codePoint >> (6 * others)));
    for (int shift = 6 * (others - 1); shift >= 0; shift -= 6) {
      put(0x80 | ((codePoint >> shift) & 0x3f));
    }
  }

  private void put(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
  }

  private void reserve(long count) {
    if (size + count > buffer.length) {
      buffer = Arrays.copyOf(buffer, grown(buffer.length, size + count));
    }
  }

  /** The size of a buffer that is to hold more than it has room for. */
  static int grown(int length, long needed) {
    if (needed > MOST) {
      throw new OutOfMemoryError("a line of more than 2 GiB");
    }
    return (int) Math.min(MOST, Math.max(2L * length, needed));
  }
}
