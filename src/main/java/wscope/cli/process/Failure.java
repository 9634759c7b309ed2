package wscope.cli.process;

/** Ends a command: one line that says what was wrong and what to do, and an exit code. */
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
