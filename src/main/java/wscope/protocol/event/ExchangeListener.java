package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** Receives everything on one connection: rare {@link Event}s, and the frames of each endpoint. */
public interface ExchangeListener {
  /** A rare event has happened. */
  default void event(Event event) {}

  /**
   * The listener for the frames of an endpoint. Called once, before the first frame.
   *
   * @param sender null for one stream with the frames of both endpoints
   * @return null if nobody listens: then these frames are not read
   */
  default @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return null;
  }
}
