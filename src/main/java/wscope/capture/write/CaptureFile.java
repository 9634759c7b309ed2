package wscope.capture.write;

/** A file that is whole after each write. */
public interface CaptureFile {
  /**
   * Appends bytes that make the file whole.
   *
   * @param tail the number of these bytes that the next append replaces, such as closing brackets
   */
  void append(byte[] bytes, int length, int tail);
}
