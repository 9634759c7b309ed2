package wscope.report.text;

import java.util.Set;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Advice;
import wscope.report.Summary;

/** Shows each rule that a stream violates, once. */
public final class BrokenRules {
  private BrokenRules() {}

  /** Shows the first violation of each rule, its place, and the number of further violations. */
  public static void show(Screen screen, Advice advice, Summary summary, Set<Rule> rules) {
    for (Rule rule : rules) {
      Violation first = summary.firstViolation(rule);
      if (first != null) {
        Violations.show(screen, advice, first, null);
        screen.text("      at: frame ").number(first.frame());
        screen.text(", byte ").number(first.offset());
        long more = summary.violations(rule) - 1;
        if (more > 0) {
          screen.text("; ").number(more).text(more == 1 ? " more time" : " more times");
        }
        screen.endLine();
      }
    }
  }
}
