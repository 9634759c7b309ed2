package wscope.serve;

/**
 * A parameter that cannot be taken as it is. The message says what is wrong and what is right, in
 * visible ASCII, whatever was typed.
 */
public final class BadParameter extends Exception {
  private static final long serialVersionUID = 1;

  /** As much of a text as a message shows. */
  private static final int LONGEST_EXCERPT = 40;

  BadParameter(String message) {
    // A client can cause it, so it bears no stack trace.
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  /**
   * The beginning of a text in quotes. What is not visible ASCII, or could be taken for markup or
   * for the end of the quotation, becomes a question mark.
   */
  static String quoted(String text) {
    int end = Math.min(text.length(), LONGEST_EXCERPT);
    StringBuilder quoted = new StringBuilder(end + 5).append('\'');
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      quoted.append(c >= ' ' && c < 0x7f && "'\"<>&`".indexOf(c) < 0 ? c : '?');
    }
    return quoted.append(end < text.length() ? "...'" : "'").toString();
  }
}
