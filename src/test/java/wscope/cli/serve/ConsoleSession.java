package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.AwaitableOutput;
import wscope.cli.Run;
import wscope.cli.process.Stdio;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.serve.ServeListener;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** A server on its own thread, with a console on a terminal that is a pair of streams. */
final class ConsoleSession implements AutoCloseable {
  private final PipedOutputStream typed = new PipedOutputStream();
  private final AwaitableOutput screen = new AwaitableOutput();
  private final Terminal terminal;
  private final ServeConsole console;
  private final ServerThread running;

  /**
   * @param type of the terminal, such as xterm or dumb
   * @param history the history file; null for none
   */
  ConsoleSession(String type, @Nullable Path history) throws IOException {
    InputStream in = new PipedInputStream(typed, 64 << 10);
    terminal = new DumbTerminal("test", type, in, screen, UTF_8);
    terminal.setSize(new Size(80, 24));
    console = new ServeConsole(terminal, history);
    CommandSpec spec = CommandSpec.create();
    EventOptions options = new EventOptions(spec);
    new CommandLine(spec).parseArgs("-d", "frames");
    Stdio stdio = Run.stdio(in, screen, screen);
    LiveView view = LiveView.changeable(options.view());
    Report report = options.shown(stdio.with(console.report()), view);
    ServeEvents events = new ServeEvents(report, Timeouts.DEFAULT);
    Server server = server(events);
    running = ServerThread.listening(server);
    console.start(
        server,
        options.screen(stdio.with(console.replies())),
        report::flush,
        view::detail,
        events::numbers);
    running.start(
        () -> {
          console.end();
          report.event(new Event.Stopped(server.accepted()));
          report.flush();
        });
  }

  /** A server that echoes. */
  static Server server(ServeListener listener) throws IOException {
    return new Server(Settings.DEFAULT, listener);
  }

  RawClient connect() throws IOException {
    return running.open();
  }

  void type(String text) throws IOException {
    typed.write(text.getBytes(UTF_8));
    typed.flush();
  }

  /** Acts like Ctrl+C. */
  void interrupt() {
    terminal.raise(Terminal.Signal.INT);
  }

  void endInput() throws IOException {
    typed.close();
  }

  /** Waits until the terminal shows a text. */
  void await(String text) throws InterruptedException {
    screen.await(text);
  }

  /** The output on the terminal, without carriage returns. */
  String shown() {
    return screen.toString(UTF_8).replace("\r", "");
  }

  /** Waits for the end of the server; returns the exit code. */
  int exitCode() throws Exception {
    running.await();
    return console.exitCode();
  }

  @Override
  public void close() throws IOException {
    running.close();
    console.close();
    assertFalse(shown().contains("a bug in wscope"), shown());
  }
}
