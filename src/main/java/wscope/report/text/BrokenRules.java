package wscope.report.text;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import wscope.protocol.InspectionListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** The errors in a stream by rule: for each the first violation, and how many more there are. */
public final class BrokenRules implements InspectionListener {
  private final Map<Rule, Violation> first = new LinkedHashMap<>();
  private final Map<Rule, Long> count = new EnumMap<>(Rule.class);

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      violation(violations.get(i));
    }
  }

  @Override
  public void violation(Violation violation) {
    if (violation.rule().isError()) {
      first.putIfAbsent(violation.rule(), violation);
      count.merge(violation.rule(), 1L, Long::sum);
    }
  }

  /** The rules that are broken, in the order in which they are found. */
  public Set<Rule> rules() {
    return Collections.unmodifiableSet(first.keySet());
  }

  /** Takes a rule out; false if it is not broken. */
  public boolean forgive(Rule rule) {
    count.remove(rule);
    return first.remove(rule) != null;
  }

  /** Shows each rule once: its first violation, where that is, and how many more there are. */
  public void show(Screen screen) {
    first.forEach(
        (rule, violation) -> {
          Violations.show(screen, violation);
          screen.text("      at: frame ").number(violation.frame());
          screen.text(", byte ").number(violation.offset());
          long more = count.getOrDefault(rule, 1L) - 1;
          if (more > 0) {
            screen.text("; ").number(more).text(more == 1 ? " time more" : " times more");
          }
          screen.endLine();
        });
  }
}
