package wscope.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.handshake.Ascii;

/** Reads the name of a subprotocol (RFC 6455 §4.1, item 10). */
public final class SubprotocolConverter implements ITypeConverter<String> {
  @Override
  public String convert(String text) {
    if (!Ascii.isToken(text)) {
      throw new TypeConversionException(
          "'" + text + "': a subprotocol may contain only letters, digits and !#$%&'*+-.^_`|~");
    }
    return text;
  }
}
