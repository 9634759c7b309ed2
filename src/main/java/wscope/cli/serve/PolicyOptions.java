package wscope.cli.serve;

import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.protocol.handshake.Ascii;
import wscope.protocol.handshake.HttpField;
import wscope.serve.Credentials;
import wscope.serve.HostRule;
import wscope.serve.OriginRule;
import wscope.serve.Policy;

/** The options that say who may connect to a server, and where. */
final class PolicyOptions {
  private final OptionSpec path;
  private final OptionSpec origin;
  private final OptionSpec hostName;
  private final OptionSpec auth;
  private final OptionSpec subprotocol;
  private final OptionSpec header;

  PolicyOptions(CommandSpec spec) {
    path =
        many("--path")
            .paramLabel("PATH")
            .converters((ITypeConverter<String>) PolicyOptions::path)
            .description(
                "A path at which a WebSocket opens; others are answered with 404. Repeatable."
                    + " Default: any path.")
            .build();
    origin =
        many("-o", "--origin")
            .paramLabel("ORIGIN")
            .converters(checked(text -> OriginRule.of(List.of(text))))
            .description(
                "Web pages that may connect besides those of this machine: https://app.example,"
                    + " null, file:// and the like, or '*' for all; others are answered with 403."
                    + " Repeatable. Default: all, unless replies carry one client's"
                    + " messages to others; then none. What one client says to others is"
                    + " never sent to pages that are not named.")
            .build();
    hostName =
        many("--host-name")
            .paramLabel("NAME")
            .converters(checked(text -> HostRule.of(List.of(text), List.of())))
            .description(
                "A name of this server, besides localhost and the address it listens on; requests"
                    + " for others are answered with 403. Repeatable.")
            .build();
    auth =
        OptionSpec.builder("--auth")
            .paramLabel("USER:PASSWORD")
            .type(Credentials.class)
            .converters(new CredentialsConverter())
            .description(
                "The user and password (Basic) that a client must send; others are answered with"
                    + " 401. What clients send is shown with the rest of their request.")
            .build();
    subprotocol =
        many("-s", "--subprotocol")
            .paramLabel("NAME")
            .splitRegex(",")
            .converters((ITypeConverter<String>) PolicyOptions::subprotocol)
            .description(
                "Subprotocols to agree on if a client offers them, the preferred one first,"
                    + " separated by commas. Default: none.")
            .build();
    header =
        OptionSpec.builder("-H", "--header")
            .paramLabel("'NAME: VALUE'")
            .type(List.class)
            .auxiliaryTypes(HttpField.class)
            .converters(new FieldConverter())
            .description("A header field for the answer that opens a WebSocket. Repeatable.")
            .build();
    spec.addOption(path).addOption(origin).addOption(hostName).addOption(auth);
    spec.addOption(subprotocol).addOption(header);
  }

  /**
   * What the options say.
   *
   * @param addresses that the server listens on
   */
  Policy policy(Collection<InetAddress> addresses) {
    return new Policy(
        HostRule.of(values(hostName), addresses),
        OriginRule.of(values(origin)),
        auth.getValue(),
        values(path),
        values(subprotocol),
        values(header));
  }

  private static OptionSpec.Builder many(String... names) {
    return OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class);
  }

  private static <T> List<T> values(OptionSpec option) {
    @Nullable List<T> values = option.getValue();
    return values == null ? List.of() : List.copyOf(values);
  }

  /** Takes a text that a reader takes too. */
  private static ITypeConverter<String> checked(Consumer<String> reader) {
    return text -> {
      try {
        reader.accept(text);
        return text;
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    };
  }

  private static String path(String text) {
    boolean plain = text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '?' && c != '#');
    if (!text.startsWith("/") || !plain) {
      throw new TypeConversionException(
          "'" + text + "': a path begins with / and has visible ASCII but ? and #, as in /ws");
    }
    return text;
  }

  private static String subprotocol(String text) {
    if (!Ascii.isToken(text)) {
      throw new TypeConversionException(
          "'" + text + "': a subprotocol has letters, digits and !#$%&'*+-.^_`|~ only");
    }
    return text;
  }

  /** Never repeats what it read. */
  private static final class CredentialsConverter implements ITypeConverter<Credentials> {
    @Override
    public Credentials convert(String text) {
      try {
        return Credentials.of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
