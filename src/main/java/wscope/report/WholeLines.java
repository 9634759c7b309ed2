package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Passes on the lines of a report as text: at each flush, or earlier if they grow large, all
 * complete lines since the last flush, each with its LF. A console can print them above the input
 * line, and a page receives complete objects. While lines are held, they are only counted.
 */
public final class WholeLines extends OutputStream {
  /** From this many bytes on, lines do not wait for a flush. */
  private static final int LARGE = 64 << 10;

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final Consumer<String> next;
  private boolean held;
  private long heldLines;

  /**
   * @param next receives one or more lines
   */
  public WholeLines(Consumer<String> next) {
    this.next = next;
  }

  /** Drops lines from now on. */
  public void hold() {
    flush();
    held = true;
  }

  /**
   * Passes lines on again.
   *
   * @return how many were dropped
   */
  public long release() {
    flush();
    long count = heldLines;
    held = false;
    heldLines = 0;
    return count;
  }

  @Override
  public void write(int b) {
    gathered.write(b);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    gathered.write(bytes, offset, length);
    if (gathered.size() >= LARGE && lastEnd(bytes, offset, offset + length) > offset) {
      flush();
    }
  }

  @Override
  public void flush() {
    byte[] bytes = gathered.toByteArray();
    int end = lastEnd(bytes, 0, bytes.length);
    if (end > 0) {
      gathered.reset();
      gathered.write(bytes, end, bytes.length - end);
      passOn(bytes, end);
    }
  }

  /** The index just after the last LF; the start if there is none. */
  private static int lastEnd(byte[] bytes, int start, int end) {
    int at = end;
    while (at > start && bytes[at - 1] != '\n') {
      at--;
    }
    return at;
  }

  private void passOn(byte[] bytes, int end) {
    if (!held) {
      next.accept(new String(bytes, 0, end, UTF_8));
      return;
    }
    for (int i = 0; i < end; i++) {
      heldLines += bytes[i] == '\n' ? 1 : 0;
    }
  }
}
