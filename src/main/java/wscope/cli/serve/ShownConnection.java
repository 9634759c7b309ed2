package wscope.cli.serve;

import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.Tee;
import wscope.protocol.rule.Endpoint;

/** A connection and what shows it, which its request may still change. */
final class ShownConnection implements ExchangeListener {
  private ExchangeListener shown;
  private Event.@Nullable Connected connected;
  private boolean watches;

  ShownConnection(ExchangeListener shown) {
    this.shown = shown;
  }

  /** Its client only hears of others: its own handshake and frames would show everything twice. */
  void watches() {
    shown.event(new Event.Watching());
    watches = true;
  }

  /** It is shown by one more, from its beginning. */
  void add(ExchangeListener another) {
    if (connected != null) {
      another.event(connected);
    }
    shown = Tee.of(shown, another);
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
