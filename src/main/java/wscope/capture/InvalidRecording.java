package wscope.capture;

/** A recording is invalid. The message names the line and the reason. */
public final class InvalidRecording extends Exception {
  private static final long serialVersionUID = 1;

  InvalidRecording(long line, String why) {
    super("line " + line + " of the recording: " + why);
  }
}
