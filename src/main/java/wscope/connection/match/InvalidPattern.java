package wscope.connection.match;

/** A regular expression is invalid. {@link #getMessage} says why. */
public final class InvalidPattern extends Exception {
  private static final long serialVersionUID = 1;

  private final int index;

  InvalidPattern(String message, int index) {
    super(message);
    this.index = index;
  }

  /** The place of the error in the expression, from 0. */
  public int index() {
    return index;
  }
}
