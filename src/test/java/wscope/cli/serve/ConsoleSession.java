package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.FrameClient;
import wscope.cli.Notice;
import wscope.cli.Run;
import wscope.cli.process.Stdio;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.serve.ServeListener;
import wscope.serve.Server;
import wscope.serve.Settings;

/** A server on a thread of its own with a console on a terminal made of streams. */
final class ConsoleSession implements AutoCloseable {
  private final PipedOutputStream typed = new PipedOutputStream();
  private final Notice screen = new Notice();
  private final Terminal terminal;
  private final ServeConsole console;
  private final Server server;
  private final InetSocketAddress address;
  private final CompletableFuture<Void> ran;

  /**
   * @param type of the terminal, such as xterm or dumb
   * @param history file, or null
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
    server = server(events);
    address =
        server.listen(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    console.start(
        server,
        options.screen(stdio.with(console.answers())),
        report::flush,
        view::detail,
        events::numbers);
    ran =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.run();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              console.end();
              report.event(new Event.Stopped(server.accepted()));
              report.flush();
            },
            task -> new Thread(task).start());
  }

  /** A server that echoes. */
  static Server server(ServeListener listener) throws IOException {
    return new Server(Settings.DEFAULT, listener);
  }

  FrameClient connect() throws IOException {
    return new FrameClient(address.getPort());
  }

  void type(String text) throws IOException {
    typed.write(text.getBytes(UTF_8));
    typed.flush();
  }

  /** As Ctrl+C does. */
  void interrupt() {
    terminal.raise(Terminal.Signal.INT);
  }

  void endInput() throws IOException {
    typed.close();
  }

  /** Waits until the terminal has shown a text. */
  void await(String text) throws InterruptedException {
    screen.await(text);
  }

  /** All that the terminal has shown, but for carriage returns. */
  String shown() {
    return screen.toString(UTF_8).replace("\r", "");
  }

  /** Waits for the end of the server. */
  int exitCode() throws Exception {
    ran.get(10, TimeUnit.SECONDS);
    return console.exitCode();
  }

  @Override
  public void close() throws IOException {
    server.stop();
    ran.orTimeout(10, TimeUnit.SECONDS).join();
    console.close();
    server.close();
    assertFalse(shown().contains("a bug of wscope"), shown());
  }
}
