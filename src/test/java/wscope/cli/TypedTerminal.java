package wscope.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import wscope.cli.process.Stdio;

/** A terminal that is a pair of streams: what a test types, and what the terminal shows. */
public final class TypedTerminal {
  private final PipedOutputStream typed = new PipedOutputStream();
  private final AwaitableOutput screen = new AwaitableOutput();
  private final InputStream in;
  private final Terminal terminal;

  /**
   * @param type of the terminal, such as xterm or dumb
   */
  public TypedTerminal(String type) throws IOException {
    in = new PipedInputStream(typed, 64 << 10);
    terminal = new DumbTerminal("test", type, in, screen, UTF_8);
    terminal.setSize(new Size(80, 24));
  }

  public Terminal terminal() {
    return terminal;
  }

  public Stdio stdio() {
    return Run.stdio(in, screen, screen);
  }

  public void type(String text) throws IOException {
    typed.write(text.getBytes(UTF_8));
    typed.flush();
  }

  /** Acts like Ctrl+C. */
  public void interrupt() {
    terminal.raise(Terminal.Signal.INT);
  }

  public void endInput() throws IOException {
    typed.close();
  }

  /** Waits until the terminal shows a text. */
  public void await(String text) throws InterruptedException {
    screen.await(text);
  }

  /** The output on the terminal, without carriage returns. */
  public String shown() {
    return screen.toString(UTF_8).replace("\r", "");
  }
}
