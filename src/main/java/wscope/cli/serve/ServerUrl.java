package wscope.cli.serve;

import java.net.InetSocketAddress;
import wscope.connection.Addresses;
import wscope.protocol.event.Event;
import wscope.report.text.AddressText;

/** The URL that a client connects to. */
final class ServerUrl {
  private ServerUrl() {}

  /**
   * The address that a server listens on, as shown to the user.
   *
   * @param tls whether clients connect through TLS
   * @param path the path, which begins with a slash
   */
  static Event.ListeningAddress listeningAddress(
      InetSocketAddress socket, boolean tls, String path) {
    Event.Address address = Addresses.of(socket);
    // No client connects to 0.0.0.0 or ::, which stand for all addresses of this machine.
    String authority =
        socket.getAddress().isAnyLocalAddress()
            ? "127.0.0.1:" + address.port()
            : AddressText.authority(address);
    return new Event.ListeningAddress(address, (tls ? "wss://" : "ws://") + authority + path);
  }
}
