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
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.serve.Credentials;
import wscope.serve.HostRule;
import wscope.serve.OriginRule;
import wscope.serve.Policy;

/** The options for the clients that may connect to a server, and for its paths. */
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
                "Open WebSockets at this path; other paths get a 404 response. Repeatable. Default:"
                    + " any path.")
            .build();
    origin =
        many("-o", "--origin")
            .paramLabel("ORIGIN")
            .converters(checked(text -> OriginRule.of(List.of(text))))
            .description(
                "Let web pages of this origin connect, besides pages of this machine. ORIGIN is,"
                    + " for example, https://app.example, null or file://, or '*' for all"
                    + " origins; pages of other origins get a 403 response. Repeatable."
                    + " Default: all origins, or none if replies carry one client's"
                    + " messages to others. Pages of origins that are not named never"
                    + " receive messages of other clients.")
            .build();
    hostName =
        many("--host-name")
            .paramLabel("NAME")
            .converters(checked(text -> HostRule.of(List.of(text), List.of())))
            .description(
                "Accept requests for this name, besides localhost and the address that the server"
                    + " listens on; requests for other names get a 403 response. Repeatable.")
            .build();
    auth =
        OptionSpec.builder("--auth")
            .paramLabel("USER:PASSWORD")
            .type(Credentials.class)
            .converters(new CredentialsConverter())
            .description(
                "Require this user and password (HTTP Basic); requests without them get a 401"
                    + " response. The output shows the whole request of a client, including the"
                    + " password.")
            .build();
    subprotocol =
        many("-s", "--subprotocol")
            .paramLabel("NAME")
            .splitRegex(",")
            .converters((ITypeConverter<String>) PolicyOptions::subprotocol)
            .description(
                "Accept one of these subprotocols if a client offers it. Separate the names by"
                    + " commas, the preferred one first. Default: none.")
            .build();
    header =
        OptionSpec.builder("-H", "--header")
            .paramLabel("'NAME: VALUE'")
            .type(List.class)
            .auxiliaryTypes(OutgoingHeaderField.class)
            .converters(new FieldConverter())
            .description(
                "Add this header field to the 101 response, which opens the WebSocket. Repeatable.")
            .build();
    spec.addOption(path).addOption(origin).addOption(hostName).addOption(auth);
    spec.addOption(subprotocol).addOption(header);
  }

  /**
   * The policy that the options set.
   *
   * @param addresses the addresses that the server listens on
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

  /** Creates a converter that accepts the same texts as a parser. */
  private static ITypeConverter<String> checked(Consumer<String> parser) {
    return text -> {
      try {
        parser.accept(text);
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
          "'"
              + text
              + "': a path must begin with / and contain only visible ASCII except ? and #, as in"
              + " /ws");
    }
    return text;
  }

  private static String subprotocol(String text) {
    if (!Ascii.isToken(text)) {
      throw new TypeConversionException(
          "'" + text + "': a subprotocol may contain only letters, digits and !#$%&'*+-.^_`|~");
    }
    return text;
  }

  /** A converter whose errors never repeat the password. */
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
