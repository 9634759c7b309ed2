package wscope.cli.option;

import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.DeflateRequirement;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.ResponseFault;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.RuleGuide;

/** Creates the guide for each rule: the commands that show and commit violations. */
public final class RuleGuides {
  private RuleGuides() {}

  /** Creates the guide to seeing a violation of a rule and to breaking the rule. */
  public static RuleGuide of(Rule rule) {
    List<String> example = RuleCommands.decode(rule);
    return new RuleGuide(
        new OptionAdvice().onRule(rule),
        example,
        example.isEmpty()
            ? "to see a violation, lower the limit with serve " + OptionAdvice.limit(rule)
            : "",
        RuleCommands.commit(rule),
        byServer(rule));
  }

  /** Creates the guide to committing a fault that breaks no rule. */
  public static RuleGuide of(Fault stall) {
    return new RuleGuide("", List.of(), "", List.of(RuleCommands.serve(stall)), null);
  }

  /**
   * A remark on why {@code wscope serve} cannot break the rule, or on the condition under which it
   * can; null if it always can.
   */
  private static @Nullable String byServer(Rule rule) {
    Fault fault = Faults.find(Endpoint.SERVER, rule.id());
    String obstacle = Faults.obstacle(Endpoint.SERVER, rule);
    if (obstacle != null) {
      return "serve cannot break this rule, because " + obstacle;
    }
    if (fault instanceof ResponseFault handshake && handshake.condition() != null) {
      return "serve breaks this rule only if " + handshake.condition();
    }
    DeflateRequirement need = fault == null ? DeflateRequirement.NONE : fault.deflate();
    return switch (need) {
      case NONE -> null;
      case ABSENT -> "to break this rule, serve declines permessage-deflate";
      case AGREED, TAKEOVER, NO_TAKEOVER, SMALL_WINDOW ->
          "serve breaks this rule only if the client offers permessage-deflate";
    };
  }
}
