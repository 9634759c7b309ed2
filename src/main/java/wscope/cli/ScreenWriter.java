package wscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import wscope.report.Screen;

/** What picocli writes, with characters that the output can show. */
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
  public void flush() throws IOException {
    try {
      screen.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void close() throws IOException {
    flush();
  }
}
