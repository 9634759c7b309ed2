package wscope.input.spelling;

/** What a reader could not read, by offset: line and column are not known yet. */
final class SpellingError extends Exception {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String advice;
  private final long offset;

  /**
   * @param problem worded so that "at character 3" can follow
   * @param advice what to type instead
   * @param offset of the invalid character in the text, from 0
   */
  SpellingError(String problem, String advice, long offset) {
    super(problem, null, false, false);
    this.problem = problem;
    this.advice = advice;
    this.offset = offset;
  }

  /** A character that is not part of the spelling. */
  static SpellingError unexpected(byte c, String expected, String advice, long offset) {
    return new SpellingError(show(c) + " is not " + expected, advice, offset);
  }

  String problem() {
    return problem;
  }

  String advice() {
    return advice;
  }

  long offset() {
    return offset;
  }

  private static String show(byte c) {
    return c > ' ' && c < 0x7f ? "'" + (char) c + "'" : "byte 0x" + hex(c >> 4) + hex(c);
  }

  private static char hex(int digit) {
    return Character.forDigit(digit & 0xf, 16);
  }
}
