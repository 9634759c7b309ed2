package wscope.cli.serve;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.rule.Endpoint;

/** The listeners of a connection, to which its request may add others. */
final class ShownConnection implements ExchangeListener {
  private ExchangeListener shown;
  private Event.@Nullable Connected connected;
  private boolean watches;

  ShownConnection(ExchangeListener shown) {
    this.shown = shown;
  }

  /**
   * Hides the handshake and the frames of a client that watches other connections, because they
   * would repeat everything.
   */
  void watches() {
    shown.event(new Event.Watching());
    watches = true;
  }

  /** Adds a listener, which also receives the first event. */
  void add(ExchangeListener another) {
    if (connected != null) {
      another.event(connected);
    }
    shown = TeeListener.of(shown, another);
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected first) {
      connected = first;
    }
    if (!watches || event instanceof Event.Disconnected || event instanceof Event.Lagging) {
      shown.event(event);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return watches ? null : shown.frames(sender);
  }
}
