package wscope.cli.dial;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.NearestWord;
import wscope.protocol.deflate.DeflateOffer;
import wscope.protocol.deflate.DeflateParameters;

/** Reads the parameters of an offer of permessage-deflate (RFC 7692 §7.1). */
final class DeflateOfferConverter implements ITypeConverter<DeflateOffer> {
  private static final String SERVER_RESETS = DeflateParameters.SERVER_NO_CONTEXT_TAKEOVER;
  private static final String CLIENT_RESETS = DeflateParameters.CLIENT_NO_CONTEXT_TAKEOVER;
  private static final String SERVER_BITS = DeflateParameters.SERVER_MAX_WINDOW_BITS;
  private static final String CLIENT_BITS = DeflateParameters.CLIENT_MAX_WINDOW_BITS;
  private static final List<String> KNOWN =
      List.of(SERVER_RESETS, CLIENT_RESETS, SERVER_BITS, CLIENT_BITS);

  @Override
  public DeflateOffer convert(String text) {
    Map<String, String> values = new HashMap<>();
    for (String part : text.split(";", -1)) {
      String parameter = part.strip();
      if (!parameter.isEmpty() && !parameter.equals(DeflateParameters.EXTENSION)) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals).strip();
        if (!KNOWN.contains(name)) {
          String advice = NearestWord.advice(name, KNOWN);
          throw new TypeConversionException(
              "unknown parameter '"
                  + name
                  + "'"
                  + (advice.isEmpty()
                      ? "; the valid parameters are " + String.join(", ", KNOWN)
                      : advice));
        }
        String value = equals < 0 ? "" : parameter.substring(equals + 1).strip();
        if (values.put(name, value) != null) {
          throw new TypeConversionException(name + " is given twice");
        }
      }
    }
    return new DeflateOffer(
        isSet(SERVER_RESETS, values.get(SERVER_RESETS)),
        isSet(CLIENT_RESETS, values.get(CLIENT_RESETS)),
        bits(SERVER_BITS, values.get(SERVER_BITS)),
        bits(CLIENT_BITS, values.get(CLIENT_BITS)));
  }

  private static boolean isSet(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      throw new TypeConversionException(name + " takes no value");
    }
    return value != null;
  }

  private static int bits(String name, @Nullable String value) {
    if (value == null) {
      return DeflateOffer.ABSENT;
    }
    if (value.isEmpty() && name.equals(CLIENT_BITS)) {
      return DeflateOffer.NO_VALUE;
    }
    for (int bits = 8; bits <= DeflateParameters.MOST_WINDOW_BITS; bits++) {
      if (value.equals(String.valueOf(bits))) {
        return bits;
      }
    }
    throw new TypeConversionException(name + " must be 8 to 15");
  }
}
