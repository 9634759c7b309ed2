package wscope.protocol.message;

import java.util.HexFormat;

/** Describes an error in UTF-8, in words. */
final class Utf8Error {
  /** The text stops where a code point needs more bytes. */
  static final String END = "the text ends inside a character";

  private Utf8Error() {}

  /** Describes a byte that is invalid in its place. */
  static String at(byte invalid, long index) {
    return "byte " + HexFormat.of().toHexDigits(invalid) + " at offset " + index + " of the text";
  }
}
