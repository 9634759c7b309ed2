package wscope.report.text;

/**
 * The role of a piece of text, and its look on a terminal (ECMA-48 SGR).
 *
 * <p>Most roles keep the foreground and background of the terminal, which its user can read, and
 * differ in weight, underline or reverse video. No colour alone has a contrast of 4.5:1 (WCAG AA)
 * on both a black and a white background, so violations and warnings set both colours of the text:
 * bright white on red, and black on yellow. These pairs have at least 4:1 on any background, with
 * the palettes of xterm, the Linux console and Solarized, whose plain text has little more. Black
 * on bright yellow has less than 3:1 in Solarized, where bright yellow is a grey. The palette that
 * a user has chosen cannot be known: it may give these eight numbers any colours, and may ignore
 * bold or underline. Dim text is not used, because each terminal dims it differently.
 */
public enum Style {
  /** The first words of a frame or a message. */
  HEADING("1"),
  /** Bytes and bits. In a payload, only visible ASCII. */
  BYTES(""),
  /** Zero bytes of a payload. */
  ZERO(""),
  /** Spaces, tabs and line ends of a payload. */
  WHITESPACE("4"),
  /** Other control characters of a payload. */
  CONTROL("7"),
  /** Bytes of a payload that are not ASCII. */
  HIGH("1"),
  /** Text from a payload. */
  TEXT(""),
  /** A violation. */
  ERROR("1;97;41"),
  /** A violation that is tolerated. */
  WARNING("30;43"),
  /** Secondary text: offsets, notes, hints. */
  ASIDE("");

  private static final Style[] OF_BYTE = new Style[256];

  static {
    for (int b = 0; b < OF_BYTE.length; b++) {
      OF_BYTE[b] = classOf(b);
    }
  }

  private final String sgr;

  Style(String parameters) {
    sgr = parameters.isEmpty() ? "" : "\u001b[" + parameters + "m";
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

  /** The escape sequence that switches the style on; empty for the look of plain text. */
  String sgr() {
    return sgr;
  }
}
