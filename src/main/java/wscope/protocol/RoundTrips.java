package wscope.protocol;

/**
 * How long pings took to be answered (RFC 6455 §5.5.2), all times in nanoseconds.
 *
 * @param count of the pings that were answered
 * @param least of these times; 0 if there is none
 * @param most of them; 0 if there is none
 * @param total of them
 */
public record RoundTrips(long count, long least, long most, long total) {
  /** No ping was answered. */
  public static final RoundTrips NONE = new RoundTrips(0, 0, 0, 0);

  /** These and one more. */
  public RoundTrips and(long nanos) {
    return new RoundTrips(
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
