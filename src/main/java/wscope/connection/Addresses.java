package wscope.connection;

import java.net.InetSocketAddress;
import wscope.protocol.event.Event;

/** Addresses of sockets as events tell them. */
public final class Addresses {
  private Addresses() {}

  /** The same address in numbers. */
  public static Event.Address of(InetSocketAddress address) {
    return new Event.Address(address.getAddress().getHostAddress(), address.getPort());
  }
}
