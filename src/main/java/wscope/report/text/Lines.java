package wscope.report.text;

import java.util.Arrays;

/** Lines that have already been formatted, for reuse. The first may begin in the middle. */
final class Lines {
  private final byte[] all;
  private final byte[][] each;

  /**
   * Creates lines.
   *
   * @param text ends with the end of the last line
   */
  Lines(String text) {
    all = Screen.encoded(text);
    int count = (int) text.chars().filter(c -> c == '\n').count();
    each = new byte[count][];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = start;
      while (all[end] != '\n') {
        end++;
      }
      each[i] = Arrays.copyOfRange(all, start, end + 1);
      start = end + 1;
    }
  }

  /** All lines, each with its end. */
  byte[] all() {
    return all;
  }

  /** Each line with its end. */
  byte[][] each() {
    return each;
  }
}
