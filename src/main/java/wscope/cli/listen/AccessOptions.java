package wscope.cli.listen;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.serve.HostRule;
import wscope.serve.OriginRule;

/** The options for the web pages that may connect, and for the names of this machine. */
public final class AccessOptions {
  private final OptionSpec origin;
  private final OptionSpec hostName;

  /**
   * Creates the options.
   *
   * @param usual the end of the description of {@code --origin}: the default
   */
  public AccessOptions(CommandSpec spec, String usual) {
    origin =
        many("-o", "--origin")
            .paramLabel("ORIGIN")
            .converters(checked(text -> OriginRule.of(List.of(text))))
            .description(
                "Let only web pages of this origin connect, such as https://app.example, null,"
                    + " http://localhost:3000 or file://; '*' stands for all origins. Pages of other origins get a 403 response, even pages of this"
                    + " machine. "
                    + usual)
            .build();
    hostName =
        many("--host-name")
            .paramLabel("NAME")
            .converters(checked(text -> HostRule.of(List.of(text))))
            .description(
                "Accept requests for this name, besides localhost and every IP address; requests for"
                    + " other names get a 403 response. Repeatable.")
            .build();
    spec.addOption(origin).addOption(hostName);
  }

  /** The rule for the hosts that requests may name. */
  public HostRule hosts() {
    return HostRule.of(values(hostName));
  }

  /** The rule for the web pages that may connect. */
  public OriginRule origins() {
    return OriginRule.of(values(origin));
  }

  private static OptionSpec.Builder many(String... names) {
    return OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class);
  }

  private static List<String> values(OptionSpec option) {
    @Nullable List<String> values = option.getValue();
    return values == null ? List.of() : List.copyOf(values);
  }

  /** Creates a converter that accepts the same texts as a parser. */
  private static Converter<String> checked(Consumer<String> parser) {
    return new Converter<>(
        text -> {
          try {
            parser.accept(text);
            return text;
          } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': " + e.getMessage());
          }
        });
  }
}
