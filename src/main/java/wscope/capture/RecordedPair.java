package wscope.capture;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.Interference;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.RequestDecoder;
import wscope.protocol.handshake.RequestHead;
import wscope.protocol.message.Cause;
import wscope.protocol.rule.Endpoint;

/**
 * One connection in the recording of a proxy. Its heads and frames go through an exchange, as they
 * did during the recording. All other events are passed on as recorded.
 */
final class RecordedPair implements RecordedLines, ExchangeListener {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final Set<String> DERIVED =
      Set.of("message", "control", "close", "violation", "challenge");

  private final Limits limits;
  private final Consumer<Instant> time;
  private final ExchangeListener listener;
  private final Exchange exchange;
  private final Set<Endpoint> headersFed = EnumSet.noneOf(Endpoint.class);
  private final Set<Endpoint> ended = EnumSet.noneOf(Endpoint.class);
  private final Map<Endpoint, FrameListener> frames = new EnumMap<>(Endpoint.class);

  RecordedPair(Limits limits, BufferPool pool, Consumer<Instant> time, ExchangeListener listener) {
    this.limits = limits;
    this.time = time;
    this.listener = listener;
    exchange = Exchange.ofRecorded(limits, pool, this);
  }

  @Override
  public boolean take(RecordedLine line) throws InvalidRecording {
    String type = line.text("type");
    if (DERIVED.contains(type)) {
      return false;
    }
    time.accept(line.time());
    switch (type) {
      case "connected" -> listener.event(RecordedClientEvents.connected(line));
      case "secured" -> listener.event(RecordedClientEvents.secured(line));
      case "handshake" -> handshake(line);
      case "body" -> listener.event(new Event.Body(line.endpoint("sender"), line.payload()));
      case "frame-header", "incomplete-header" -> header(line);
      case "frame" -> frame(line);
      case "cause" -> cause(line);
      case "end" -> ended(line);
      case "tunnelled" -> {
        listener.event(tunnelled(line));
        return true;
      }
      case "page" -> {
        listener.event(page(line));
        return true;
      }
      case "parted" -> {
        end();
        listener.event(RecordedEnd.ofPair(line));
        return true;
      }
      default -> listener.event(other(type, line));
    }
    return false;
  }

  private static Event other(String type, RecordedLine line) throws InvalidRecording {
    return switch (type) {
      case "proxied" ->
          new Event.Proxied(line.text("authority"), line.textOrNull("name"), treatment(line));
      case "rewritten" ->
          new Event.Rewritten(line.text("part"), line.text("from"), line.text("to"));
      case "refused" -> new Event.Refused(line.small("status"), line.text("why"), null);
      case "interfered" -> interfered(line);
      case "unable" -> new Event.FaultImpossible(line.text("fault"));
      case "half-closed" -> new Event.HalfClosed(line.endpoint("sender"));
      case "opaque" -> new Event.Opaque(line.endpoint("sender"), why(line), line.payload());
      default -> throw line.invalid("unknown event type \"" + type + "\"");
    };
  }

  private static Event interfered(RecordedLine line) throws InvalidRecording {
    Interference act;
    try {
      act = Interference.of(line.text("act"));
    } catch (IllegalArgumentException e) {
      throw line.invalid("unknown value of \"act\": \"" + line.text("act") + "\"");
    }
    boolean sent = line.has("length") && !line.has("withheldPayload");
    String detail = line.textOrNull("detail");
    return new Event.Interfered(
        line.endpoint("sender"),
        act,
        line.numberOr("frame", 0),
        detail == null ? "" : detail,
        sent ? line.bytes("text", "base64") : ByteBuffer.allocate(0),
        sent ? line.number("length") : 0);
  }

  private static Event.Opaque.Why why(RecordedLine line) throws InvalidRecording {
    for (Event.Opaque.Why why : Event.Opaque.Why.values()) {
      if (why.id().equals(line.text("why"))) {
        return why;
      }
    }
    throw line.invalid("unknown value of \"why\": \"" + line.text("why") + "\"");
  }

