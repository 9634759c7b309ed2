package wscope.protocol.message;

import java.util.HexFormat;

/** What is wrong with a text that is not UTF-8, in words. */
final class Utf8Error {
  /** The text stops where a code point needs more bytes. */
  static final String END = "the text ends inside a character";

  private Utf8Error() {}

  /** A byte that cannot stand where it stands. */
  static String at(byte bad, long index) {
    return "byte " + HexFormat.of().toHexDigits(bad) + " at offset " + index + " of the text";
  }
}
