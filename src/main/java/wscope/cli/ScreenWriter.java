package wscope.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import wscope.report.text.Screen;

/** Receives the text of picocli and replaces characters that the output cannot show. */
final class ScreenWriter extends Writer {
  private final Screen screen;
  private @Nullable IOException failure;

  ScreenWriter(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void write(char[] text, int offset, int length) {
    screen.text(new String(text, offset, length));
  }

  @Override
  public void flush() {
    try {
      screen.flush();
    } catch (UncheckedIOException e) {
      failure = e.getCause();
    }
  }

  /** The failure to write; null if there is none. Picocli does not check for it. */
  @Nullable IOException failure() {
    return failure;
  }

  @Override
  public void close() {
    flush();
  }
}
