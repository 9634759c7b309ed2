package wscope.connect;

/** A URL that no client can connect to. The message says what is wrong and what to write. */
public final class InvalidTarget extends Exception {
  private static final long serialVersionUID = 1;

  private final int place;

  InvalidTarget(int place, String message) {
    super(message);
    this.place = place;
  }

  /** What is wrong, and what to write instead. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /** The index of the first wrong character. */
  public int place() {
    return place;
  }
}
