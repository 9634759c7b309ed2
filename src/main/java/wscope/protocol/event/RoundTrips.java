package wscope.protocol.event;

/**
 * The pings that were sent and how long they took to be answered (RFC 6455 §5.5.2), all times in
 * nanoseconds.
 *
 * @param sent how many pings went out
 * @param count of those that were answered
 * @param least of these times; 0 if there is none
 * @param most of them; 0 if there is none
 * @param total of them
 */
public record RoundTrips(long sent, long count, long least, long most, long total) {
  /** No ping was sent. */
  public static final RoundTrips NONE = new RoundTrips(0, 0, 0, 0, 0);

  /** These and one more that was sent. */
  public RoundTrips andSent() {
    return new RoundTrips(sent + 1, count, least, most, total);
  }

  /** These with one more answered. */
  public RoundTrips withReply(long nanos) {
    return new RoundTrips(
        sent,
        count + 1,
        count == 0 ? nanos : Math.min(least, nanos),
        Math.max(most, nanos),
        total + nanos);
  }

  /** The mean of the times; 0 if there is none. */
  public long mean() {
    return count == 0 ? 0 : total / count;
  }
}
