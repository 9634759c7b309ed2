package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * The end of the first of the two TCP connections of a proxy.
 *
 * @param by the endpoint that ended it; null for the proxy itself
 * @param manner the manner in which it ended
 * @param passedOn whether the other endpoint got the same end
 * @param silence the time since the last byte in either direction, in nanoseconds
 */
public record LegEnd(
    @Nullable Endpoint by, TransportEnd.Manner manner, boolean passedOn, long silence) {
  /** The stable name of this end, such as {@code client-fin} or {@code proxy-deadline}. */
  public String id() {
    return (by == null ? "proxy" : by.id()) + "-" + manner.id();
  }
}
