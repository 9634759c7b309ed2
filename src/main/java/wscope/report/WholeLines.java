package wscope.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

/**
 * Passes on the lines of a report as text. Each flush passes on all complete lines since the last
 * one, each with its LF; large output is passed on earlier. A console can print the lines above the
 * input line, and a page receives complete objects. While the output is on hold, lines are only
 * counted.
 */
public final class WholeLines extends OutputStream {
  /** The number of bytes from which lines no longer wait for a flush. */
  private static final int LARGE = 64 << 10;

  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final Consumer<String> next;
  private boolean held;
  private long heldLines;

  /**
   * Creates a stream.
   *
   * @param next receives one or more lines
   */
  public WholeLines(Consumer<String> next) {
    this.next = next;
  }

  /** Puts the output on hold: from now on, lines are dropped. */
  public void hold() {
    flush();
    held = true;
  }

  /**
   * Passes lines on again.
   *
   * @return the number of lines that were dropped
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

  /** The index just after the last LF; or the start if there is none. */
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
