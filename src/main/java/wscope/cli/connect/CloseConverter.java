package wscope.cli.connect;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.connection.Behaviour;
import wscope.connection.InvalidParameter;
import wscope.connection.ParameterValues;
import wscope.protocol.rule.Rule;

/** Reads a close code and a reason, as the behaviour parameter of the same name does. */
final class CloseConverter implements ITypeConverter<Behaviour.Close> {
  @Override
  public Behaviour.Close convert(String text) {
    try {
      return ParameterValues.close(text);
    } catch (InvalidParameter e) {
      Rule broken = e.problem().broken();
      throw new TypeConversionException(
          e.problem().text().replaceFirst("^a server ", "a client ")
              + (broken == null
                  ? ""
                  : "; to break this rule on purpose, use --fault " + broken.id()));
    }
  }
}
