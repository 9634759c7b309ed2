package wscope.report.html;

/** A file that is whole after each append. */
@FunctionalInterface
public interface PageFile {
  /**
   * Appends bytes that make the file whole.
   *
   * @param tail the number of these bytes that the next append replaces
   */
  void append(byte[] bytes, int length, int tail);
}
