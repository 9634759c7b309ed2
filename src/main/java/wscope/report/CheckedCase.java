package wscope.report;

import org.jspecify.annotations.Nullable;

/**
 * The result of a case of a check.
 *
 * @param rule the ID of the rule that the case is about; null for none
 * @param strictness must, should or open
 * @param outcome pass, lenient, fail, hang or not-judgeable
 * @param sends what was sent, in words
 * @param expected what had to come
 * @param came what came; may hold text of the server
 * @param broken the ID of the rule that the server broke; null for none
 * @param suspect the line of code to look at; empty for none
 * @param command the command that shows it again
 */
public record CheckedCase(
    String id,
    String group,
    @Nullable String rule,
    String citation,
    String strictness,
    String outcome,
    String sends,
    String expected,
    String came,
    @Nullable String broken,
    String suspect,
    String command,
    long nanos) {

  /** Whether the outcome counts as a failure. */
  public boolean hasFailed() {
    return outcome.equals("fail") || outcome.equals("hang");
  }
}
