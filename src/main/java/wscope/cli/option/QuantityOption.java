package wscope.cli.option;

import java.time.Duration;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.connection.InvalidParameter;
import wscope.connection.Quantities;

/** Creates options whose values are sizes, counts or times within bounds. */
public final class QuantityOption {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(24);

  private QuantityOption() {}

  /** An option that takes a number of bytes and has a default. */
  public static OptionSpec size(
      String name, long lowest, long highest, long usual, String description) {
    return withDefault(bytes(name, lowest, highest), Quantities.showBytes(usual), description);
  }

  /** An option that takes a number of bytes and has no default. */
  public static OptionSpec size(String name, long lowest, long highest, String description) {
    return bytes(name, lowest, highest).description(description).build();
  }

  private static OptionSpec.Builder bytes(String name, long lowest, long highest) {
    return builder(name, "SIZE", Long.class, text -> Quantities.bytes(text, lowest, highest));
  }

  /** An option that takes a number and has a default. */
  public static OptionSpec count(String name, long highest, long usual, String description) {
    return withDefault(count(name, highest), String.valueOf(usual), description);
  }

  /** An option that takes a number from 1 and has no default. */
  public static OptionSpec.Builder count(String name, long highest) {
    return builder(name, "COUNT", Long.class, text -> Quantities.count(text, 1, highest));
  }

  /** An option that takes a time from 1 ms to 24 h and has a default. */
  public static OptionSpec time(String name, Duration usual, String description) {
    return withDefault(time(name), Quantities.show(usual), description);
  }

  /** An option that takes a time from 1 ms to 24 h and has no default. */
  public static OptionSpec.Builder time(String name) {
    return time(name, SHORTEST);
  }

  /** An option that takes a time up to 24 h and has no default. */
  public static OptionSpec.Builder time(String name, Duration shortest) {
    return builder(
        name, "TIME", Duration.class, text -> Quantities.duration(text, shortest, LONGEST));
  }

  private static OptionSpec withDefault(
      OptionSpec.Builder option, String usual, String description) {
    return option.defaultValue(usual).description(description + " Default: " + usual + ".").build();
  }

  private static <T> OptionSpec.Builder builder(
      String name, String label, Class<T> type, Reading<T> reading) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(type)
        .converters(new Converter<>(text -> read(reading, text)));
  }

  private interface Reading<T> {
    T of(String text) throws InvalidParameter;
  }

  private static <T> T read(Reading<T> reading, String text) {
    try {
      return reading.of(text);
    } catch (InvalidParameter e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
