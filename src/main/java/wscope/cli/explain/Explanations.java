package wscope.cli.explain;

import java.util.ArrayList;
import java.util.List;
import wscope.explain.Entry;
import wscope.explain.Found;
import wscope.explain.Kind;
import wscope.explain.NextCommand;
import wscope.protocol.rule.Rule;
import wscope.report.Explanation;

/** Turns what was found into an explanation for a report. */
final class Explanations {
  private Explanations() {}

  static Explanation of(Found.OfEntry found) {
    Entry entry = found.entry();
    Rule rule = entry.rule();
    return new Explanation(
        entry.kind().id(),
        found.heading(),
        found.products(),
        entry.kind() == Kind.PROBLEM ? entry.name() : null,
        entry.meaning(),
        entry.side(),
        found.facts(),
        found.causes(),
        steps(entry),
        rule == null ? null : rule.id());
  }

  private static List<Explanation.Step> steps(Entry entry) {
    List<Explanation.Step> steps = new ArrayList<>();
    for (NextCommand next : entry.next()) {
      steps.add(new Explanation.Step(next.command(), next.why()));
    }
    if (entry.rule() != null) {
      steps.add(
          new Explanation.Step(
              "wscope explain " + entry.rule().id(),
              "the rule that is usually broken, with its section and bytes that break it"));
    }
    return steps;
  }
}
