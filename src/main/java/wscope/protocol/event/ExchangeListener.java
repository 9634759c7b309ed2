package wscope.protocol.event;

import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/** Hears of everything on one connection: rare {@link Event}s, and the frames of each endpoint. */
public interface ExchangeListener {
  /** Something rare has happened. */
  default void event(Event event) {}

  /**
   * Who hears of the frames of an endpoint; asked once, before the first one.
   *
   * @param sender null for one stream that holds the frames of both endpoints
   * @return null if nobody does: then these frames are not read
   */
  default @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return null;
  }
}
