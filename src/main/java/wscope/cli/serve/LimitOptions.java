package wscope.cli.serve;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.serve.InvalidParameter;
import wscope.serve.Quantities;
import wscope.serve.Settings;

/** The options for the limits of a server on its clients, and for its timeouts. */
final class LimitOptions {
  private static final long GIB = 1 << 30;
  private static final Duration LONGEST = Duration.ofHours(24);

  private final CommandSpec spec;
  private final OptionSpec message;
  private final OptionSpec fragments;
  private final OptionSpec head;
  private final OptionSpec fields;
  private final OptionSpec connections;
  private final OptionSpec handshake;
  private final OptionSpec close;
  private final OptionSpec backlog;
  private final OptionSpec stall;

  LimitOptions(CommandSpec spec) {
    this.spec = spec;
    Limits limits = Limits.SERVER;
    message =
        size(
            "--max-message",
            1,
            GIB,
            limits.maxMessage(),
            "Accept messages and frames of at most SIZE.");
    fragments =
        count(
            "--max-fragments",
            1_000_000_000,
            limits.maxFragments(),
            "Accept at most COUNT frames per message.");
    head =
        size(
            "--max-head", 256, 16 << 20, limits.maxHead(), "Accept request heads of at most SIZE.");
    fields =
        count(
            "--max-fields",
            100_000,
            limits.maxHeaderFields(),
            "Accept at most COUNT header fields per request.");
    connections =
        count(
            "--max-connections",
            1_000_000,
            Settings.DEFAULT.maxConnections(),
            "Accept at most COUNT connections at a time; further clients get a 503 response.");
    handshake =
        time(
            "--handshake-timeout",
            Timeouts.DEFAULT.handshake(),
            "Allow a client at most TIME to send its whole request.");
    close =
        time(
            "--close-timeout",
            Timeouts.DEFAULT.close(),
            "Wait at most TIME, after the server's last frame, for the end of the TCP connection;"
                + " the time restarts while the client reads queued output.");
    LinkLimits output = LinkLimits.DEFAULT;
    backlog =
        size(
            "--max-backlog",
            1024,
            GIB,
            output.highWater(),
            "Stop reading from a client while more than SIZE of output is queued for that client.");
    stall =
        time(
            "--stall-timeout",
            output.stall(),
            "Drop a client that reads none of its queued output for TIME.");
  }

  /** The limits for the input of a client. */
  Limits protocol() {
    return new Limits(
        message.<Long>getValue(),
        fragments.<Long>getValue(),
        head.<Long>getValue().intValue(),
        fields.<Long>getValue().intValue());
  }

  /** The times that clients may take. */
  Timeouts timeouts() {
    return new Timeouts(handshake.getValue(), close.getValue());
  }

  /** The limits for output to clients that do not read. */
  LinkLimits output() {
    return new LinkLimits(backlog.<Long>getValue(), stall.getValue());
  }

  /** The maximum number of open connections. */
  int maxConnections() {
    return connections.<Long>getValue().intValue();
  }

  private OptionSpec size(String name, long lowest, long highest, long usual, String description) {
    ITypeConverter<Long> converter = text -> read(() -> Quantities.bytes(text, lowest, highest));
    return add(name, "SIZE", Long.class, converter, Quantities.showBytes(usual), description);
  }

  private OptionSpec count(String name, long highest, long usual, String description) {
    ITypeConverter<Long> converter = text -> read(() -> Quantities.count(text, 1, highest));
    return add(name, "COUNT", Long.class, converter, String.valueOf(usual), description);
  }

  private OptionSpec time(String name, Duration usual, String description) {
    Duration lowest = Duration.ofMillis(1);
    ITypeConverter<Duration> converter =
        text -> read(() -> Quantities.duration(text, lowest, LONGEST));
    return add(name, "TIME", Duration.class, converter, Quantities.show(usual), description);
  }

  private OptionSpec add(
      String name,
      String label,
      Class<?> type,
      ITypeConverter<?> converter,
      String usual,
      String description) {
    OptionSpec option =
        OptionSpec.builder(name)
            .paramLabel(label)
            .type(type)
            .converters(converter)
            .defaultValue(usual)
            .description(description + " Default: " + usual + ".")
            .build();
    spec.addOption(option);
    return option;
  }

  private interface Reading<T> {
    T get() throws InvalidParameter;
  }

  private static <T> T read(Reading<T> reading) {
    try {
      return reading.get();
    } catch (InvalidParameter e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
