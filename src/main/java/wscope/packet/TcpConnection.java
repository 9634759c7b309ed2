package wscope.packet;

import org.jspecify.annotations.Nullable;

/**
 * A connection of TCP.
 *
 * @param number 1 for the first one, in the order of their first segments
 * @param first the client if it is known, otherwise the sender of the first segment
 * @param clientKnown whether the connection began with SYN
 */
public record TcpConnection(
    long number, TcpEndpoint first, TcpEndpoint second, boolean clientKnown) {

  /**
   * Who opened the connection: the sender of a SYN without ACK, or the receiver of one with ACK.
   *
   * @return null if the capture began later
   */
  public @Nullable TcpEndpoint client() {
    return clientKnown ? first : null;
  }

  /** The opposite end. */
  public TcpEndpoint peerOf(TcpEndpoint endpoint) {
    return endpoint.equals(first) ? second : first;
  }
}
