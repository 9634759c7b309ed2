package wscope.protocol;

/**
 * What has gone over a connection so far.
 *
 * @param received from the peer
 * @param sent to the peer
 * @param roundTrips of the pings to the peer
 * @param skipped messages that were not sent because the peer took too little
 */
public record Traffic(Flow received, Flow sent, RoundTrips roundTrips, long skipped) {
  /** Nothing. */
  public static final Traffic NONE = new Traffic(Flow.NONE, Flow.NONE, RoundTrips.NONE, 0);
}
