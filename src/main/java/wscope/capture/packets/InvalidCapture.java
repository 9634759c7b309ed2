package wscope.capture.packets;

/** A capture cannot be read further. The message names the place and the reason. */
public final class InvalidCapture extends Exception {
  private static final long serialVersionUID = 1;

  public InvalidCapture(String why) {
    super(why);
  }
}
