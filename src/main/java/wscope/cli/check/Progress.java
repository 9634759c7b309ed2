package wscope.cli.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import wscope.cli.process.Stdio;

/** One line on a terminal that says what wscope does. There is none in a pipe or in JSON. */
final class Progress {
  /** The most columns of the line, which must not wrap. */
  private static final int MOST_COLUMNS = 72;

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
      write("\r" + " ".repeat(columns()) + "\r");
      open = false;
    }
  }

  private String line(String text) {
    int columns = columns();
    String cut = text.length() > columns ? text.substring(0, columns) : text;
    return "\r" + cut + " ".repeat(columns - cut.length());
  }

  private int columns() {
    int terminal = stdio.width() == null ? stdio.columns() : stdio.width().getAsInt();
    return terminal <= 0 ? MOST_COLUMNS : Math.min(MOST_COLUMNS, terminal - 1);
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
