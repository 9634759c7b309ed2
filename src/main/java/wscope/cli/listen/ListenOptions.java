package wscope.cli.listen;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.option.Converter;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.net.SocketFailure;
import wscope.report.text.AddressText;

/** The options for the address that a server listens on. */
public final class ListenOptions {
  private static final String LOCALHOST = "localhost";

  /** The number of ports to try if each is in use at the second address. */
  private static final int MOST_TRIES = 20;

  /** A server that can listen. */
  public interface Listener {
    /**
     * Starts to listen.
     *
     * @param context the identity in TLS; null for plain TCP
     * @return the actual address
     */
    InetSocketAddress listen(InetSocketAddress address, @Nullable SSLContext context)
        throws IOException;
  }

  private final OptionSpec host;
  private final OptionSpec port;

  public ListenOptions(CommandSpec spec) {
    host =
        OptionSpec.builder("--host")
            .paramLabel("ADDRESS")
            .type(String.class)
            .defaultValue(LOCALHOST)
            .description(
                "Listen on this address; 0.0.0.0 or :: stands for all addresses of this machine."
                    + " Default: localhost (127.0.0.1 and ::1), which only this machine can"
                    + " reach.")
            .build();
    port =
        OptionSpec.builder("-p", "--port")
            .paramLabel("PORT")
            .type(Integer.class)
            .converters(new Converter<>(ListenOptions::port))
            .defaultValue("8080")
            .description("Listen on this port; 0 picks a free one. Default: 8080.")
            .build();
    spec.addOption(host).addOption(port);
  }

  /**
   * Makes a server listen.
   *
   * @param addresses the result of {@link #addresses}
   * @param identity the identity in TLS; null for plain TCP
   * @return the addresses that the server listens on, all with the same port
   */
  public List<InetSocketAddress> listen(
      Listener server, List<InetAddress> addresses, @Nullable ServerIdentity identity)
      throws IOException, Failure {
    int wanted = port.<Integer>getValue();
    int number = wanted == 0 && addresses.size() > 1 ? freePort(addresses) : wanted;
    List<InetSocketAddress> listening = new ArrayList<>();
    for (InetAddress address : addresses) {
      listening.add(listen(server, address, number, identity));
    }
    return listening;
  }

  private static Integer port(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0 && number <= 0xffff) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Not a number: the error below is the same as for numbers out of range.
    }
    throw new TypeConversionException("'" + text + "' is not a number from 0 to 65535");
  }

  /**
   * The addresses at which clients can reach a server that listens on an address, the loopback and
   * IPv4 first. For ::, which Java also uses for 0.0.0.0 if this machine has IPv6, these are all
   * addresses of this machine except those that need a zone, which browsers do not accept.
   */
  public static List<InetSocketAddress> reachable(InetSocketAddress listening) throws IOException {
    InetAddress address = listening.getAddress();
    if (!address.isAnyLocalAddress()) {
      return List.of(listening);
    }
    boolean both = address instanceof Inet6Address;
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(own -> own instanceof Inet4Address || (both && !own.isLinkLocalAddress()))
        .sorted(
            Comparator.comparing((InetAddress own) -> !own.isLoopbackAddress())
                .thenComparing(own -> own instanceof Inet6Address))
        .map(own -> new InetSocketAddress(withoutZone(own), listening.getPort()))
        .toList();
  }

  /** The same address; Java adds a zone even if the address does not need one. */
  private static InetAddress withoutZone(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the bytes of an address are an address", e);
    }
  }

  /**
   * The addresses to listen on. For localhost, these are an IPv4 address and, if this machine has
   * IPv6, an IPv6 address.
   */
  public List<InetAddress> addresses() throws IOException, Failure {
    String name = host.getValue();
    if (!name.equalsIgnoreCase(LOCALHOST)) {
      try {
        return List.of(InetAddress.getByName(name));
      } catch (UnknownHostException e) {
        throw new Failure(ExitCode.IO, "unknown host " + name + "; try --host 127.0.0.1");
      }
    }
    InetAddress ipv4 = InetAddress.getByAddress(LOCALHOST, new byte[] {127, 0, 0, 1});
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress ipv6 = InetAddress.getByAddress(LOCALHOST, one);
    boolean both = NetworkInterface.getByInetAddress(ipv6) != null;
    return both ? List.of(ipv4, ipv6) : List.of(ipv4);
  }

  /** Finds a port that is currently free at both addresses. */
  private static int freePort(List<InetAddress> addresses) throws IOException {
    for (int i = 0; i < MOST_TRIES; i++) {
      try (ServerSocket first = new ServerSocket(0, 1, addresses.get(0));
          ServerSocket second = new ServerSocket(first.getLocalPort(), 1, addresses.get(1))) {
        return second.getLocalPort();
      } catch (BindException e) {
        // The port is in use at the second address, so the system picks another.
      }
    }
    throw new BindException("no port is free at both 127.0.0.1 and ::1; try --host 127.0.0.1");
  }

  /** The reason why a port cannot be used. */
  private static String failure(SocketException e, String address, int port) {
    String place = "port " + port + " of " + address;
    return switch (SocketFailure.of(e)) {
      case ADDRESS_NOT_AVAILABLE ->
          address + " is not an address of this machine; try --host 127.0.0.1";
      case ADDRESS_IN_USE -> place + " is in use; try --port 0 for any free port";
      default -> "cannot listen on " + place + ": " + e.getMessage();
    };
  }

  private static InetSocketAddress listen(
      Listener server, InetAddress address, int number, @Nullable ServerIdentity identity)
      throws IOException, Failure {
    String shown = AddressText.host(address.getHostAddress());
    try {
      InetSocketAddress place = new InetSocketAddress(address, number);
      return server.listen(place, identity == null ? null : identity.context());
    } catch (SocketException e) {
      throw new Failure(ExitCode.IO, failure(e, shown, number));
    }
  }
}
