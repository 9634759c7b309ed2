package wscope.input.spelling;

import java.io.InputStream;
import java.util.Random;

/** Gives a text in pieces of a few bytes, as a pipe may, and counts how often its end was told. */
public final class Drip extends InputStream {
  private final byte[] text;
  private final int most;
  private final int first;
  private final Random random = new Random(42);
  private int at;
  private int ends;

  /**
   * @param most bytes in a piece
   */
  public Drip(byte[] text, int most) {
    this(text, most, 0);
  }

  private Drip(byte[] text, int most, int first) {
    this.text = text;
    this.most = most;
    this.first = first;
  }

  /** Gives a text in two pieces. */
  public static Drip inTwo(byte[] text, int cut) {
    return new Drip(text, text.length, cut);
  }

  /** How often somebody has read on at the end of the text. */
  public int ends() {
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
    int count = Math.min(Math.min(length, text.length - at), size());
    System.arraycopy(text, at, into, offset, count);
    at += count;
    return count;
  }

  private int size() {
    if (first == 0) {
      return 1 + random.nextInt(most);
    }
    return at == 0 ? first : most;
  }
}
