package wscope.input.spelling;

import java.util.Locale;

/**
 * A way to write bytes as text. Every spelling skips what separates or surrounds the bytes: spaces,
 * punctuation, words.
 */
public enum Spelling {
  /** Pairs of hex digits: {@code 81 83 3d}, {@code 81833d}, {@code 0x81, 0x83}. */
  HEX,
  /** Numbers from -128 to 255: {@code 129 131 61}, {@code [-127, -125, 61]}. */
  DECIMAL,
  /** Binary digits, most significant first: {@code 10000001 10000011}. */
  BITS,
  /** A string literal, or the inside of one: {@code b'\x81\x83=T'}. */
  ESCAPED,
  /** RFC 4648 §4 or §5, with or without padding. */
  BASE64,
  /**
   * Rows of an offset, bytes in hex, and characters, as xxd, hexdump -C and curl --trace print
   * them.
   */
  DUMP,
  /** The bytes themselves. */
  RAW;

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A reader for a new text. */
  SpellingReader reader(Octets out) {
    return switch (this) {
      case HEX -> new HexReader(out);
      case DECIMAL -> new DecimalReader(out);
      case BITS -> new BitReader(out);
      case ESCAPED -> new EscapeReader(out);
      case BASE64 -> new Base64Reader(out);
      case DUMP -> new DumpReader(out);
      case RAW -> new RawReader(out);
    };
  }
}
