package wscope.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import wscope.cli.option.Flag;
import wscope.cli.option.UsageErrors;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.IoMessages;
import wscope.cli.process.Stdio;
import wscope.input.spelling.InvalidSpelling;
import wscope.net.SocketFailure;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Turns a failure into a message on standard error and an exit code. */
final class Failures
    implements IParameterExceptionHandler,
        IExecutionExceptionHandler,
        Thread.UncaughtExceptionHandler {
  /** The message is created in advance, because memory may be exhausted later. */
  private static final byte[] NO_MEMORY = "wscope: out of memory\n".getBytes(US_ASCII);

  private final Stdio stdio;
  private final OptionSpec debug;

  /**
   * Creates the handler.
   *
   * @param debug the option that shows the stack trace of a bug
   */
  Failures(Stdio stdio, OptionSpec debug) {
    this.stdio = stdio;
    this.debug = debug;
  }

  /** Handles wrong usage. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    return wrongUsage(e.getCommandLine(), UsageErrors.message(e));
  }

  /** Handles an exception that a command has thrown. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        return wrongUsage(command, String.valueOf(failure.getMessage()));
      }
      print("wscope: " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof InvalidSpelling invalid) {
      print(invalid);
      return ExitCode.USAGE;
    }
    return failed(e);
  }

  /** Handles the failure of a thread other than the command's. */
  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    if (e instanceof IOError) {
      // The terminal of this thread is gone. The prompt gets the same error.
      return;
    }
    failed(e);
  }

  /** Reports a failure that no command explains. */
  int failed(Throwable e) {
    Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
    if (cause instanceof IOException io) {
      return failedIo(io);
    }
    if (e instanceof OutOfMemoryError) {
      return outOfMemory();
    }
    return bug(e);
  }

  private int outOfMemory() {
    try {
      stdio.err().write(NO_MEMORY);
    } catch (IOException e) {
      // The message cannot be shown, but the exit code remains.
    }
    return ExitCode.IO;
  }

  /** Reports a failure that must not happen. */
  private int bug(Throwable e) {
    print("wscope: this is a bug in wscope, please report it: " + e);
    if (Flag.isSet(debug)) {
      PrintWriter trace = new PrintWriter(stdio.err(), true, UTF_8);
      e.printStackTrace(trace);
    }
    return ExitCode.BUG;
  }

  private int wrongUsage(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    print(name + ": " + message);
    print("see: " + name + " --help");
    return ExitCode.USAGE;
  }

  /** A reader that has read enough, such as {@code head}, is not a failure. */
  private int failedIo(IOException e) {
    if (SocketFailure.of(e) == SocketFailure.BROKEN_PIPE) {
      return ExitCode.FINE;
    }
    print("wscope: " + IoMessages.of(e));
    return ExitCode.IO;
  }

  private void print(String line) {
    Screen screen = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    SafeText.sentence(screen, line);
    screen.endLine();
    flush(screen);
  }

  /**
   * Prints the error, the line with a mark under the position, and advice on what to type instead.
   */
  private void print(InvalidSpelling e) {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    notes.text("wscope: ").text(e.getMessage()).endLine();
    flush(notes);
    Screen marked = new Screen(stdio.err(), false, stdio.unicode());
    marked.text("  ").text(e.excerpt()).endLine();
    marked.text("  ").text(e.mark()).endLine();
    flush(marked);
    notes.text("hint: ").text(e.advice()).text("; wscope read the input as ");
    notes.text(e.spelling().toString()).text(", see --from").endLine();
    flush(notes);
  }

  private static void flush(Screen screen) {
    try {
      screen.flush();
    } catch (UncheckedIOException e) {
      // The message cannot be shown, but the exit code remains.
    }
  }
}
