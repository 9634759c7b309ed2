package wscope.report;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Rule;

/** Advice that tests know when they see it. */
public final class SomeAdvice implements Advice {
  @Override
  public String onRule(Rule rule) {
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
