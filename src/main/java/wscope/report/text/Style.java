package wscope.report.text;

/** The role of a piece of text, and its colour on a terminal (ECMA-48 SGR). */
public enum Style {
  /** The first words of a frame or a message. */
  HEADING("1"),
  /** Bytes and bits. In a payload, only visible ASCII. */
  BYTES("36"),
  /** Zero bytes of a payload. */
  ZERO("90"),
  /** Spaces, tabs and line ends of a payload. */
  WHITESPACE("32"),
  /** Other control characters of a payload. */
  CONTROL("35"),
  /** Bytes of a payload that are not ASCII. */
  HIGH("33"),
  /** Text from a payload. */
  TEXT("32"),
  /** A violation. */
  ERROR("1;31"),
  /** A violation that is tolerated. */
  WARNING("33"),
  /** Secondary text: offsets, notes, hints. */
  ASIDE("2");

  private static final Style[] OF_BYTE = new Style[256];

  static {
    for (int b = 0; b < OF_BYTE.length; b++) {
      OF_BYTE[b] = classOf(b);
    }
  }

  private final String sgr;

  Style(String parameters) {
    sgr = "\u001b[" + parameters + "m";
  }

  /** The style for a byte in a payload. */
  static Style ofByte(byte b) {
    return OF_BYTE[b & 0xff];
  }

  private static Style classOf(int b) {
    if (b == 0) {
      return ZERO;
    }
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      return WHITESPACE;
    }
    return b < ' ' || b == 0x7f ? CONTROL : b < 0x80 ? BYTES : HIGH;
  }

  /** The escape sequence that switches the style on. */
  String sgr() {
    return sgr;
  }
}
