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
  /** Made in advance: later there may be no memory for it. */
  private static final byte[] NO_MEMORY = "wscope: out of memory\n".getBytes(US_ASCII);

  private final Stdio stdio;
  private final OptionSpec debug;

  /**
   * @param debug whether the stack trace of a bug is shown
   */
  Failures(Stdio stdio, OptionSpec debug) {
    this.stdio = stdio;
    this.debug = debug;
  }

  /** Wrong usage. */
  @Override
  public int handleParseException(ParameterException e, String[] args) {
    return misused(e.getCommandLine(), UsageErrors.message(e));
  }

  /** A command has thrown. */
  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    if (e instanceof Failure failure) {
      if (failure.exitCode() == ExitCode.USAGE) {
        return misused(command, String.valueOf(failure.getMessage()));
      }
      complain("wscope: " + failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof InvalidSpelling invalid) {
      complain(invalid);
      return ExitCode.USAGE;
    }
    return failed(e);
  }

  /** A thread other than the command's has ended. */
  @Override
  public void uncaughtException(Thread thread, Throwable e) {
    if (e instanceof IOError) {
      // The terminal of this thread is gone; the prompt gets the same error.
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
      // Nobody can read it; the exit code still says so.
    }
    return ExitCode.IO;
  }

  /** Reports a failure that must not happen. */
  private int bug(Throwable e) {
    complain("wscope: a bug in wscope, please report it: " + e);
    if (Flag.isSet(debug)) {
      PrintWriter trace = new PrintWriter(stdio.err(), true, UTF_8);
      e.printStackTrace(trace);
    }
    return ExitCode.BUG;
  }

  private int misused(CommandLine command, String message) {
    String name = command.getCommandSpec().qualifiedName();
    complain(name + ": " + message);
    complain("see: " + name + " --help");
    return ExitCode.USAGE;
  }

  /** It is not a failure if the reader has seen enough, such as {@code head}. */
  private int failedIo(IOException e) {
    if (SocketFailure.of(e) == SocketFailure.BROKEN_PIPE) {
      return ExitCode.FINE;
    }
    complain("wscope: " + IoMessages.of(e));
    return ExitCode.IO;
  }

  private void complain(String line) {
    Screen screen = new Screen(stdio.err(), false, stdio.unicode());
    SafeText.sentence(screen, line);
    screen.endLine();
    flush(screen);
  }

  /** The error, the line with a mark under the position, and what to type instead. */
  private void complain(InvalidSpelling e) {
    Screen screen = new Screen(stdio.err(), false, stdio.unicode());
    screen.text("wscope: ").text(e.getMessage()).endLine();
    screen.text("  ").text(e.excerpt()).endLine();
    screen.text("  ").text(e.mark()).endLine();
    screen.text("hint: ").text(e.advice()).text("; this was read as ");
    screen.text(e.spelling().toString()).text(", see --from").endLine();
    flush(screen);
  }

  private static void flush(Screen screen) {
    try {
      screen.flush();
    } catch (UncheckedIOException e) {
      // Nobody can read it; the exit code still says so.
    }
  }
}
