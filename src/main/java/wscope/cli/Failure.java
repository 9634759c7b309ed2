package wscope.cli;

/** Ends a command: one line that says what was wrong and what to do, and an exit code. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  Failure(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
