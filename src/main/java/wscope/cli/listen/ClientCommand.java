package wscope.cli.listen;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import wscope.cli.option.UsageErrors;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.ProcessTree;
import wscope.cli.process.Stdio;

/**
 * The command after {@code --}: a client that runs while the server listens. The server stops when
 * the command ends, and the command with all its child processes ends when the server stops.
 */
public final class ClientCommand {
  private static final String DELIMITER = "--";
  private static final String URL = "{url}";
  private static final String URL_VARIABLE = "WSCOPE_URL";

  private final CommandSpec spec;
  private final PositionalParamSpec words;
  private volatile @Nullable Process process;

  /**
   * Creates the parameter.
   *
   * @param listener what the command runs beside, in a word
   * @param breaker whoever may break a rule, in words
   */
  public ClientCommand(CommandSpec spec, String listener, String breaker) {
    this.spec = spec;
    words =
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .index("0..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "After --, run this command when the "
                    + listener
                    + " listens, with the URL of the "
                    + listener
                    + " in place of {url} and in the variable WSCOPE_URL. The "
                    + listener
                    + " stops when the command ends, and wscope exits with the code of the"
                    + " command, or with 1 if "
                    + breaker
                    + " broke a rule. There is no prompt.")
            .build();
    spec.addPositional(words);
  }

  /**
   * Whether a command is given.
   *
   * @throws ParameterException if there are arguments that do not follow the delimiter
   */
  public boolean isGiven() {
    List<String> given = words();
    if (given.isEmpty()) {
      return false;
    }
    List<String> typed = spec.commandLine().getParseResult().originalArgs();
    int after = typed.size() - given.size();
    if (after < 1 || !typed.get(after - 1).equals(DELIMITER)) {
      throw new ParameterException(spec.commandLine(), UsageErrors.unexpected(given.get(0), spec));
    }
    return true;
  }

  /**
   * Starts the command, if one is given.
   *
   * @param stop runs when the command ends
   * @param ownsInput whether the command reads the standard input of wscope
   * @param ownsOutput whether the command writes to the standard output of wscope; otherwise, its
   *     output goes to standard error
   * @throws Failure if the command cannot be started
   */
  public void start(Runnable stop, String url, Stdio stdio, boolean ownsInput, boolean ownsOutput)
      throws Failure {
    if (words().isEmpty()) {
      return;
    }
    List<String> command = words().stream().map(word -> word.replace(URL, url)).toList();
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put(URL_VARIABLE, url);
    if (!ownsInput) {
      builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    }
    if (!ownsOutput) {
      builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
    }
    Process started;
    try {
      started = builder.start();
    } catch (IOException e) {
      throw new Failure(ExitCode.IO, ProcessTree.reason(command.get(0), e));
    }
    process = started;
    if (!ownsInput) {
      endInput(started);
    }
    if (!ownsOutput) {
      run("output", () -> copy(started.getInputStream(), stdio));
    }
    run("client", () -> stopAfter(started, stop));
  }

  private static void run(String name, Runnable action) {
    Thread thread = new Thread(action, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void stopAfter(Process started, Runnable stop) {
    try {
      started.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stop.run();
  }

  /**
   * Ends the command and its child processes, which have a moment to do so by themselves.
   *
   * @return the exit code of the command; success if none was started
   */
  public int end() {
    Process started = process;
    if (started == null) {
      return ExitCode.FINE;
    }
    ProcessTree.end(started);
    return started.isAlive() ? ExitCode.IO : started.exitValue();
  }

  /** Kills the command and its child processes at once, because the process ends now. */
  public void kill() {
    Process started = process;
    if (started != null) {
      ProcessTree.kill(started);
    }
  }

  private List<String> words() {
    @Nullable List<String> given = words.getValue();
    return given == null ? List.of() : given;
  }

  private static void endInput(Process started) {
    try {
      started.getOutputStream().close();
    } catch (IOException e) {
      // The command has ended.
    }
  }

  private static void copy(InputStream from, Stdio stdio) {
    try {
      from.transferTo(stdio.err());
    } catch (IOException e) {
      // Standard error is closed; nobody reads the output.
    }
  }
}
