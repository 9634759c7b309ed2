package wscope.cli.serve;

import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.prompt.PromptReader;
import wscope.report.Detail;
import wscope.report.WholeLines;
import wscope.report.text.Screen;
import wscope.serve.Server;

/**
 * The console of {@code wscope serve}: a prompt on a thread of its own, below the report. The
 * report appears above the line being typed, in whole lines. Commands run on the thread of the
 * server.
 */
final class ServeConsole implements AutoCloseable {
  private static final String PROMPT = "serve> ";
  private static final String PAUSED = "paused> ";

  /** The time to wait for the prompt to end, in milliseconds. */
  private static final long JOIN_MILLIS = 1000;

  private final Terminal terminal;
  private final LineReader reader;
  private final WholeLines report;
  private volatile Supplier<? extends Collection<Long>> connections = List::of;
  private volatile int exitCode = ExitCode.FINE;
  private @Nullable Running running;

  /** The state while the server runs. */
  private record Running(
      Server server, ConsoleActions actions, Screen replies, Runnable flush, Thread thread) {}

  /**
   * Creates the console.
   *
   * @param terminal the terminal, which is closed with the console
   * @param history the history file; null for none
   */
  ServeConsole(Terminal terminal, @Nullable Path history) {
    this.terminal = terminal;
    reader = PromptReader.of(terminal, new ConsoleCompleter(() -> connections.get()), history);
    report = new WholeLines(this::show);
  }

  /** Returns the stream for the report. Its whole lines are shown at each flush. */
  OutputStream report() {
    return report;
  }

  /** Returns the stream for replies to commands, which a pause does not hold. */
  OutputStream replies() {
    return new WholeLines(this::show);
  }

  /**
   * Starts the prompt, which stops the server when it ends.
   *
   * @param replies the screen that writes to {@link #replies}
   * @param flush writes out the report
   * @param detail sets the level of detail from now on
   * @param numbers supplies the numbers of the connections; it is called on the thread of the
   *     prompt
   */
  void start(
      Server server,
      Screen replies,
      Runnable flush,
      Consumer<Detail> detail,
      Supplier<? extends Collection<Long>> numbers) {
    connections = numbers;
    replies
        .text("What you type goes to the newest connection; /help shows the commands.")
        .endLine();
    replies.flush();
    Thread thread = new Thread(this::run, "console");
    thread.setDaemon(true);
    ConsoleActions actions = new ConsoleActions(server, replies, report, detail);
    running = new Running(server, actions, replies, flush, thread);
    thread.start();
  }

  /** Ends the prompt after the server has stopped, on the thread that was the server's. */
  void end() {
    Running ended = running;
    if (ended == null) {
      return;
    }
    ended.actions().resume();
    ended.replies().flush();
    ended.thread().interrupt();
    try {
      ended.thread().join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exit code of the command, provided that the server did not fail. */
  int exitCode() {
    return exitCode;
  }

  /** Restores the terminal. */
  @Override
  public void close() throws IOException {
    terminal.close();
  }

  private void show(String lines) {
    try {
      reader.printAbove(lines);
    } catch (IOError e) {
      // The terminal is gone, which also ends the prompt.
    }
  }

  private void run() {
    Running now = running;
    if (now == null) {
      return;
    }
    try {
      while (!now.actions().isQuit()) {
        take(now, reader.readLine(now.actions().isPaused() ? PAUSED : PROMPT));
      }
    } catch (UserInterruptException | InterruptedException e) {
      exitCode = ExitCode.INTERRUPTED;
    } catch (EndOfFileException | IOError e) {
      // The user has typed Ctrl+D, or the terminal is gone.
    } finally {
      now.server().stop();
    }
  }

  /** Processes a line and waits for the result, so that the reply appears above the next prompt. */
  private static void take(Running now, String line) throws InterruptedException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    now.server()
        .execute(
            () -> {
              now.flush().run();
              now.actions().take(line);
              now.flush().run();
              now.replies().flush();
              done.complete(null);
            });
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError("the task never fails", e);
    }
  }
}
