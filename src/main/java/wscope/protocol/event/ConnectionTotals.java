package wscope.protocol.event;

/**
 * The totals of a connection so far.
 *
 * @param received from the peer
 * @param sent to the peer
 * @param roundTrips of the pings to the peer
 * @param skipped messages that were dropped because the peer read too slowly
 */
public record ConnectionTotals(
    DirectionTotals received, DirectionTotals sent, PingRoundTrips roundTrips, long skipped) {
  /** Nothing received or sent. */
  public static final ConnectionTotals NONE =
      new ConnectionTotals(DirectionTotals.NONE, DirectionTotals.NONE, PingRoundTrips.NONE, 0);
}
