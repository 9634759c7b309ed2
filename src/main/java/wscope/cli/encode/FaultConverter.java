package wscope.cli.encode;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.NearestWord;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;

/** Reads the ID of a rule that frames can break. */
final class FaultConverter implements ITypeConverter<FrameFault> {
  /** The IDs of the rules that frames can break. */
  static List<String> ids() {
    return Faults.ofFrames().stream().map(FrameFault::id).toList();
  }

  @Override
  public FrameFault convert(String value) {
    Rule rule = RuleIds.find(value);
    if (rule == null) {
      throw new TypeConversionException(
          "unknown rule '" + value + "'" + NearestWord.advice(value, ids()));
    }
    FrameFault fault = Faults.ofFrames(rule);
    if (fault == null) {
      String why =
          rule.isOfHandshake()
              ? "it is a rule of the opening handshake"
              : Faults.obstacle(Endpoint.SERVER, rule);
      throw new TypeConversionException("no frame breaks " + rule.id() + ", because " + why);
    }
    return fault;
  }
}
