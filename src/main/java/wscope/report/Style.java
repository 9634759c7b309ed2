package wscope.report;

/** What a piece of text is, and the colour that shows it on a terminal (ECMA-48 SGR). */
enum Style {
  /** The first words of a frame or a message. */
  HEADING("1"),
  /** Bytes and bits. */
  BYTES("36"),
  /** Text from a payload. */
  TEXT("32"),
  /** A broken rule. */
  ERROR("1;31"),
  /** A broken rule that is tolerated. */
  WARNING("33"),
  /** What stands aside: offsets, notes, hints. */
  ASIDE("2");

  private final String sgr;

  Style(String parameters) {
    sgr = "\u001b[" + parameters + "m";
  }

  /** The escape sequence that switches it on. */
  String sgr() {
    return sgr;
  }
}
