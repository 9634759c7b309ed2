package wscope.report.text;

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
    id(screen.text("  "), rule);
    screen.words(6).text("   ").text(rule.citation());
    if (rule.answer() > 0) {
      answer(screen.text(" → "), rule);
    }
    screen.endLine();
    screen.text("      ").words(6).text(rule.title()).endLine();
    screen.text("      found: ").words(13);
    SafeText.words(screen, violation.found());
    screen.endLine();
    screen.style(Style.ASIDE).text("      hint: ").words(12).text(rule.hint()).plain().endLine();
  }

  /** The id of a rule, with a mark that tells how grave it is. */
  static void id(Screen screen, Rule rule) {
    screen.style(rule.isError() ? Style.ERROR : Style.WARNING);
    screen.text(rule.isError() ? "✗ " : "! ").text(rule.id()).plain();
  }

  /** The close code or HTTP status that answers a rule which has one. */
  static void answer(Screen screen, Rule rule) {
    screen.text(rule.answersWithHttp() ? "HTTP " : "close ").number(rule.answer());
  }
}
