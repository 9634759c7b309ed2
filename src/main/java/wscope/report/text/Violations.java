package wscope.report.text;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Advice;

/**
 * Shows a violation: the rule's ID, citation and code, the title of the rule, the wrong value, and
 * a hint.
 */
final class Violations {
  private Violations() {}

  /** Shows each violation, in their order. */
  static void show(Screen screen, Advice advice, List<Violation> violations) {
    show(screen, advice, violations, null);
  }

  /**
   * Shows each violation, in their order.
   *
   * @param fault the ID of the fault that breaks the rules on purpose; null if there is none
   */
  static void show(
      Screen screen, Advice advice, List<Violation> violations, @Nullable String fault) {
    for (int i = 0; i < violations.size(); i++) {
      show(screen, advice, violations.get(i), fault);
    }
  }

  static void show(Screen screen, Advice advice, Violation violation, @Nullable String fault) {
    show(screen, advice, violation, fault, true);
  }

  /** Shows a violation in a response, which gets no status. */
  static void showInResponse(
      Screen screen, Advice advice, Violation violation, @Nullable String fault) {
    show(screen, advice, violation, fault, false);
  }

  private static void show(
      Screen screen, Advice advice, Violation violation, @Nullable String fault, boolean withCode) {
    Rule rule = violation.rule();
    id(screen.text("  "), rule);
    screen.words(6).text("   ").text(rule.citation());
    if (withCode && (rule.closeCode() > 0 || rule.httpStatus() > 0)) {
      code(screen.text(" → "), rule);
    }
    if (fault != null) {
      screen.text("   on purpose").text(advice.onFault(fault));
    }
    screen.endLine();
    screen.text("      ").words(6).text(rule.title()).endLine();
    screen.text("      found: ").words(13);
    SafeText.words(screen, violation.found());
    screen.endLine();
    screen.style(Style.ASIDE).text("      hint: ").words(12);
    screen.text(rule.hint()).text(advice.onViolation(violation)).plain().endLine();
  }

  /** Shows the ID of a rule, with a mark for its severity. */
  static void id(Screen screen, Rule rule) {
    screen.style(rule.isError() ? Style.ERROR : Style.WARNING);
    screen.text(rule.isError() ? "✗ " : "! ").text(rule.id()).plain();
  }

  /**
   * Shows the close code or HTTP status of a rule.
   *
   * @return false if the rule has neither
   */
  static boolean code(Screen screen, Rule rule) {
    if (rule.closeCode() > 0) {
      screen.text("close ").number(rule.closeCode());
      return true;
    }
    if (rule.httpStatus() > 0) {
      screen.text("HTTP ").number(rule.httpStatus());
      return true;
    }
    return false;
  }
}
