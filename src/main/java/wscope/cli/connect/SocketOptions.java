package wscope.cli.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.dial.AddressOptions;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.connection.InvalidParameter;
import wscope.connection.Quantities;

/** The options for the address of the server, and how to connect to it. */
final class SocketOptions {
  private static final long MOST_RETRIES = 1_000_000;

  private final AddressOptions addresses;
  private final OptionSpec retry;
  private final OptionSpec follow;

  SocketOptions(CommandSpec spec) {
    addresses = new AddressOptions(spec);
    retry =
        OptionSpec.builder("--retry")
            .paramLabel("COUNT|forever")
            .type(Long.class)
            .converters(new Converter<>(SocketOptions::retries))
            .completionCandidates(List.of("forever"))
            .description(
                "Connect again after a failure or an abnormal end, at most COUNT times in a row,"
                    + " after 500 ms, 1 s, 2 s and so on, up to 30 s.")
            .build();
    follow =
        Flag.of(
            "--follow",
            "Follow redirects, at most 5 in a row. Another host or port, or a server without TLS"
                + " instead of one with TLS, gets no Authorization or Cookie.");
    spec.addOption(retry).addOption(follow);
  }

  /** The options for the address of the server. */
  AddressOptions addresses() {
    return addresses;
  }

  /** Whether the client follows redirects. */
  boolean follows() {
    return Flag.isSet(follow);
  }

  /** How often to connect again. */
  long retries() {
    @Nullable Long times = retry.getValue();
    return times == null ? 0 : times;
  }

  private static Long retries(String text) {
    if (text.equals("forever")) {
      return Long.MAX_VALUE;
    }
    try {
      return Quantities.count(text, 1, MOST_RETRIES);
    } catch (InvalidParameter e) {
      throw new TypeConversionException(e.getMessage() + "; write a number, or forever");
    }
  }
}
