package wscope.cli.option;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.frame.LengthForm;

/** Reads the form of a payload length: 7, 16 or 64 bits. */
public final class LengthFormConverter implements ITypeConverter<LengthForm> {
  public static final List<String> BITS = List.of("7", "16", "64");

  @Override
  public LengthForm convert(String value) {
    int form = BITS.indexOf(value);
    if (form < 0) {
      throw new TypeConversionException("a length has 7, 16 or 64 bits, not '" + value + "'");
    }
    return List.of(LengthForm.values()).get(form);
  }
}
