package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;

/** Advice that tests can recognize. */
public final class TestAdvice implements Advice {
  @Override
  public String onViolation(Violation violation) {
    Rule rule = violation.rule();
    return rule == Rule.RSV1_WITHOUT_EXTENSION ? "; advice on " + rule.id() : "";
  }

  @Override
  public String onSubprotocol(@Nullable String first) {
    return "; advice on " + first;
  }

  @Override
  public String onFullServer() {
    return " (advice)";
  }
}
