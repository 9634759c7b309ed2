package wscope.connection;

import java.util.Collection;
import java.util.List;
import wscope.protocol.rule.Rule;

/** A parameter is unknown or its value is invalid. {@link #getMessage} describes the problem. */
public final class InvalidParameter extends Exception {
  private static final long serialVersionUID = 1;

  /** The number of characters that a message quotes. */
  private static final int LONGEST_EXCERPT = 40;

  private final transient ParameterProblem problem;

  /** Creates the exception for any problem except an unknown word or a broken rule. */
  public InvalidParameter(String text) {
    this(ParameterProblem.of(text));
  }

  private InvalidParameter(ParameterProblem problem) {
    // A client can cause this exception, so it has no stack trace.
    super(problem.text(), null, false, false);
    this.problem = problem;
  }

  /**
   * Creates the exception for an unknown word.
   *
   * @param text the message
   */
  static InvalidParameter unknown(String text, String typed, Collection<String> known) {
    return new InvalidParameter(new ParameterProblem(text, typed, List.copyOf(known), null));
  }

  /**
   * Creates the exception for a value that would break a rule.
   *
   * @param text the message
   */
  static InvalidParameter breaking(Rule rule, String text) {
    return new InvalidParameter(new ParameterProblem(text, "", List.of(), rule));
  }

  /** The problem that the message describes. */
  public ParameterProblem problem() {
    return problem;
  }

  /**
   * Quotes the beginning of a string. A question mark replaces quotes, markup, and characters other
   * than visible ASCII and spaces.
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
