package wscope.cli.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Some lines of a text. The others are empty, so that the lines keep their numbers. */
final class OnlyLines extends FilterInputStream {
  /**
   * The numbers of lines.
   *
   * @param first from 1
   * @param last at least {@code first}
   */
  record Range(long first, long last) {
    /**
     * Reads {@code 3}, {@code 3-7} or {@code 3-}.
     *
     * @return null if it is none of these
     */
    static @Nullable Range of(String text) {
      int dash = text.indexOf('-');
      try {
        long first = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
        String end = dash < 0 ? text : text.substring(dash + 1);
        long last = end.isEmpty() ? Long.MAX_VALUE : Long.parseLong(end);
        return first > 0 && last >= first ? new Range(first, last) : null;
      } catch (NumberFormatException e) {
        return null;
      }
    }
  }

  private final Range range;
  private long line = 1;

  OnlyLines(InputStream text, Range range) {
    super(text);
    this.range = range;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    int kept = 0;
    while (kept == 0) {
      int read = line > range.last() ? -1 : super.read(into, from, count);
      if (read < 0) {
        return -1;
      }
      for (int i = from; i < from + read; i++) {
        byte c = into[i];
        if (c == '\n' || (line >= range.first() && line <= range.last())) {
          into[from + kept++] = c;
        }
        line += c == '\n' ? 1 : 0;
      }
    }
    return kept;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
