package wscope.cli.process;

/**
 * Ends a command with an exit code. The message is one line that says what was wrong and what to
 * do.
 */
public final class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  public Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
