package wscope.input;

import java.util.Locale;

/** A way to write bytes as text. */
public enum Spelling {
  /** Pairs of hex digits, with or without 0x, blanks and commas. */
  HEX,
  /** Numbers from 0 to 255, separated by blanks or commas. */
  DECIMAL;

  /** What users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a character separates numbers in every spelling. */
  static boolean isSeparator(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == ',';
  }
}
