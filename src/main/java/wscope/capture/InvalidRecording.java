package wscope.capture;

/** A recording cannot be read; the message says in which line, and why. */
public final class InvalidRecording extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRecording(long line, String why) {
    super("line " + line + " of the recording: " + why);
  }
}
