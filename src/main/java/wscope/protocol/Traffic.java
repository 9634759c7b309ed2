package wscope.protocol;

/**
 * What has gone over a connection so far.
 *
 * @param received from the peer
 * @param sent to the peer
 * @param roundTrips of the pings that the peer answered
 */
public record Traffic(Flow received, Flow sent, RoundTrips roundTrips) {
  /** Nothing. */
  public static final Traffic NONE = new Traffic(Flow.NONE, Flow.NONE, RoundTrips.NONE);
}
