package wscope.input;

/** A text that is no bytes in the spelling at hand; the message says why, where, and what to do. */
public final class BadSpelling extends Exception {
  private static final long serialVersionUID = 1;

  BadSpelling(String problem, Position position) {
    super(problem + " at " + position);
  }

  BadSpelling(String problem) {
    super(problem);
  }
}
