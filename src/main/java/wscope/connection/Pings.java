package wscope.connection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import wscope.protocol.event.PingRoundTrips;

/**
 * The unprompted pings of an endpoint and their round-trip times. The payload of a ping is its
 * number as text. A pong responds to the ping with the same number and to all earlier ones (RFC
 * 6455 §5.5.3).
 */
final class Pings {
  /** The limit of pending pings that are kept for a client that never sends pongs. */
  private static final int MOST_PENDING = 64;

  private final ArrayDeque<Long> sentAt = new ArrayDeque<>();
  private long lastNumber;
  private PingRoundTrips roundTrips = PingRoundTrips.NONE;

  /** Returns the payload of the next ping, which must be sent now. */
  ByteBuffer next() {
    lastNumber++;
    roundTrips = roundTrips.andSent();
    if (sentAt.size() == MOST_PENDING) {
      sentAt.removeFirst();
    }
    sentAt.addLast(System.nanoTime());
    return ByteBuffer.wrap(Long.toString(lastNumber).getBytes(StandardCharsets.US_ASCII));
  }

  /** Handles a pong, which may be a response to one of the pings or unsolicited. */
  void pong(ByteBuffer payload) {
    long number = number(payload);
    if (!isPending(number)) {
      roundTrips = sentAt.isEmpty() ? roundTrips : roundTrips.andOtherPong();
      return;
    }
    long sent = 0;
    for (long n = lastNumber - sentAt.size() + 1; n <= number; n++) {
      sent = sentAt.removeFirst();
    }
    roundTrips = roundTrips.withReply(System.nanoTime() - sent);
  }

  /** Notes a message, which may be a wrong response to a ping. */
  void message(ByteBuffer payload) {
    if (!sentAt.isEmpty() && isPending(number(payload))) {
      roundTrips = roundTrips.andMessage();
    }
  }

  private boolean isPending(long number) {
    return number > lastNumber - sentAt.size() && number <= lastNumber;
  }

  /** The time at which the oldest ping without a pong was sent; 0 if there is none. */
  long pending() {
    Long oldest = sentAt.peekFirst();
    return oldest == null ? 0 : oldest;
  }

  PingRoundTrips roundTrips() {
    return roundTrips;
  }

  /** Reads a number of at most 18 digits; -1 for anything else. */
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
