package wscope.input.spelling;

/**
 * Distinguishes text from other bytes. Text is UTF-8 without control characters, except tab, line
 * ends, form feed and escape (used by colours).
 */
public final class TextCheck {
  private int needed;
  private boolean c1Follows;

  /** Takes the next byte. Returns false if no text contains it here. */
  public boolean take(byte b) {
    if (needed > 0) {
      boolean fits = (b & 0xc0) == 0x80 && !(c1Follows && (b & 0xff) < 0xa0);
      needed--;
      c1Follows = false;
      return fits;
    }
    if (b >= 0) {
      return (b >= ' ' && b < 0x7f) || b == '\n' || b == '\r' || b == '\t' || b == '\f' || b == 27;
    }
    int lead = b & 0xff;
    needed = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    c1Follows = lead == 0xc2;
    return lead >= 0xc2 && lead <= 0xf4;
  }

  /** Whether the last character is complete. */
  public boolean isWhole() {
    return needed == 0;
  }
}
