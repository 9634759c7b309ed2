package wscope.report;

import java.util.Locale;

/** A way to write the bytes of frames, each to be pasted where its name says. */
public enum ByteFormat {
  /** Pairs of hex digits, a line a frame. */
  HEX("", "", " ", "\n", "\n"),
  /** Hex numbers with 0x, a line a frame. */
  PREFIXED("", "0x", ", ", ",\n", "\n"),
  /** The initializer of an array in C. */
  C("{", "0x", ", ", ",\n ", "}\n"),
  /** An array in Java, where a byte from 0x80 on needs a cast. */
  JAVA("new byte[] {", "0x", ", ", ",\n    ", "}\n"),
  /** A bytes literal in Python, with a part for each frame. */
  PYTHON("b'", "\\x", "", "' \\\n    b'", "'\n"),
  /** Base64 (RFC 4648 §4), all frames in one line. */
  BASE64("", "", "", "", "\n"),
  /** The bytes themselves and nothing else. */
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

  /** What stands before the first byte. */
  String start() {
    return start;
  }

  /** What stands before the hex digits of a byte. */
  String prefix(byte b) {
    return this == JAVA && b < 0 ? "(byte) 0x" : prefix;
  }

  String betweenBytes() {
    return betweenBytes;
  }

  String betweenFrames() {
    return betweenFrames;
  }

  /** What stands behind the last byte. */
  String end() {
    return end;
  }

  /** Whether bytes are written as hex digits. */
  boolean isHex() {
    return this != BASE64 && this != RAW;
  }

  /** What users type. */
  @Override
  public String toString() {
    return this == PREFIXED ? "0x" : name().toLowerCase(Locale.ROOT);
  }
}
