package wscope.connection;

import wscope.protocol.Limits;

/**
 * The limits and timeouts for a peer.
 *
 * @param limits on what the peer may send
 * @param timeouts for the peer
 * @param highWater bytes queued for the peer above which messages of others are dropped
 */
public record ConnectionSettings(Limits limits, Timeouts timeouts, long highWater) {}
