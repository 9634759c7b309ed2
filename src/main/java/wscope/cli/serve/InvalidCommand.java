package wscope.cli.serve;

/** An invalid line on the console. The message gives the reason. */
final class InvalidCommand extends Exception {
  private static final long serialVersionUID = 1;

  InvalidCommand(String message) {
    super(message);
  }

  /** The reason, with advice on what to type instead. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
