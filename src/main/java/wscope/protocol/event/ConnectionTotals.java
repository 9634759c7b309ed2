package wscope.protocol.event;

/**
 * The totals of a connection so far.
 *
 * @param received the totals received from the peer
 * @param sent the totals sent to the peer
 * @param roundTrips the round trips of the pings to the peer
 * @param skipped the number of messages that were dropped because the peer read too slowly
 */
public record ConnectionTotals(
    DirectionTotals received, DirectionTotals sent, PingRoundTrips roundTrips, long skipped) {
  /** The totals of a connection that received and sent nothing. */
  public static final ConnectionTotals NONE =
      new ConnectionTotals(DirectionTotals.NONE, DirectionTotals.NONE, PingRoundTrips.NONE, 0);
}
