package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * Receives everything that happens on one connection: rare {@link Event}s, and the frames of each
 * endpoint.
 */
public interface ExchangeListener {
  /** Receives a rare event. */
  default void event(Event event) {}

  /**
   * Returns the listener for the frames of an endpoint. Called once, before the first frame.
   *
   * @param sender the endpoint; null for one stream with the frames of both endpoints
   * @return the listener; null for none, in which case these frames are not read
   */
  default @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return null;
  }
}
