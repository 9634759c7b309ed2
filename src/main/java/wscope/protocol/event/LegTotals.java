package wscope.protocol.event;

/**
 * The totals of what one endpoint sent through a proxy.
 *
 * @param frames the totals of its frames and messages
 * @param bytes the number of all its bytes, with heads and frame headers
 * @param pings the round trips of its pings, from the proxy to the other endpoint and back
 * @param crossings the times that its bytes took through the proxy
 */
public record LegTotals(
    DirectionTotals frames, long bytes, PingRoundTrips pings, Crossings crossings) {}
