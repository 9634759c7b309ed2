package wscope.protocol.event;

/**
 * The traffic of a connection so far.
 *
 * @param received from the peer
 * @param sent to the peer
 * @param roundTrips of the pings to the peer
 * @param skipped messages that were dropped because the peer read too slowly
 */
public record Traffic(
    DirectionTotals received, DirectionTotals sent, RoundTrips roundTrips, long skipped) {
  /** No traffic. */
  public static final Traffic NONE =
      new Traffic(DirectionTotals.NONE, DirectionTotals.NONE, RoundTrips.NONE, 0);
}
