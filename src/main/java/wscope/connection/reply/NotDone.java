package wscope.connection.reply;

/** An action cannot be done. {@link #getMessage} says why. */
public final class NotDone extends Exception {
  private static final long serialVersionUID = 1;

  public NotDone(String message) {
    // A peer can cause this exception, so it has no stack trace.
    super(message, null, false, false);
  }
}
