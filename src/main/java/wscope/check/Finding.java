package wscope.check;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** An outcome, and the rule that the checked endpoint broke. */
record Finding(Outcome outcome, @Nullable Rule broken) {
  static Finding of(Outcome outcome) {
    return new Finding(outcome, null);
  }

  static Finding pass() {
    return of(Outcome.PASS);
  }

  /** The expected reaction did not come. */
  static Finding broken(Case theCase) {
    return new Finding(theCase.strictness().whenBroken(), theCase.rule());
  }

  /** The endpoint itself broke a rule. */
  static Finding breaking(Rule rule) {
    return new Finding(rule.isError() ? Outcome.FAIL : Outcome.LENIENT, rule);
  }

  /** Whether a rule is among those found broken. */
  static boolean isBroken(Rule rule, List<Violation> found) {
    return found.stream().anyMatch(violation -> violation.rule() == rule);
  }
}
