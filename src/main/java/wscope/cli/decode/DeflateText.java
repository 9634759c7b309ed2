package wscope.cli.decode;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.DeflateNegotiation;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.ExtensionParameter;
import wscope.protocol.deflate.InvalidParameter;

/**
 * The negotiated parameters as a user types them, such as {@code client_no_context_takeover;
 * server_max_window_bits=10}: those of a response, with or without the name of the extension before
 * them.
 *
 * @param parameters the parameters; null if the text is invalid
 * @param error the error message, which quotes the user; null if the text is valid
 * @param position the position of the error in the text, from 0
 */
public record DeflateText(
    @Nullable DeflateParameters parameters, @Nullable String error, int position) {
  private static final String KNOWN =
      "the valid parameters are server_no_context_takeover, client_no_context_takeover,"
          + " server_max_window_bits=8..15 and client_max_window_bits=8..15";

  /** Reads a text. An empty text means no parameter. */
  public static DeflateText read(String text) {
    List<ExtensionParameter> parameters = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    int start = 0;
    while (start <= text.length()) {
      int separator = text.indexOf(';', start);
      int end = separator < 0 ? text.length() : separator;
      String part = text.substring(start, end).strip();
      boolean isName = start == 0 && part.equals(DeflateParameters.EXTENSION);
      if (part.isEmpty() && !text.isBlank()) {
        return wrong("a parameter is missing", start);
      }
      if (!part.isEmpty() && !isName) {
        parameters.add(parameter(part));
        positions.add(start + text.substring(start, end).indexOf(part));
      }
      start = end + 1;
    }
    List<InvalidParameter> invalid = new ArrayList<>(0);
    DeflateParameters agreed = DeflateNegotiation.agreed(parameters, invalid);
    if (invalid.isEmpty()) {
      return new DeflateText(agreed, null, 0);
    }
    InvalidParameter first = invalid.get(0);
    return wrong(words(first), positions.get(first.index()));
  }

  private static ExtensionParameter parameter(String part) {
    int equals = part.indexOf('=');
    return equals < 0
        ? new ExtensionParameter(part, null)
        : new ExtensionParameter(
            part.substring(0, equals).strip(), unquoted(part.substring(equals + 1).strip()));
  }

  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  private static String words(InvalidParameter invalid) {
    return switch (invalid.rule()) {
      case DEFLATE_PARAMETER_UNKNOWN ->
          "unknown parameter '" + invalid.parameter().name() + "'; " + KNOWN;
      default -> "'" + invalid.parameter() + "': " + invalid.why();
    };
  }

  private static DeflateText wrong(String error, int position) {
    return new DeflateText(null, error, position);
  }
}
