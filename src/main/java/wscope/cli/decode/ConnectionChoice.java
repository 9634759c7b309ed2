package wscope.cli.decode;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.Flag;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.protocol.event.Event;

/** The options that choose connections of a capture. */
final class ConnectionChoice {
  private static final int MOST_PORTS = 65535;

  private final OptionSpec connection;
  private final OptionSpec peer;
  private final OptionSpec path;
  private final OptionSpec onlyViolations;
  private final TimeRange times;

  /**
   * An address, perhaps with a port.
   *
   * @param port 0 for any
   */
  private record Peer(String host, int port) {
    static Peer of(String text) {
      int bracket = text.indexOf(']');
      int colon = text.lastIndexOf(':');
      boolean isIpv6 = bracket < 0 && colon != text.indexOf(':');
      boolean hasPort = !isIpv6 && colon > bracket;
      String host = hasPort ? text.substring(0, colon) : text;
      if (bracket > 0 && host.startsWith("[")) {
        host = host.substring(1, host.length() - 1);
      }
      return new Peer(host, hasPort ? port(text, text.substring(colon + 1)) : 0);
    }

    private static int port(String text, String digits) {
      try {
        int port = Integer.parseInt(digits);
        if (port > 0 && port <= MOST_PORTS) {
          return port;
        }
      } catch (NumberFormatException e) {
        // Reported below, like a port out of range.
      }
      throw new TypeConversionException("'" + text + "' has an invalid port; use 1 to 65535");
    }

    boolean fits(Event.Address.@Nullable Tcp address) {
      if (address == null) {
        return false;
      }
      boolean sameHost = host.isEmpty() || NumericHost.same(host, address.host());
      return sameHost && (port == 0 || port == address.port());
    }
  }

  ConnectionChoice(CommandSpec spec) {
    connection =
        OptionSpec.builder("--connection")
            .paramLabel("NUMBER")
            .type(List.class)
            .auxiliaryTypes(Long.class)
            .splitRegex(",")
            .converters(new Converter<>(ConnectionChoice::number))
            .description("Show only the connections of a capture with these numbers.")
            .build();
    peer =
        OptionSpec.builder("--peer")
            .paramLabel("HOST[:PORT]")
            .type(Peer.class)
            .converters(new Converter<>(Peer::of))
            .description(
                "Show only the connections of a capture with this IP address, or with this address"
                    + " and port, at either end. :PORT stands for any address.")
            .build();
    path =
        OptionSpec.builder("--path")
            .paramLabel("PATH")
            .type(String.class)
            .description(
                "Show only the connections of a capture whose request has this path, whatever its"
                    + " query is.")
            .build();
    onlyViolations =
        Flag.of(
            "--only-violations", "Show only the connections of a capture file that break a rule.");
    spec.addOption(connection).addOption(peer).addOption(path).addOption(onlyViolations);
    times = new TimeRange(spec);
  }

  /** The part of the time that is chosen. */
  TimeRange times() {
    return times;
  }

  private static Long number(String text) {
    try {
      long number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like 0.
    }
    throw new TypeConversionException("'" + text + "' is not the number of a connection");
  }

  /** Fails if an option is given, because the input is not a capture. */
  void checkUnused() throws Failure {
    if (times.given() != null) {
      throw new Failure(ExitCode.USAGE, times.given() + " needs a capture; this input is none");
    }
    for (OptionSpec option : List.of(connection, peer, path, onlyViolations)) {
      boolean given =
          option.equals(onlyViolations) ? Flag.isSet(option) : option.getValue() != null;
      if (given) {
        throw new Failure(
            ExitCode.USAGE, option.longestName() + " needs a capture; this input is none");
      }
    }
  }

  /** Fails if the options need a file and the input is a pipe. */
  void checkLive() throws Failure {
    if (Flag.isSet(onlyViolations)) {
      throw new Failure(
          ExitCode.USAGE,
          "--only-violations must read the capture twice; write it to a file, and use --file");
    }
  }

  /** Whether a connection is chosen by its number and its ends. */
  boolean fits(long number, Event.Captured ends) {
    List<Long> numbers = connection.getValue();
    Peer chosen = peer.getValue();
    return (numbers == null || numbers.contains(number))
        && (chosen == null || chosen.fits(ends.client()) || chosen.fits(ends.server()));
  }

  /** Whether the path is needed to choose connections. */
  boolean needsPath() {
    return path.getValue() != null;
  }

  /**
   * Whether a connection is chosen by its path.
   *
   * @param found the path of the request; null if there is none
   */
  boolean fitsPath(@Nullable String found) {
    String wanted = path.getValue();
    return wanted == null || wanted.equals(found);
  }

  /** Whether a whole connection is chosen by its number, its ends, its path and its time. */
  boolean fits(CaptureRows.Row row) {
    return fits(row.number(), row.ends()) && fitsPath(row.path()) && row.isInTime();
  }

  /** Whether a connection that is chosen is left out because it breaks no rule. */
  boolean leavesOut(CaptureRows.Row row) {
    return Flag.isSet(onlyViolations) && row.errors() == 0;
  }
}
