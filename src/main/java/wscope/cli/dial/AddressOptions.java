package wscope.cli.dial;

import java.net.InetAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.option.QuantityOption;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.connect.AddressOrder;
import wscope.connect.Proxy;
import wscope.connect.Resolver;
import wscope.connect.Route;

/** The options for the address of a server. */
public final class AddressOptions {
  /** The option for a Unix domain socket. */
  public static final String UNIX = "--unix";

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final OptionSpec resolve;
  private final OptionSpec ipv4;
  private final OptionSpec ipv6;
  private final OptionSpec unix;
  private final OptionSpec timeout;

  /** A name and the address to use for it. */
  private record Entry(String host, InetAddress address) {}

  public AddressOptions(CommandSpec spec) {
    resolve =
        OptionSpec.builder("--resolve")
            .paramLabel("HOST:ADDRESS")
            .type(List.class)
            .auxiliaryTypes(Entry.class)
            .converters(new Converter<>(AddressOptions::entry))
            .description("Use this IP address for HOST. Repeatable.")
            .build();
    ipv4 =
        OptionSpec.builder("-4", "--ipv4")
            .type(boolean.class)
            .description("Use only IPv4 addresses.")
            .build();
    ipv6 =
        OptionSpec.builder("-6", "--ipv6")
            .type(boolean.class)
            .description("Use only IPv6 addresses.")
            .build();
    unix =
        FileConverter.option(UNIX)
            .paramLabel("PATH")
            .description(
                "Connect to this Unix domain socket instead of the host of the URL, which gives"
                    + " only Host and the path.")
            .build();
    timeout =
        QuantityOption.time(
            "--connect-timeout", TIMEOUT, "Allow at most TIME to resolve the name and to connect.");
    spec.addOption(resolve).addOption(ipv4).addOption(ipv6).addOption(unix).addOption(timeout);
  }

  /** Checks that the options do not contradict each other. */
  public void check() throws Failure {
    exclude(Flag.isSet(ipv4) && Flag.isSet(ipv6), "--ipv4", "--ipv6");
    if (hasUnix()) {
      exclude(resolve.getValue() != null, UNIX, "--resolve");
      exclude(Flag.isSet(ipv4), UNIX, "--ipv4");
      exclude(Flag.isSet(ipv6), UNIX, "--ipv6");
    }
  }

  /** Refuses two options that contradict each other, if both are given. */
  public static void exclude(boolean both, String option, String other) throws Failure {
    if (both) {
      throw new Failure(ExitCode.USAGE, option + " cannot be combined with " + other);
    }
  }

  /** Whether the client connects to a Unix domain socket. */
  public boolean hasUnix() {
    return unix.getValue() != null;
  }

  /**
   * The way to the server.
   *
   * @param proxy the proxy, which a Unix domain socket excludes; null for none
   */
  public Route route(@Nullable Proxy proxy) {
    return hasUnix()
        ? new Route.Unix(UnixDomainSocketAddress.of(unix.<Path>getValue()))
        : new Route.Tcp(resolver(), order(), proxy);
  }

  private AddressOrder order() {
    if (Flag.isSet(ipv4)) {
      return AddressOrder.IPV4;
    }
    return Flag.isSet(ipv6) ? AddressOrder.IPV6 : AddressOrder.BOTH;
  }

  /** The time for name resolution, TCP and TLS together. */
  public Duration timeout() {
    return timeout.getValue();
  }

  /** The resolver of this machine, with the given addresses before it. */
  private Resolver resolver() {
    @Nullable List<Entry> entries = resolve.getValue();
    if (entries == null) {
      return Resolver.SYSTEM;
    }
    return host -> {
      List<InetAddress> given = new ArrayList<>();
      for (Entry entry : entries) {
        if (entry.host.equalsIgnoreCase(host)) {
          given.add(entry.address);
        }
      }
      return given.isEmpty() ? Resolver.SYSTEM.resolve(host) : given;
    };
  }

  private static Entry entry(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new TypeConversionException(
          "'" + text + "': write a name and an IP address, as in example.com:127.0.0.1");
    }
    String address = text.substring(colon + 1).replaceAll("^\\[|]$", "");
    boolean numeric = address.toLowerCase(Locale.ROOT).matches("[0-9.]+|[0-9a-f.:]*:[0-9a-f.:%]*");
    try {
      if (numeric) {
        return new Entry(text.substring(0, colon), InetAddress.getByName(address));
      }
    } catch (UnknownHostException e) {
      // The error is the same as for a name.
    }
    throw new TypeConversionException("'" + address + "' is not an IP address");
  }
}
