package wscope.cli.serve;

/** An invalid line on the console. The message says why. */
final class InvalidCommand extends Exception {
  private static final long serialVersionUID = 1;

  InvalidCommand(String message) {
    super(message);
  }

  /** Why, and what to type instead. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
