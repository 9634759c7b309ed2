package wscope.cli.prompt;

/** An invalid line at a prompt. The message gives the reason. */
public final class InvalidCommand extends Exception {
  private static final long serialVersionUID = 1;

  public InvalidCommand(String message) {
    super(message);
  }

  /** The reason, with advice on what to type instead. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
