package wscope.cli.listen;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.QuantityOption;
import wscope.serve.Settings;

/** The option for the number of clients that may be connected at a time. */
public final class ConnectionLimit {
  private final OptionSpec connections;

  public ConnectionLimit(CommandSpec spec) {
    connections =
        QuantityOption.count(
            "--max-connections",
            1_000_000,
            Settings.DEFAULT.maxConnections(),
            "Accept at most COUNT connections at a time; further clients get a 503 response.");
    spec.addOption(connections);
  }

  /** The maximum number of open connections. */
  public int most() {
    return connections.<Long>getValue().intValue();
  }
}