  private static Event.Proxied.Treatment treatment(RecordedLine line) throws InvalidRecording {
    for (Event.Proxied.Treatment treatment : Event.Proxied.Treatment.values()) {
      if (treatment.id().equals(line.text("treatment"))) {
        return treatment;
      }
    }
    throw line.invalid("unknown value of \"treatment\": \"" + line.text("treatment") + "\"");
  }

  private static Event tunnelled(RecordedLine line) throws InvalidRecording {
    return new Event.Tunnelled(
        line.number("bytesSent"),
        line.number("bytesReceived"),
        line.textOrNull("trouble"),
        line.number("micros") * NANOS_PER_MICRO);
  }

  private static Event page(RecordedLine line) throws InvalidRecording {
    return new Event.Page(
        line.text("method"),
        line.text("target"),
        (int) line.numberOr("status", 0),
        line.number("bytesSent"),
        line.number("bytesReceived"),
        line.textOrNull("trouble"),
        line.number("micros") * NANOS_PER_MICRO);
  }

  /** Feeds a head. A plain request needs no handshake, whatever its method. */
  private void handshake(RecordedLine line) throws InvalidRecording {
    if (line.has("outcome") && line.text("outcome").equals("plain")) {
      RequestDecoder decoder = new RequestDecoder(limits.maxHead(), limits.maxHeaderFields());
      decoder.feed(line.head("raw"));
      RequestHead head = decoder.head();
      if (head != null) {
        HandshakeResult plain = new HandshakeResult.PlainRequest(head);
        listener.event(new Event.Request(0, decoder.received(), head, plain));
        return;
      }
    }
    exchange.feed(line.endpoint("sender"), line.head("raw"));
  }

  private void header(RecordedLine line) throws InvalidRecording {
    exchange.feed(line.endpoint("sender"), line.hex("header"));
    headersFed.add(line.endpoint("sender"));
  }

  private void frame(RecordedLine line) throws InvalidRecording {
    RecordedFrame frame = RecordedFrame.of(line);
    crossed(frame.sender(), line);
    listenerOf(frame.sender()).fault(frame.fault());
    if (!headersFed.remove(frame.sender())) {
      exchange.feed(frame.sender(), frame.header());
    }
    exchange.feed(frame.sender(), frame.payload());
    listenerOf(frame.sender()).fault(null);
  }

  private void crossed(Endpoint sender, RecordedLine line) throws InvalidRecording {
    if (line.has("queued") || line.has("crossingMicros")) {
      long nanos = line.has("queued") ? -1 : line.number("crossingMicros") * NANOS_PER_MICRO;
      listenerOf(sender).crossed(nanos);
    }
  }

  /** Passes on a cause, for which the recording may not have all bytes. */
  private void cause(RecordedLine line) throws InvalidRecording {
    String name = line.text("cause");
    for (Cause.Kind kind : Cause.Kind.values()) {
      if (kind.id().equals(name)) {
        Endpoint sender = line.endpoint("sender");
        listenerOf(sender).cause(sender, new Cause(kind, line.number("frame"), line.text("found")));
        return;
      }
    }
    throw line.invalid("unknown cause \"" + name + "\"");
  }

  /** Ends a direction, perhaps inside a frame header. */
  private void ended(RecordedLine line) throws InvalidRecording {
    Endpoint sender = line.endpoint("sender");
    RecordedLine incomplete = line.objectOrNull("incomplete");
    if (incomplete != null && incomplete.has("header") && !headersFed.contains(sender)) {
      exchange.feed(sender, incomplete.hex("header"));
    }
    end(sender);
  }

  private void end(Endpoint sender) {
    if (ended.add(sender)) {
      exchange.end(sender);
    }
  }

  @Override
  public void end() {
    end(Endpoint.SERVER);
    end(Endpoint.CLIENT);
    exchange.close();
  }

  @Override
  public void event(Event event) {
    listener.event(event);
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    FrameListener of = listener.frames(sender);
    if (of != null && sender != null) {
      frames.put(sender, of);
    }
    return of;
  }

  private FrameListener listenerOf(Endpoint sender) {
    return frames.computeIfAbsent(sender, any -> new FrameListener() {});
  }
}
