package wscope.report;

import java.util.Locale;

/** A format for the bytes of frames, for pasting into source code or other tools. */
public enum ByteFormat {
  /** Pairs of hex digits, one line for each frame. */
  HEX("", "", " ", "\n", "\n"),
  /** Hex numbers with 0x, one line for each frame. */
  PREFIXED("", "0x", ", ", ",\n", "\n"),
  /** An array initializer in C. */
  C("{", "0x", ", ", ",\n ", "}\n"),
  /** An array in Java, where bytes from 0x80 on need a cast. */
  JAVA("new byte[] {", "0x", ", ", ",\n    ", "}\n"),
  /** A bytes literal in Python, with a part for each frame. */
  PYTHON("b'", "\\x", "", "' \\\n    b'", "'\n"),
  /** Base64 (RFC 4648 §4), all frames in one line. */
  BASE64("", "", "", "", "\n"),
  /** The raw bytes. */
  RAW("", "", "", "", "");

  private final String start;
  private final String prefix;
  private final String betweenBytes;
  private final String betweenFrames;
  private final String end;

  ByteFormat(String start, String prefix, String betweenBytes, String betweenFrames, String end) {
    this.start = start;
    this.prefix = prefix;
    this.betweenBytes = betweenBytes;
    this.betweenFrames = betweenFrames;
    this.end = end;
  }

  /** The text before the first byte. */
  String start() {
    return start;
  }

  /** The text before the hex digits of a byte. */
  String prefix(byte b) {
    return this == JAVA && b < 0 ? "(byte) 0x" : prefix;
  }

  String betweenBytes() {
    return betweenBytes;
  }

  String betweenFrames() {
    return betweenFrames;
  }

  /** The text after the last byte. */
  String end() {
    return end;
  }

  /** Whether bytes are written as hex digits. */
  boolean isHex() {
    return this != BASE64 && this != RAW;
  }

  /** The name that users type. */
  @Override
  public String toString() {
    return this == PREFIXED ? "0x" : name().toLowerCase(Locale.ROOT);
  }
}
