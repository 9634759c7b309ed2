package wscope.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import wscope.protocol.event.PingRoundTrips;

/**
 * The unprompted pings of an endpoint, and how long their pongs take. The payload is the number of
 * the ping as text; a pong answers the ping with its number and all before it (RFC 6455 §5.5.3).
 */
final class Pings {
  /** Bounds the memory for a client that never sends pongs. */
  private static final int MOST_PENDING = 64;

  private final ArrayDeque<Long> sentAt = new ArrayDeque<>();
  private long lastNumber;
  private PingRoundTrips roundTrips = PingRoundTrips.NONE;

  /** The payload of the next ping, which is sent now. */
  ByteBuffer next() {
    lastNumber++;
    roundTrips = roundTrips.andSent();
    if (sentAt.size() == MOST_PENDING) {
      sentAt.removeFirst();
    }
    sentAt.addLast(System.nanoTime());
    return ByteBuffer.wrap(Long.toString(lastNumber).getBytes(StandardCharsets.US_ASCII));
  }

  /** A pong has arrived, in response to one of these pings or unsolicited. */
  void pong(ByteBuffer payload) {
    long number = number(payload);
    long pending = sentAt.size();
    long oldest = lastNumber - pending + 1;
    if (number < oldest || number > lastNumber) {
      return;
    }
    long sent = 0;
    for (long n = oldest; n <= number; n++) {
      sent = sentAt.removeFirst();
    }
    roundTrips = roundTrips.withReply(System.nanoTime() - sent);
  }

  PingRoundTrips roundTrips() {
    return roundTrips;
  }

  /** A number of at most 18 digits; -1 for anything else. */
  private static long number(ByteBuffer payload) {
    int length = payload.remaining();
    long number = length == 0 || length > 18 ? -1 : 0;
    for (int i = 0; i < length && number >= 0; i++) {
      int digit = payload.get(payload.position() + i) - '0';
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
    }
    return number;
  }
}
