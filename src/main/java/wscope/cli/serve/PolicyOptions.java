package wscope.cli.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.listen.AccessOptions;
import wscope.cli.option.Converter;
import wscope.cli.option.SubprotocolConverter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.serve.Credentials;
import wscope.serve.Policy;
import wscope.serve.SubprotocolRule;

/** The options for the clients that may connect to a server, and for its paths. */
final class PolicyOptions {
  private static final String ANY = "any";
  private static final String NONE = "none";
  private static final String ORIGINS =
      "Repeatable. Default: all origins, or pages of this machine if replies carry one client's"
          + " messages to others. Pages of other machines whose origin is not named never receive"
          + " messages of other clients.";

  private final OptionSpec path;
  private final AccessOptions access;
  private final OptionSpec auth;
  private final OptionSpec subprotocol;
  private final OptionSpec header;

  PolicyOptions(CommandSpec spec) {
    path =
        many("--path")
            .paramLabel("PATH")
            .converters(new Converter<>(PolicyOptions::path))
            .description(
                "Open WebSockets at this path; other paths get a 404 response. Repeatable. Default:"
                    + " any path.")
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
            .converters(new SubprotocolConverter())
            .description(
                "Accept one of these subprotocols if a client offers it. Separate the names by"
                    + " commas, the preferred one first; none accepts no subprotocol. Default: any,"
                    + " which accepts the first one that a client offers.")
            .build();
    header =
        OptionSpec.builder("-H", "--header")
            .paramLabel("'NAME: VALUE'")
            .type(List.class)
            .auxiliaryTypes(OutgoingHeaderField.class)
            .converters(new ResponseFieldConverter())
            .description(
                "Add this header field to the 101 response, which opens the WebSocket. Repeatable.")
            .build();
    spec.addOption(path);
    access = new AccessOptions(spec, ORIGINS);
    spec.addOption(auth).addOption(subprotocol).addOption(header);
  }

  /**
   * The policy that the options set.
   *
   * @throws Failure if the options contradict each other
   */
  Policy policy() throws Failure {
    return new Policy(
        access.hosts(),
        access.origins(),
        auth.getValue(),
        values(path),
        subprotocols(values(subprotocol)),
        values(header));
  }

  private static SubprotocolRule subprotocols(List<String> names) throws Failure {
    for (String alone : List.of(ANY, NONE)) {
      if (names.contains(alone) && names.size() > 1) {
        throw new Failure(
            ExitCode.USAGE, "--subprotocol " + alone + " cannot be combined with other names");
      }
    }
    boolean any = names.isEmpty() || names.contains(ANY);
    return any ? SubprotocolRule.ANY : SubprotocolRule.of(names.contains(NONE) ? List.of() : names);
  }

  private static OptionSpec.Builder many(String... names) {
    return OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class);
  }

  private static <T> List<T> values(OptionSpec option) {
    @Nullable List<T> values = option.getValue();
    return values == null ? List.of() : List.copyOf(values);
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
