package wscope.cli.listen;

import java.net.InetSocketAddress;
import wscope.connection.Addresses;
import wscope.protocol.event.Event;
import wscope.report.text.AddressText;

/** The URL that a client connects to. */
public final class ServerUrl {
  private ServerUrl() {}

  /**
   * The address that a server listens on, as shown to the user.
   *
   * @param tls whether clients connect through TLS
   * @param path the path, which begins with a slash
   */
  public static Event.ListeningAddress listeningAddress(
      InetSocketAddress socket, boolean tls, String path) {
    Event.Address.Tcp address = Addresses.of(socket);
    String authority = AddressText.authority(address);
    return new Event.ListeningAddress(address, (tls ? "wss://" : "ws://") + authority + path);
  }
}
