package wscope.cli.prompt;

import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import wscope.cli.process.ExitCode;
import wscope.cli.process.ForegroundGroup;
import wscope.cli.process.Stdio;
import wscope.report.WholeLines;

/**
 * The prompt of a command that runs an event loop. It has a thread of its own, below the report.
 * The report appears above the line being typed, in whole lines. Commands run on the thread of the
 * loop.
 *
 * @param <A> the type that runs the commands
 */
public final class LivePrompt<A extends LiveActions> implements AutoCloseable {
  /**
   * The time to wait for the signal of a terminal that is gone, in milliseconds. It comes from the
   * leader of the session, so the end of the input may precede it.
   */
  private static final long HANGUP_MILLIS = 2000;

  /** The time to wait for the prompt to end, in milliseconds. */
  private static final long JOIN_MILLIS = 1000;

  private final Terminal terminal;
  private final PromptTable<A> table;
  private final LineReader reader;
  private final WholeLines report;
  private volatile int exitCode = ExitCode.FINE;

  /** The last known width of the terminal. */
  private int columns;

  /** Whether the prompt has ended because the terminal is gone. */
  private volatile boolean terminalGone;

  private volatile @Nullable Running<A> running;

  /**
   * The state while the loop runs.
   *
   * @param loop runs a task on the thread of the loop, soon
   * @param stop ends the loop
   * @param flush writes out the report
   */
  private record Running<A>(
      A actions, Executor loop, Runnable stop, Runnable flush, Thread thread) {}

  /**
   * Creates the prompt.
   *
   * @param terminal the terminal, which is closed with the prompt
   * @param history the history file; null for none
   */
  public LivePrompt(Terminal terminal, PromptTable<A> table, @Nullable Path history) {
    this.terminal = terminal;
    this.table = table;
    reader = PromptReader.of(terminal, new PromptCompleter<>(table, this::actions), history);
    report = new WholeLines(this::show);
  }

  /**
   * Whether there can be a prompt: input and output are terminals, and this process is in the
   * foreground.
   */
  public static boolean isPossible(Stdio stdio) {
    return stdio.inputIsTerminal() && stdio.outputIsTerminal() && ForegroundGroup.hasThisProcess();
  }

  /** Returns the stream for the report. Its whole lines are shown at each flush. */
  public WholeLines report() {
    return report;
  }

  /** Returns the stream for replies to commands, which a pause does not hold. */
  public OutputStream replies() {
    return new WholeLines(this::show);
  }

  /** The width of the terminal now, for the thread of the loop. */
  public int columns() {
    try {
      columns = terminal.getWidth();
    } catch (IOError e) {
      // The terminal is gone.
    }
    return columns;
  }

  /**
   * Starts the prompt, which stops the loop when it ends.
   *
   * @param loop runs a task on the thread of the loop, soon
   * @param stop ends the loop
   * @param flush writes out the report
   */
  public void start(A actions, Executor loop, Runnable stop, Runnable flush) {
    Thread thread = new Thread(this::run, "prompt");
    thread.setDaemon(true);
    running = new Running<>(actions, loop, stop, flush, thread);
    say(actions.welcome());
    thread.start();
  }

  /** Shows a line as a reply, after the report so far. */
  public void say(String line) {
    Running<A> now = running;
    if (now != null) {
      now.flush().run();
      now.actions().replies().words(0).text(line).endLine();
      now.actions().replies().flush();
    }
  }

  /** Ends the prompt after the loop has ended, on the thread that was the loop's. */
  public void end() {
    Running<A> ended = running;
    if (ended == null) {
      return;
    }
    ended.actions().end();
    ended.actions().replies().flush();
    ended.thread().interrupt();
    try {
      ended.thread().join(JOIN_MILLIS);
      if (terminalGone) {
        // If the signal arrives, Java ends with its exit code.
        Thread.sleep(HANGUP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The exit code of the command, provided that the loop did not fail. */
  public int exitCode() {
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

  private @Nullable A actions() {
    Running<A> now = running;
    return now == null ? null : now.actions();
  }

  private void run() {
    Running<A> now = running;
    if (now == null) {
      return;
    }
    try {
      while (!now.actions().isQuit()) {
        take(now, reader.readLine(now.actions().prompt()));
      }
    } catch (UserInterruptException | InterruptedException e) {
      exitCode = ExitCode.INTERRUPTED;
    } catch (EndOfFileException | IOError e) {
      // The user has typed Ctrl+D, or the terminal is gone.
      terminalGone = isGone();
    } finally {
      now.stop().run();
    }
  }

  /** Whether the terminal was closed: then, its attributes cannot be read. */
  private boolean isGone() {
    try {
      terminal.getAttributes();
      return false;
    } catch (IOError e) {
      return true;
    }
  }

  /** Processes a line and waits for the result, so that the reply appears above the next prompt. */
  private void take(Running<A> now, String line) throws InterruptedException {
    LoopCall.<Void>await(
        now.loop(),
        done -> {
          now.flush().run();
          table.take(now.actions(), line);
          now.flush().run();
          now.actions().replies().flush();
          done.complete(null);
        });
  }
}
