package wscope.report.text;

import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.report.RuleGuide;

/** Shows the table of rules, or explains one of them. */
public final class RuleReport {
  private static final int CITATION = 40;
  private static final int CONSEQUENCE = 60;
  private static final int INDENT = 6;

  private final Screen screen;

  public RuleReport(Screen screen) {
    this.screen = screen;
  }

  /** Lists all rules by group, then the faults that violate no rule. */
  public void list() {
    for (RuleGroup group : RuleGroup.values()) {
      heading(group.title());
      Rule.of(group).forEach(this::row);
      screen.endLine();
    }
    heading("Faults that break no rule but keep the peer waiting");
    for (Fault stall : Faults.stalls()) {
      screen.text("  ").text(stall.id()).endLine();
      words(stall.title());
    }
    screen.endLine();
    screen.text("wscope explain RULE-ID explains a rule, with bytes that break it.").endLine();
  }

  private void row(Rule rule) {
    screen.text("  ");
    Violations.id(screen, rule);
    screen.table(INDENT).pad(CITATION).text(rule.citation()).pad(CONSEQUENCE);
    if (!Violations.code(screen, rule)) {
      screen.text(rule.isError() ? "disconnect" : "tolerated");
    }
    screen.endLine();
    words(rule.title());
  }

  /** Explains a rule. */
  public void explain(Rule rule, RuleGuide guide) {
    Violations.id(screen, rule);
    screen.words(INDENT).text("   ").text(rule.citation()).endLine();
    words(rule.title());
    words("effect: " + RuleWords.consequence(rule));
    words("hint: " + rule.hint() + guide.advice());
    screen.endLine();
    heading("Bytes that break the rule");
    commands(guide.example());
    if (guide.example().isEmpty()) {
      words("no short example exists; " + guide.withoutExample());
    }
    screen.endLine();
    heading("To break the rule on purpose");
    commands(guide.commands());
    if (guide.remark() != null) {
      words(guide.remark());
    }
  }

  /** Explains a fault that violates no rule. */
  public void explain(Fault stall, RuleGuide guide) {
    screen.text(stall.id(), Style.HEADING).endLine();
    words(stall.title());
    words("this fault breaks no rule; only a timeout lets a peer notice it");
    screen.endLine();
    heading("To commit the fault on purpose");
    commands(guide.commands());
  }

  private void commands(List<String> lines) {
    for (String line : lines) {
      screen.text("  ").text(line).endLine();
    }
  }

  private void heading(String title) {
    screen.text(title, Style.HEADING).endLine();
  }

  /** Shows indented words. */
  private void words(String text) {
    screen.pad(INDENT).words(INDENT).text(text).endLine();
  }
}
