package wscope.connection;

import java.net.InetSocketAddress;
import wscope.protocol.event.Event;

/** Converts socket addresses for events. */
public final class Addresses {
  private Addresses() {}

  /** Converts a resolved socket address. */
  public static Event.Address of(InetSocketAddress address) {
    return new Event.Address(address.getAddress().getHostAddress(), address.getPort());
  }
}
