package wscope.cli.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import wscope.cli.process.Stdio;

/** One line on a terminal that says what wscope does. There is none in a pipe or in JSON. */
final class Progress {
  private static final int WIDTH = 72;
  private static final long EACH_NANOS = 50_000_000;

  private final Stdio stdio;
  private final boolean shown;
  private long last;
  private boolean open;

  Progress(Stdio stdio, boolean isText) {
    this.stdio = stdio;
    shown = isText && stdio.outputIsTerminal();
  }

  /** Shows a text in ASCII instead of the one before, unless that is new. */
  void show(String text) {
    long now = System.nanoTime();
    if (!shown || (open && now - last < EACH_NANOS)) {
      return;
    }
    last = now;
    open = true;
    write(line(text));
  }

  /** Removes the line. */
  void clear() {
    if (open) {
      write("\r" + " ".repeat(WIDTH) + "\r");
      open = false;
    }
  }

  private static String line(String text) {
    String cut = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
    return "\r" + cut + " ".repeat(WIDTH - cut.length());
  }

  private void write(String text) {
    try {
      stdio.out().write(text.getBytes(US_ASCII));
      stdio.out().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
