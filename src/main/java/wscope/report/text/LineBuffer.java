package wscope.report.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The buffered lines of a {@link Screen}, in UTF-8. */
final class LineBuffer {
  private static final int LONGEST_NUMBER = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The initial size in bytes. */
  private static final int SMALL = 8 << 10;

  /** The size up to which memory is reused. Larger memory is released. */
  private static final int LARGE = 256 << 10;

  /** The longest array that every JVM can allocate. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] buffer = new byte[SMALL];
  private int size;

  int size() {
    return size;
  }

  /**
   * Appends the characters of a string up to the first that is not ASCII.
   *
   * @return the number of characters that were appended
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

  /** Appends one character. */
  void codePoint(int codePoint) {
    if (codePoint < 0x80) {
      put(codePoint);
    } else {
      utf8(codePoint);
    }
  }

  void spaces(int count) {
    reserve(count);
    Arrays.fill(buffer, size, size + count, (byte) ' ');
    size += count;
  }

  void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** Appends bytes that are ASCII characters. */
  void bytes(ByteBuffer bytes, int start, int count) {
    reserve(count);
    bytes.get(start, buffer, size, count);
    size += count;
  }

  /** Appends bytes as characters. A dot replaces each byte that is not visible ASCII. */
  void characters(ByteBuffer bytes, int start, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      byte b = bytes.get(start + i);
      buffer[size + i] = b >= ' ' && b < 0x7f ? b : (byte) '.';
    }
    size += count;
  }

  /**
   * Appends a non-negative number in decimal.
   *
   * @return the number of digits
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

  /** Appends a byte as two hex digits. */
  void hex(int value) {
    reserve(2);
    buffer[size++] = HEX[value >> 4 & 0xf];
    buffer[size++] = HEX[value & 0xf];
  }

  /**
   * Appends bytes as two hex digits each, separated by spaces.
   *
   * @return the number of characters that were appended
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
   * Appends the current time.
   *
   * @return the number of characters that were appended
   */
  int time(LineTimes times) {
    reserve(LineTimes.LONGEST);
    int width = times.write(buffer, size);
    size += width;
    return width;
  }

  /** Removes a space at the end. */
  void dropSpace() {
    if (size > 0 && buffer[size - 1] == ' ') {
      size--;
    }
  }

  /** Removes everything from an index on and returns it. */
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

  /**
   * Appends a code point beyond ASCII: a lead byte with its highest bits, then bytes with six bits
   * each.
   */
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

  /** The new size of a buffer that is too small. */
  static int grown(int length, long needed) {
    if (needed > MOST) {
      throw new OutOfMemoryError("a line of more than 2 GiB");
    }
    return (int) Math.min(MOST, Math.max(2L * length, needed));
  }
}
