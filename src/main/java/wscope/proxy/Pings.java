package wscope.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import wscope.protocol.event.PingRoundTrips;

/** The pings of one endpoint, and the times until the other one has responded (RFC 6455 §5.5.3). */
final class Pings {
  /** The limit of pings that are kept for an endpoint that never responds. */
  private static final int MOST_PENDING = 64;

  private final ArrayDeque<Pending> pending = new ArrayDeque<>(0);
  private PingRoundTrips roundTrips = PingRoundTrips.NONE;

  private record Pending(ByteBuffer payload, long at) {}

  /** A ping has passed. */
  void ping(ByteBuffer payload) {
    roundTrips = roundTrips.andSent();
    if (pending.size() == MOST_PENDING) {
      pending.removeFirst();
    }
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    pending.addLast(new Pending(copy, System.nanoTime()));
  }

  /** A pong has passed. It responds to a ping with its payload, and to all earlier ones. */
  void pong(ByteBuffer payload) {
    boolean responds = pending.stream().anyMatch(ping -> ping.payload.equals(payload));
    while (responds) {
      Pending first = pending.removeFirst();
      if (first.payload.equals(payload)) {
        roundTrips = roundTrips.withReply(System.nanoTime() - first.at);
        return;
      }
    }
  }

  PingRoundTrips roundTrips() {
    return roundTrips;
  }
}
