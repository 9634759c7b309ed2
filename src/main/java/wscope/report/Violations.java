package wscope.report;

import java.util.List;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Shows a broken rule: its id, section and answer, what is wrong, what was found, and a hint. */
final class Violations {
  private Violations() {}

  /** Shows each, in their order. */
  static void show(Screen screen, List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      show(screen, violations.get(i));
    }
  }

  static void show(Screen screen, Violation violation) {
    Rule rule = violation.rule();
    screen.text("  ").style(rule.isError() ? Style.ERROR : Style.WARNING);
    screen.text(rule.isError() ? "✗ " : "! ").text(rule.id()).plain();
    screen.text("   ").text(rule.citation());
    if (rule.answersWithHttp()) {
      screen.text(" → HTTP ").number(rule.answer());
    } else if (rule.answer() > 0) {
      screen.text(" → close ").number(rule.answer());
    }
    screen.endLine();
    screen.text("      ").text(rule.title()).endLine();
    screen.text("      found: ");
    SafeText.words(screen, violation.found());
    screen.endLine();
    screen.style(Style.ASIDE).text("      hint: ").text(rule.hint()).plain().endLine();
  }
}
