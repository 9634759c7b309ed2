package wscope.report;

/** Writes decimal digits in ASCII. */
public final class Digits {
  private Digits() {}

  /**
   * Writes the last digits of a number, with leading zeros.
   *
   * @param value 0 or more
   * @param at the index of the first digit
   */
  public static void write(long value, byte[] into, int at, int count) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
