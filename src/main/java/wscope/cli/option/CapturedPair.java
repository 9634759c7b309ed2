package wscope.cli.option;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.LegEnd;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.handshake.ResponseDecoder;
import wscope.protocol.rule.Endpoint;

/** Passes a proxied connection to a capture, as its client sees it: the proxy is the server. */
final class CapturedPair implements ExchangeListener {
  private final Supplier<ExchangeListener> writer;

  /** Receives the events; null before there are any, because a plain request has none. */
  private @Nullable ExchangeListener begun;

  private @Nullable RequestHead request;

  /** Whether there was a request, which may be malformed. */
  private boolean isRead;

  CapturedPair(Supplier<ExchangeListener> writer) {
    this.writer = writer;
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected connected) {
      // The second one is the connection to the server.
      if (begun == null) {
        captured().event(connected);
      }
    } else if (event instanceof Event.Opaque opaque) {
      captured().event(new Event.Body(opaque.sender(), opaque.bytes()));
    } else if (event instanceof Event.Request seen) {
      request = seen.head();
      isRead = true;
      captured().event(event);
    } else if (event instanceof Event.Refused refused && isRead) {
      refused(refused.response());
    } else if (event instanceof Event.Parted parted) {
      captured().event(ended(parted));
    } else if (!(event instanceof Event.Page || event instanceof Event.Secured)) {
      captured().event(event);
    }
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    return captured().frames(sender);
  }

  private ExchangeListener captured() {
    ExchangeListener listener = begun == null ? writer.get() : begun;
    begun = listener;
    return listener;
  }

  /** Passes on a response of the proxy itself like one of the server. */
  private void refused(@Nullable HttpResponse response) {
    if (response == null) {
      return;
    }
    ResponseDecoder decoder = new ResponseDecoder(Integer.MAX_VALUE, Integer.MAX_VALUE);
    ByteBuffer bytes = response.bytes();
    decoder.feed(bytes);
    captured().event(new Event.Response(0, decoder.received(), request, decoder.head(), List.of()));
    if (bytes.hasRemaining()) {
      captured().event(new Event.Body(Endpoint.SERVER, bytes));
    }
  }

  private static Event.Disconnected ended(Event.Parted parted) {
    LegEnd end = parted.end();
    Endpoint by = end.by();
    return new Event.Disconnected(
        Endpoint.SERVER,
        parted.opened(),
        parted.closure(),
        new TransportEnd(by == null ? Endpoint.SERVER : by, end.manner()),
        parted.trouble(),
        ConnectionTotals.NONE,
        parted.nanos());
  }
}
