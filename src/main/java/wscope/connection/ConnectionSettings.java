package wscope.connection;

import wscope.protocol.Limits;

/**
 * What a connection grants its peer.
 *
 * @param limits of what the peer may send
 * @param timeouts of what the peer may take
 * @param highWater bytes that may wait for the peer before nothing more is caused by others
 */
public record ConnectionSettings(Limits limits, Timeouts timeouts, long highWater) {}
