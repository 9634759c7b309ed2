package wscope.input;

import java.io.InputStream;
import java.util.Random;

/** Gives a text in pieces of a few bytes, as a pipe may, and counts how often its end was told. */
final class Drip extends InputStream {
  private final byte[] text;
  private final int most;
  private final Random random = new Random(42);
  private int at;
  private int ends;

  /**
   * @param most bytes in a piece
   */
  Drip(byte[] text, int most) {
    this.text = text;
    this.most = most;
  }

  /** How often somebody has read on at the end of the text. */
  int ends() {
    return ends;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (at == text.length) {
      ends++;
      return -1;
    }
    int count = Math.min(Math.min(length, text.length - at), 1 + random.nextInt(most));
    System.arraycopy(text, at, into, offset, count);
    at += count;
    return count;
  }
}
