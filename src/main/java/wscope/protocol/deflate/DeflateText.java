package wscope.protocol.deflate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ParameterSet.Fault;
import wscope.protocol.deflate.ParameterSet.Place;

/**
 * What a user types to say what was agreed on, such as {@code client_no_context_takeover;
 * server_max_window_bits=10}: the parameters of an answer, with the name of the extension before
 * them or without.
 *
 * @param parameters null if the text does not say any
 * @param error what does not fit, in words, with text of the user; null if all fits
 * @param position of the error in the text, from 0
 */
public record DeflateText(
    @Nullable DeflateParameters parameters, @Nullable String error, int position) {
  private static final String KNOWN =
      "known are server_no_context_takeover, client_no_context_takeover,"
          + " server_max_window_bits=8..15 and client_max_window_bits=8..15";

  /** Reads the text; an empty one means no parameter. */
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
    ParameterSet set = new ParameterSet(Place.ANSWER, parameters);
    if (set.faults().isEmpty()) {
      return new DeflateText(set.agreed(), null, 0);
    }
    Fault fault = set.faults().get(0);
    return wrong(words(fault), positions.get(fault.index()));
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

  private static String words(Fault fault) {
    return switch (fault.rule()) {
      case DEFLATE_PARAMETER_UNKNOWN ->
          "unknown parameter '" + fault.parameter().name() + "'; " + KNOWN;
      default -> "'" + fault.parameter() + "': " + fault.why();
    };
  }

  private static DeflateText wrong(String error, int position) {
    return new DeflateText(null, error, position);
  }
}
