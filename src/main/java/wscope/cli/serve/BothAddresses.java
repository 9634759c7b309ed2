package wscope.cli.serve;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;

/**
 * Explains a connection without a request that ends while the same machine has another one: a
 * client that knows two addresses of a host, as of localhost, may try both and keep one (RFC 8305).
 */
final class BothAddresses {
  /** The longest time between the two attempts of a client (RFC 8305 §8), in nanoseconds. */
  private static final long MOST_NANOS = 2_000_000_000L;

  private BothAddresses() {}

  /**
   * Explains the end of a connection.
   *
   * @param gone the connection that has ended
   * @param others the other connections, by their numbers
   * @return the explanation; null if there is none
   */
  static @Nullable String explain(ShownConnection gone, Map<Long, ShownConnection> others) {
    if (!(gone.peer() instanceof Event.Address.Tcp address)
        || !gone.isSilent()
        || !isLoopback(address)) {
      return null;
    }
    for (Map.Entry<Long, ShownConnection> other : others.entrySet()) {
      boolean together = Math.abs(other.getValue().since() - gone.since()) < MOST_NANOS;
      if (other.getValue().peer() instanceof Event.Address.Tcp second
          && together
          && isLoopback(second)
          && isV6(second) != isV6(address)) {
        return "#"
            + other.getKey()
            + " connected to the other address at the same time: a client may try ::1 and"
            + " 127.0.0.1 and keep one";
      }
    }
    return null;
  }

  private static boolean isLoopback(Event.Address.Tcp address) {
    return address.host().startsWith("127.") || address.host().equals("0:0:0:0:0:0:0:1");
  }

  private static boolean isV6(Event.Address.Tcp address) {
    return address.host().indexOf(':') >= 0;
  }
}
