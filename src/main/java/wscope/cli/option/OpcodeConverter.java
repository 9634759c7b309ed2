package wscope.cli.option;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.frame.Opcode;

/** Reads an opcode by its name in RFC 6455 §5.2, or by its number. */
public final class OpcodeConverter implements ITypeConverter<Opcode> {
  /** The names of the opcodes that have a meaning. */
  public static final List<String> NAMES =
      List.of("text", "binary", "continuation", "close", "ping", "pong");

  @Override
  public Opcode convert(String value) {
    String name = value.toLowerCase(Locale.ROOT);
    for (Opcode opcode : Opcode.values()) {
      String code = Integer.toString(opcode.code());
      String hex = "0x" + Integer.toHexString(opcode.code());
      boolean named = !opcode.isReserved() && opcode.label().equals(name);
      if (named || name.equals(code) || name.equals(hex)) {
        return opcode;
      }
    }
    throw new TypeConversionException(
        "unknown opcode '"
            + value
            + "'; write "
            + String.join(", ", NAMES)
            + ", or a number from 0 to 15 or 0x0 to 0xf"
            + NearestWord.advice(name, NAMES));
  }
}
