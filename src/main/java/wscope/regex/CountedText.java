package wscope.regex;

import java.util.function.BooleanSupplier;

/**
 * A text for a regular expression of the user. Java's expressions backtrack and may take for ever,
 * so the steps are counted: each look at a character is one.
 */
public final class CountedText implements CharSequence {
  private final String text;
  private final BooleanSupplier step;

  /**
   * Creates a text.
   *
   * @param step takes one step; false if none is left
   */
  public CountedText(String text, BooleanSupplier step) {
    this.text = text;
    this.step = step;
  }

  /** A text with a number of steps of its own. */
  public static CountedText of(String text, long steps) {
    long[] left = {steps};
    return new CountedText(text, () -> --left[0] >= 0);
  }

  /**
   * A character of the text.
   *
   * @throws TooManySteps if no step is left
   */
  @Override
  public char charAt(int index) {
    if (!step.getAsBoolean()) {
      throw new TooManySteps();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** The expression took all steps. */
  public static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1;

    private TooManySteps() {
      super(null, null, false, false);
    }
  }
}
