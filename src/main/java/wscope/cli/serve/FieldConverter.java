package wscope.cli.serve;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.handshake.Ascii;
import wscope.protocol.handshake.OutgoingHeaderField;

/**
 * Reads a header field for the 101 response: {@code Name: value} in visible ASCII (RFC 9110 §5).
 * Fields that the handshake itself sets, or that announce a body, are invalid.
 */
final class FieldConverter implements ITypeConverter<OutgoingHeaderField> {
  private static final Set<String> BODY = Set.of("content-length", "transfer-encoding");

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
    if (!value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f))) {
      throw new TypeConversionException("the value of a header field must be visible ASCII");
    }
    checkOwner(name);
    return new OutgoingHeaderField(name, value);
  }

  private static void checkOwner(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.equals("upgrade")
        || lower.equals("connection")
        || lower.startsWith("sec-websocket-")) {
      throw new TypeConversionException(
          "the handshake itself sets "
              + name
              + "; --subprotocol, --no-compress and --fault can change it");
    }
    if (BODY.contains(lower)) {
      throw new TypeConversionException("a 101 response cannot contain " + name);
    }
  }
}
