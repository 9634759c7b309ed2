package wscope.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.handshake.Ascii;
import wscope.protocol.handshake.OutgoingHeaderField;

/** Reads a header field to send: {@code Name: value} in visible ASCII (RFC 9110 §5). */
public class FieldConverter implements ITypeConverter<OutgoingHeaderField> {
  @Override
  public OutgoingHeaderField convert(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new TypeConversionException("a header field must be 'Name: value', with a colon");
    }
    String name = text.substring(0, colon);
    if (!Ascii.isToken(name)) {
      throw new TypeConversionException(
          "the name of a header field may contain only letters, digits and !#$%&'*+-.^_`|~");
    }
    String value = text.substring(colon + 1).strip();
    if (!isValue(value)) {
      throw new TypeConversionException("the value of a header field must be visible ASCII");
    }
    return new OutgoingHeaderField(name, value);
  }

  /** Whether a text can be the value of a header field. */
  public static boolean isValue(String text) {
    return text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }
}
