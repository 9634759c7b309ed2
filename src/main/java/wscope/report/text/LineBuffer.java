package wscope.report.text;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The buffered lines of a {@link Screen}, in UTF-8. */
final class LineBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SPACES = " ".repeat(128).getBytes(StandardCharsets.US_ASCII);

  /** The numbers 00 to 99. */
  private static final byte[] PAIRS = new byte[200];

  /** The powers of ten that a long can hold, from 10 on. */
  private static final long[] TENS = new long[18];

  static {
    long power = 1;
    for (int i = 0; i < TENS.length; i++) {
      power *= 10;
      TENS[i] = power;
    }
    for (int i = 0; i < 100; i++) {
      PAIRS[2 * i] = (byte) ('0' + i / 10);
      PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
    }
  }

  /** Multiplied by this and shifted by 37 bits, an int is divided by 100. */
  private static final long HUNDREDTH = 1_374_389_535L;

  /** The initial size in bytes. */
  private static final int SMALL = 8 << 10;

  /** The size up to which memory is reused. Larger memory is released. */
  private static final int LARGE = 256 << 10;

  /** The longest array that every JVM can allocate. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] buffer = new byte[SMALL];
  private int size;

  /** Notes the numbers that are appended; null if no form is being made. */
  private Form.@Nullable Draft draft;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
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
    if (count <= SPACES.length) {
      System.arraycopy(SPACES, 0, buffer, size, count);
    } else {
      Arrays.fill(buffer, size, size + count, (byte) ' ');
    }
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
    byte[] to = buffer;
    bytes.get(start, to, size, count);
    int end = size + count;
    for (int i = size; i < end; i++) {
      byte b = to[i];
      if (b < ' ' || b == 0x7f) {
        to[i] = '.';
      }
    }
    size = end;
  }

  /**
   * Appends a non-negative number in decimal.
   *
   * @return the number of digits
   */
  int number(long value) {
    return number(value, digits(value));
  }

  /** Appends a non-negative number with a known number of digits. */
  int number(long value, int digits) {
    reserve(digits);
    size += digits;
    write(value, buffer, size);
    if (draft != null) {
      draft.number(size, digits);
    }
    return digits;
  }

  /** Writes a non-negative number in decimal. Its last digit comes before {@code end}. */
  static void write(long value, byte[] to, int end) {
    int at = end;
    long big = value;
    for (; big > Integer.MAX_VALUE; big /= 10) {
      to[--at] = (byte) ('0' + big % 10);
    }
    // The first compiler of the JVM multiplies much faster than it divides.
    int rest = (int) big;
    while (rest >= 100) {
      int hundredth = (int) ((rest * HUNDREDTH) >>> 37);
      int pair = 2 * (rest - 100 * hundredth);
      to[--at] = PAIRS[pair + 1];
      to[--at] = PAIRS[pair];
      rest = hundredth;
    }
    to[--at] = PAIRS[2 * rest + 1];
    if (rest >= 10) {
      to[--at] = PAIRS[2 * rest];
    }
  }

  /** Begins to note the numbers of a form, whose lines are appended now. */
  void beginForm(int numbers) {
    draft = new Form.Draft(size, numbers);
  }

  /** The form of the lines since {@link #beginForm}; null if some of them are gone. */
  @Nullable Form endForm() {
    Form form = draft == null ? null : draft.form(buffer, size);
    draft = null;
    return form;
  }

  /** Appends the lines of a form with other numbers, which fit it. */
  void fill(Form form, long[] numbers) {
    reserve(form.length());
    form.write(buffer, size, numbers);
    size += form.length();
  }

  /** The number of digits of a non-negative number in decimal. */
  static int digits(long value) {
    if (value < 10_000) {
      return value < 100 ? value < 10 ? 1 : 2 : value < 1_000 ? 3 : 4;
    }
    int digits = value < 100_000_000 ? 5 : 9;
    while (digits <= TENS.length && value >= TENS[digits - 1]) {
      digits++;
    }
    return digits;
  }

  /** The least number that has this many digits; the greatest of all if a long holds none. */
  static long least(int digits) {
    return digits == 1 ? 0 : digits <= TENS.length + 1 ? TENS[digits - 2] : Long.MAX_VALUE;
  }

  /** Appends a byte as two hex digits. */
  void hex(int value) {
    reserve(2);
    buffer[size++] = HEX[value >> 4 & 0xf];
    buffer[size++] = HEX[value & 0xf];
  }

  /** Appends four bytes as eight hex digits, the most significant byte first. */
  void hexInt(int value) {
    reserve(2 * Integer.BYTES);
    for (int shift = 28; shift >= 0; shift -= 4) {
      buffer[size++] = HEX[value >>> shift & 0xf];
    }
  }

  /**
   * Appends bytes as two hex digits each, separated by spaces.
   *
   * @return the number of characters that were appended
   */
  int hex(ByteBuffer bytes, int start, int count) {
    if (count == 0) {
      return 0;
    }
    reserve(3L * count);
    // The bytes begin where the last digits end, so that no digit replaces a byte too early.
    int from = size + 2 * count;
    byte[] to = buffer;
    bytes.get(start, to, from, count);
    int at = size;
    for (int i = from; i < from + count; i++) {
      int value = to[i];
      to[at] = HEX[value >> 4 & 0xf];
      to[at + 1] = HEX[value & 0xf];
      to[at + 2] = ' ';
      at += 3;
    }
    int width = 3 * count - 1;
    size += width;
    return width;
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
    draft = null;
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

  /** Short enough for the JVM to inline it. */
  private void reserve(long count) {
    if (count > buffer.length - size) {
      grow(count);
    }
  }

  private void grow(long count) {
    buffer = Arrays.copyOf(buffer, grown(buffer.length, size + count));
  }

  /** The new size of a buffer that is too small. */
  static int grown(int length, long needed) {
    if (needed > MOST) {
      throw new OutOfMemoryError("a line of more than 2 GiB");
    }
    return (int) Math.min(MOST, Math.max(2L * length, needed));
  }
}
