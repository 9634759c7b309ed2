package wscope.cli;

import java.io.Writer;
import wscope.report.Screen;

/**
 * What picocli writes, with characters that the output can show. Its failures are unchecked, for a
 * {@link java.io.PrintWriter} would keep others to itself.
 */
final class ScreenWriter extends Writer {
  private final Screen screen;

  ScreenWriter(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    screen.text(new String(text, offset, length));
  }

  @Override
  public void flush() {
    screen.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
