package wscope.connection;

import wscope.protocol.Limits;

/**
 * The limits and timeouts for a peer.
 *
 * @param limits the limits for the peer's input
 * @param timeouts the timeouts for the peer
 * @param highWater the number of bytes queued for the peer above which messages from other
 *     connections are dropped
 */
public record ConnectionSettings(Limits limits, Timeouts timeouts, long highWater) {}
