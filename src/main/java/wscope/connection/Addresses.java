package wscope.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import wscope.protocol.event.Event;

/** Converts socket addresses for events. */
public final class Addresses {
  private Addresses() {}

  /** Converts a resolved address of TCP or the address of a Unix domain socket. */
  public static Event.Address of(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      return new Event.Address.Unix(unix.toString());
    }
    return of((InetSocketAddress) address);
  }

  /** Converts a resolved address of TCP. */
  public static Event.Address.Tcp of(InetSocketAddress address) {
    return new Event.Address.Tcp(address.getAddress().getHostAddress(), address.getPort());
  }

  /** Whether an address belongs to this machine only. */
  static boolean isLocal(SocketAddress address) {
    return !(address instanceof InetSocketAddress tcp) || tcp.getAddress().isLoopbackAddress();
  }
}
