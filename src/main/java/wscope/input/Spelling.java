package wscope.input;

import java.util.Locale;

/**
 * A way to write bytes as text. What separates or surrounds the bytes is passed over in every
 * spelling: blanks, punctuation, words.
 */
public enum Spelling {
  /** Pairs of hex digits: {@code 81 83 3d}, {@code 81833d}, {@code 0x81, 0x83}. */
  HEX,
  /** Numbers from -128 to 255: {@code 129 131 61}, {@code [-127, -125, 61]}. */
  DECIMAL,
  /** Binary digits, the highest first: {@code 10000001 10000011}. */
  BITS,
  /** A string literal, or the inside of one: {@code b'\x81\x83=T'}. */
  ESCAPED,
  /** RFC 4648 §4 or §5, with or without padding. */
  BASE64,
  /** Rows of offset, bytes in hex, and characters, as xxd, hexdump -C and curl --trace print. */
  DUMP,
  /** The bytes as they are. */
  RAW;

  /** What users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A reader of a new text. */
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
