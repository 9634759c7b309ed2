package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class ReadingProgressTest {
  private static final long SIZE = ReadingProgress.LARGE + 1;

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

  /** So many bytes. */
  private static InputStream zeros(long count) {
    return new InputStream() {
      private long left = count;

      @Override
      public int read() {
        return left-- > 0 ? 0 : -1;
      }

      @Override
      public int read(byte[] into, int at, int length) {
        int read = (int) Math.min(left, length);
        left -= read;
        return read == 0 && length > 0 ? -1 : read;
      }
    };
  }

  @Test
  void showsNothingOfASmallFile() {
    InputStream in = zeros(SIZE - 1);
    assertSame(in, ReadingProgress.of(in, SIZE - 1, terminal));
  }

  /** The line appears after the first mebibyte, and is erased at the end. */
  @Test
  void showsOneLineAndErasesIt() throws IOException {
    try (InputStream in = ReadingProgress.of(zeros(SIZE), SIZE, terminal)) {
      assertEquals(1 << 20, in.readNBytes(1 << 20).length);
      String line = "\rreading: 2 % of 50 MB";
      assertEquals(line, terminal.toString(US_ASCII));
      assertEquals(SIZE - (1 << 20), in.transferTo(OutputStream.nullOutputStream()));
      String shown = terminal.toString(US_ASCII);
      String[] lines = shown.split("\r", -1);
      String blank = " ".repeat(lines[lines.length - 3].length());
      assertTrue(shown.endsWith("\r" + blank + "\r"), shown);
    }
  }

  /** What cannot be read to its end leaves no line either. */
  @Test
  void erasesTheLineWhenItIsClosed() throws IOException {
    try (InputStream in = ReadingProgress.of(zeros(SIZE), SIZE, terminal)) {
      assertEquals(2 << 20, in.readNBytes(2 << 20).length);
    }
    assertTrue(terminal.toString(US_ASCII).matches("(?s)\rreading.*\r +\r"));
  }
}
