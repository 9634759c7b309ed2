package wscope.cli.option;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.frame.RsvBits;

/**
 * Reads RSV bits, as names or as the three binary digits on the wire: {@code rsv1,rsv3} is {@code
 * 101}. A single digit is invalid, because it could be the name of a bit or its value.
 */
public final class RsvConverter implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String value) {
    int bits = 0;
    if (value.length() == 3 && value.chars().allMatch(c -> c == '0' || c == '1')) {
      return Integer.parseInt(value, 2);
    }
    for (String name : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      bits |=
          switch (name) {
            case "rsv1" -> RsvBits.RSV1;
            case "rsv2" -> RsvBits.RSV2;
            case "rsv3" -> RsvBits.RSV3;
            default ->
                throw new TypeConversionException(
                    "'"
                        + value
                        + "' is not valid; write names such as rsv1 or rsv1,rsv3, or the three"
                        + " bits as on the wire, such as 100 for RSV1");
          };
    }
    return bits;
  }
}
