package wscope.input.spelling;

import java.io.IOException;
import java.io.InputStream;

/**
 * Spaces beyond ASCII, as web pages, chats and word processors put them between bytes, also those
 * without a width. As a stream, it has a space for each.
 */
public final class UnicodeSpaces extends InputStream {
  private static final int LONGEST = 3;

  private final InputStream in;
  private final byte[] text = new byte[8 << 10];
  private int at;

  /** Where what can be passed on ends. */
  private int ready;

  private int end;

  UnicodeSpaces(InputStream in) {
    this.in = in;
  }

  /** How many bytes of UTF-8 the space at an index has; 0 if there is none. */
  public static int length(byte[] text, int at, int to) {
    if (text[at] == (byte) 0xc2) {
      return at + 1 < to && text[at + 1] == (byte) 0xa0 ? 2 : 0;
    }
    if (at + 2 >= to) {
      return 0;
    }
    int character = (text[at] & 0xff) << 16 | (text[at + 1] & 0xff) << 8 | (text[at + 2] & 0xff);
    boolean space =
        (character >= 0xe28080 && character <= 0xe2808b) // U+2000 to U+200B
            || character == 0xe280af // U+202F
            || character == 0xe2819f // U+205F
            || character == 0xe281a0 // U+2060
            || character == 0xe38080 // U+3000
            || character == 0xefbbbf; // U+FEFF
    return space ? LONGEST : 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    while (at == ready) {
      System.arraycopy(text, ready, text, 0, end - ready);
      end -= ready;
      at = 0;
      ready = 0;
      int more = in.read(text, end, text.length - end);
      if (more < 0 && end == 0) {
        return -1;
      }
      end += Math.max(0, more);
      replace(more < 0);
    }
    int taken = Math.min(count, ready - at);
    System.arraycopy(text, at, into, from, taken);
    at += taken;
    return taken;
  }

  /** Replaces spaces, but not in what may be the start of one. */
  private void replace(boolean last) {
    int index = 0;
    while (index < end && (last || text[index] >= 0 || end - index >= LONGEST)) {
      int length = length(text, index, end);
      text[ready++] = length > 0 ? (byte) ' ' : text[index];
      index += Math.max(1, length);
    }
    System.arraycopy(text, index, text, ready, end - index);
    end -= index - ready;
  }
}
