package wscope.cli;

import java.util.List;
import wscope.cli.option.RuleGuides;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleGroup;
import wscope.report.RuleGuide;
import wscope.report.text.RuleWords;

/** Generates the manual page of the rules from their table. */
final class RulesPage {
  private final Roff page =
      new Roff("wscope-rules", 7, "the rules of WebSocket that wscope checks");

  private RulesPage() {}

  static String write() {
    RulesPage rules = new RulesPage();
    rules.writeAll();
    return rules.page.toString();
  }

  private void writeAll() {
    page.section("DESCRIPTION");
    page.words(
        "",
        "Each rule has a stable id, the section that defines it, the effect of a violation, a hint,"
            + " and a command whose bytes break it. A rule without an effect is a warning; all others"
            + " are errors.");
    for (RuleGroup group : RuleGroup.values()) {
      page.subsection(group.title());
      Rule.of(group).forEach(this::rule);
    }
    page.subsection("Faults that break no rule but keep the peer waiting");
    for (Fault stall : Faults.stalls()) {
      page.entry(Roff.bold(stall.id()), stall.title() + ".");
      page.literalOfEntry(RuleGuides.of(stall).commands());
    }
    page.seeAlso(
        List.of("wscope-rules(1)", "wscope-decode(1)", "wscope-encode(1)", "wscope-serve(1)"));
  }

  private void rule(Rule rule) {
    RuleGuide guide = RuleGuides.of(rule);
    String hint = rule.hint() + guide.advice();
    page.entry(
        Roff.bold(rule.id()),
        rule.title() + " (" + rule.citation() + "). Effect: " + RuleWords.consequence(rule) + ".",
        "Hint: " + hint + (hint.endsWith("?") ? "" : "."));
    if (guide.remark() != null) {
      page.words("", "Note: " + guide.remark() + ".");
    }
    if (guide.example().isEmpty()) {
      page.words("", "No short example exists; " + guide.withoutExample() + ".");
    } else {
      page.literalOfEntry(guide.example());
    }
    if (!guide.commands().isEmpty()) {
      page.literalOfEntry(guide.commands());
    }
  }
}
