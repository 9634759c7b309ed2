package wscope.protocol.event;

/**
 * The pings that were sent, and the times until their pongs arrived (RFC 6455 §5.5.2), in
 * nanoseconds.
 *
 * @param sent the number of pings that were sent
 * @param count the number of pongs that arrived
 * @param least the shortest time; 0 if there is none
 * @param most the longest time; 0 if there is none
 * @param total the sum of the times
 * @param otherPongs the number of pongs that answered no ping while a ping had no pong
 * @param messages the number of messages with the payload of a ping that had no pong
 */
public record PingRoundTrips(
    long sent, long count, long least, long most, long total, long otherPongs, long messages) {
  /** The value before any ping was sent. */
  public static final PingRoundTrips NONE = new PingRoundTrips(0, 0, 0, 0, 0, 0, 0);

  /** Adds one more ping. */
  public PingRoundTrips andSent() {
    return new PingRoundTrips(sent + 1, count, least, most, total, otherPongs, messages);
  }

  /**
   * Adds one more pong.
   *
   * @param nanos the round-trip time in nanoseconds
   */
  public PingRoundTrips withReply(long nanos) {
    return new PingRoundTrips(
        sent,
        count + 1,
        count == 0 ? nanos : Math.min(least, nanos),
        Math.max(most, nanos),
        total + nanos,
        otherPongs,
        messages);
  }

  /** Adds one more pong that answers no ping. */
  public PingRoundTrips andOtherPong() {
    return new PingRoundTrips(sent, count, least, most, total, otherPongs + 1, messages);
  }

  /** Adds one more message with the payload of a ping. */
  public PingRoundTrips andMessage() {
    return new PingRoundTrips(sent, count, least, most, total, otherPongs, messages + 1);
  }

  /** The mean time; 0 if there is none. */
  public long mean() {
    return count == 0 ? 0 : total / count;
  }
}
