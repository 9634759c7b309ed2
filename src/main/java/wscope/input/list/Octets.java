package wscope.input.list;

import java.util.Arrays;

/** A growing array of bytes. */
final class Octets {
  private byte[] bytes = new byte[64];
  private int count;

  void clear() {
    count = 0;
  }

  void add(int value) {
    if (count == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * count);
    }
    bytes[count++] = (byte) value;
  }

  /** Adds a character in UTF-8. */
  void addCharacter(int c) {
    if (c < 0x80) {
      add(c);
    } else if (c < 0x800) {
      add(0xc0 | c >> 6);
      add(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
      add(0xe0 | c >> 12);
      add(0x80 | (c >> 6 & 0x3f));
      add(0x80 | (c & 0x3f));
    } else {
      add(0xf0 | c >> 18);
      add(0x80 | (c >> 12 & 0x3f));
      add(0x80 | (c >> 6 & 0x3f));
      add(0x80 | (c & 0x3f));
    }
  }

  /** Forgets all but the first bytes. */
  void truncate(int count) {
    this.count = Math.max(0, count);
  }

  int count() {
    return count;
  }

  /** The array, of which the first {@link #count} are used. */
  byte[] array() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, count);
  }
}
