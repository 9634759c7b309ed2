package wscope.cli.serve;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.net.SocketFailure;
import wscope.report.text.AddressText;
import wscope.serve.Server;

/** The options for the address that a server listens on. */
final class ListenOptions {
  private static final String LOCALHOST = "localhost";

  /** The number of ports to try if each is in use at the second address. */
  private static final int MOST_TRIES = 20;

  private final OptionSpec host;
  private final OptionSpec port;

  ListenOptions(CommandSpec spec) {
    host =
        OptionSpec.builder("--host")
            .paramLabel("ADDRESS")
            .type(String.class)
            .defaultValue(LOCALHOST)
            .description(
                "Listen on this address. Default: localhost (127.0.0.1 and ::1), which only this"
                    + " machine can reach.")
            .build();
    port =
        OptionSpec.builder("-p", "--port")
            .paramLabel("PORT")
            .type(Integer.class)
            .converters((ITypeConverter<Integer>) ListenOptions::port)
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
  List<InetSocketAddress> listen(
      Server server, List<InetAddress> addresses, @Nullable ServerIdentity identity)
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
   * The addresses at which clients can reach a server that listens on the given ones. For 0.0.0.0
   * and ::, these are all addresses of this machine.
   */
  static List<InetAddress> reachable(List<InetAddress> addresses) throws IOException {
    List<InetAddress> reachable = new ArrayList<>(addresses);
    if (addresses.stream().anyMatch(InetAddress::isAnyLocalAddress)) {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .forEach(reachable::add);
    }
    return reachable;
  }

  /**
   * The addresses to listen on. For localhost, these are an IPv4 address and, if this machine has
   * IPv6, an IPv6 address.
   */
  List<InetAddress> addresses() throws IOException, Failure {
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
      Server server, InetAddress address, int number, @Nullable ServerIdentity identity)
      throws IOException, Failure {
    String shown = AddressText.host(address.getHostAddress());
    try {
      InetSocketAddress place = new InetSocketAddress(address, number);
      return identity == null ? server.listen(place) : server.listen(place, identity.context());
    } catch (SocketException e) {
      throw new Failure(ExitCode.IO, failure(e, shown, number));
    }
  }
}
