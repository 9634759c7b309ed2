package wscope.report;

/** Writes decimal digits in ASCII. */
public final class Digits {
  private Digits() {}

  /** The last digits of a number, 0 or more, with zeros before them. */
  public static void write(long value, byte[] into, int at, int count) {
    long rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      into[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
