package wscope.serve;

import java.util.Collection;
import java.util.List;
import wscope.protocol.rule.Rule;

/** A parameter is unknown or its value is invalid. The message is the text of the problem. */
public final class InvalidParameter extends Exception {
  private static final long serialVersionUID = 1;

  /** How much of a text a message shows. */
  private static final int LONGEST_EXCERPT = 40;

  private final transient ParameterProblem problem;

  InvalidParameter(String text) {
    this(ParameterProblem.of(text));
  }

  private InvalidParameter(ParameterProblem problem) {
    // A client can cause it, so it has no stack trace.
    super(problem.text(), null, false, false);
    this.problem = problem;
  }

  /**
   * A word is unknown.
   *
   * @param text the message
   */
  static InvalidParameter unknown(String text, String typed, Collection<String> known) {
    return new InvalidParameter(new ParameterProblem(text, typed, List.copyOf(known), null));
  }

  /**
   * A value would break a rule.
   *
   * @param text the message
   */
  static InvalidParameter breaking(Rule rule, String text) {
    return new InvalidParameter(new ParameterProblem(text, "", List.of(), rule));
  }

  /** What is wrong. */
  public ParameterProblem problem() {
    return problem;
  }

  /**
   * The beginning of a text in quotes. Characters other than visible ASCII and spaces become a
   * question mark, as do quotes and markup.
   */
  public static String quoted(String text) {
    int end = Math.min(text.length(), LONGEST_EXCERPT);
    StringBuilder quoted = new StringBuilder(end + 5).append('\'');
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      quoted.append(c >= ' ' && c < 0x7f && "'\"<>&`".indexOf(c) < 0 ? c : '?');
    }
    return quoted.append(end < text.length() ? "...'" : "'").toString();
  }
}
