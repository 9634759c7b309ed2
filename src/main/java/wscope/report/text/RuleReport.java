package wscope.report.text;

import java.util.List;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.report.RuleCommands;

/** Shows the table of rules, or explains one of them. */
public final class RuleReport {
  private static final int CITATION = 40;
  private static final int ANSWER = 60;
  private static final int INDENT = 6;

  private final Screen screen;

  public RuleReport(Screen screen) {
    this.screen = screen;
  }

  /** All rules in their groups, then the faults that break none. */
  public void list() {
    for (RuleGroup group : RuleGroup.values()) {
      heading(group.title());
      group.rules().forEach(this::row);
      screen.endLine();
    }
    heading("Faults that break no rule, but let the peer wait");
    for (Fault stall : Faults.stalls()) {
      screen.text("  ").text(stall.id()).endLine();
      words(stall.title());
    }
    screen.endLine();
    screen.text("wscope rules RULE-ID explains one, with bytes that break it.").endLine();
  }

  private void row(Rule rule) {
    screen.text("  ");
    Violations.id(screen, rule);
    screen.pad(CITATION).text(rule.citation()).pad(ANSWER);
    if (rule.answer() > 0) {
      Violations.answer(screen, rule);
    } else {
      screen.text(rule.isError() ? "disconnect" : "tolerated");
    }
    screen.endLine();
    words(rule.title());
  }

  /** All about one rule. */
  public void explain(Rule rule) {
    Violations.id(screen, rule);
    screen.words(INDENT).text("   ").text(rule.citation()).endLine();
    words(rule.title());
    words("answer: " + RuleWords.answer(rule));
    words("hint: " + rule.hint());
    screen.endLine();
    heading("Bytes that break it");
    List<String> example = RuleCommands.decode(rule);
    commands(example);
    if (example.isEmpty()) {
      words("none that are short: " + RuleWords.limit(rule));
    }
    screen.endLine();
    heading("To break it on purpose");
    commands(RuleCommands.commit(rule));
    String remark = RuleWords.byServer(rule);
    if (remark != null) {
      words(remark);
    }
  }

  /** All about a fault that breaks no rule. */
  public void explain(Fault stall) {
    screen.text(stall.id(), Style.HEADING).endLine();
    words(stall.title());
    words("it breaks no rule; a peer needs a timeout to notice it");
    screen.endLine();
    heading("To commit it on purpose");
    commands(List.of(RuleCommands.serve(stall)));
  }

  private void commands(List<String> lines) {
    for (String line : lines) {
      screen.text("  ").text(line).endLine();
    }
  }

  private void heading(String title) {
    screen.text(title, Style.HEADING).endLine();
  }

  /** Words, indented. */
  private void words(String text) {
    screen.pad(INDENT).words(INDENT).text(text).endLine();
  }
}
