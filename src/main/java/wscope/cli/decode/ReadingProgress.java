package wscope.cli.decode;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Shows on a terminal how much of a large file has been read, in one line that it erases. */
final class ReadingProgress extends FilterInputStream {
  /** The size of a file from which on its progress is shown. */
  static final long LARGE = 50_000_000;

  private static final long MEGABYTE = 1_000_000;
  private static final long STEP = 1 << 20;
  private static final long PERIOD = 200_000_000;
  private static final int PERCENT = 100;

  private final OutputStream terminal;
  private final long size;
  private long read;
  private long nextCheck = STEP;
  private long shownAt = System.nanoTime() - PERIOD;
  private int width;

  private ReadingProgress(InputStream in, long size, OutputStream terminal) {
    super(in);
    this.size = size;
    this.terminal = terminal;
  }

  /**
   * Shows the progress of a file, if it is large.
   *
   * @param size its size in bytes
   */
  static InputStream of(InputStream in, long size, OutputStream terminal) {
    return size > LARGE ? new ReadingProgress(in, size, terminal) : in;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? -1 : 1);
    return next;
  }

  @Override
  public int read(byte[] into, int at, int length) throws IOException {
    int count = super.read(into, at, length);
    count(count);
    return count;
  }

  /**
   * Counts bytes.
   *
   * @param bytes -1 at the end
   */
  private void count(int bytes) throws IOException {
    read += Math.max(0, bytes);
    if (bytes < 0) {
      erase();
    } else if (read >= nextCheck) {
      nextCheck = read + STEP;
      long now = System.nanoTime();
      if (now - shownAt >= PERIOD) {
        shownAt = now;
        show();
      }
    }
  }

  private void show() throws IOException {
    String line = "reading: " + read * PERCENT / size + " % of " + size / MEGABYTE + " MB";
    write("\r" + line);
    width = line.length();
  }

  private void erase() throws IOException {
    if (width > 0) {
      write("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
  }

  private void write(String text) throws IOException {
    terminal.write(text.getBytes(StandardCharsets.US_ASCII));
    terminal.flush();
  }

  @Override
  public void close() throws IOException {
    erase();
    super.close();
  }
}
