package wscope.cli.serve;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.FieldConverter;
import wscope.protocol.handshake.OutgoingHeaderField;

/**
 * Reads a header field for the 101 response. Fields that the handshake itself sets, or that
 * announce a body, are invalid.
 */
final class ResponseFieldConverter extends FieldConverter {
  private static final Set<String> BODY = Set.of("content-length", "transfer-encoding");

  @Override
  public OutgoingHeaderField convert(String text) {
    OutgoingHeaderField field = super.convert(text);
    checkOwner(field.name());
    return field;
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
