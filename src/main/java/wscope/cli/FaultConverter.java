package wscope.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.Faults;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;

/** Reads the id of a rule that frames can break. */
final class FaultConverter implements ITypeConverter<Rule> {
  /** The ids of these rules. */
  static List<String> ids() {
    return Faults.rules().stream().map(Rule::id).toList();
  }

  @Override
  public Rule convert(String value) {
    Rule rule = RuleIds.find(value);
    if (rule == null) {
      Rule nearest = RuleIds.nearest(value, Faults.rules());
      throw new TypeConversionException(
          "there is no rule '" + value + "'; the nearest is " + nearest.id());
    }
    @Nullable String obstacle = Faults.obstacle(rule);
    if (obstacle != null) {
      throw new TypeConversionException("no frame breaks " + rule.id() + ": " + obstacle);
    }
    return rule;
  }
}
