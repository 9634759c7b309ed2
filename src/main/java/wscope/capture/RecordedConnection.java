package wscope.capture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Exchange;
import wscope.protocol.Limits;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.TeeListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * One connection of a recording. Its heads and frames go through an exchange, as they did during
 * the recording. All other events are passed on as recorded.
 */
final class RecordedConnection {
  private static final Set<String> DERIVED =
      Set.of("message", "control", "close", "violation", "challenge");

  private final Endpoint self;
  private final Exchange exchange;
  private final Consumer<Instant> time;
  private final ExchangeListener listener;

  /** The line of the request, until the line of its response is read. */
  private @Nullable RecordedLine request;

  private @Nullable HttpResponse response;
  private @Nullable RecordedDecision decision;
  private @Nullable HandshakeResult result;
  private final Set<Endpoint> headersFed = EnumSet.noneOf(Endpoint.class);

  /** A frame of the peer that has not been fed yet. */
  private @Nullable RecordedFrame held;

  /** The frame that we sent because of an error in the held frame; null if there is none. */
  private @Nullable RecordedFrame atError;

  private boolean ended;

  /**
   * Creates a connection.
   *
   * @param time receives the time of the events that follow
   * @param listener receives the events
   */
  RecordedConnection(
      Endpoint self,
      Limits limits,
      BufferPool pool,
      Consumer<Instant> time,
      ExchangeListener listener) {
    this.self = self;
    this.time = time;
    this.listener = listener;
    exchange = Exchange.ofEndpoint(self, limits, pool, new Strict(), this::decided);
  }

  static Event.Address address(RecordedLine line) throws InvalidRecording {
    return new Event.Address(line.text("address"), line.small("port"));
  }

  /**
   * Processes the next line of this connection.
   *
   * @return whether the line was the last one
   */
  boolean take(RecordedLine line) throws InvalidRecording {
    String type = line.text("type");
    if (DERIVED.contains(type)) {
      // Skip the line, because the bytes are decoded again.
      return false;
    }
    if (!type.equals("body")) {
      completeResponse();
    }
    if (!type.equals("frame") || line.endpoint("sender") != self) {
      feedHeld(null);
      time.accept(line.time());
    }
    switch (type) {
      case "connected" -> listener.event(new Event.Connected(address(line)));
      case "handshake" -> handshake(line);
      case "body" -> body(line);
      case "frame-header" -> header(line);
      case "frame" -> frame(line);
      case "unable" -> listener.event(new Event.FaultImpossible(line.text("fault")));
      case "waiting" -> listener.event(RecordedWaiting.of(line));
      case "lagging" -> listener.event(new Event.Lagging());
      case "watches" -> listener.event(new Event.Watching());
      case "watched" -> listener.event(new Event.Watched(line.number("watcher")));
      case "disconnected" -> {
        end();
        listener.event(RecordedEnd.of(self, line));
        return true;
      }
      case "end" -> ended(line);
      default -> throw line.invalid("unknown event type \"" + type + "\"");
    }
    return false;
  }

  /** Ends the connection. */
  void end() {
    feedHeld(null);
    completeResponse();
    if (!ended) {
      ended = true;
      exchange.end(self.peer());
      exchange.end(self);
      exchange.close();
    }
  }

  private void handshake(RecordedLine line) throws InvalidRecording {
    if (!line.flag("complete")) {
      exchange.feed(line.endpoint("sender"), line.head("raw"));
    } else if (line.endpoint("sender") == Endpoint.CLIENT) {
      request = line;
    } else {
      feedHeads(line);
    }
  }

  /** Feeds both heads after the response has been read. */
  private void feedHeads(RecordedLine line) throws InvalidRecording {
    RecordedLine recordedRequest = request;
    if (recordedRequest == null) {
      throw line.invalid("no request precedes this response");
    }
    List<OutgoingHeaderField> fields = new ArrayList<>();
    for (RecordedLine field : line.objects("fields")) {
      fields.add(new OutgoingHeaderField(field.text("name"), field.text("value")));
    }
    response =
        new HttpResponse(
            (int) line.numberOr("status", 0),
            line.has("reason") ? line.text("reason") : "",
            List.copyOf(fields),
            "");
    decision = RecordedDecision.of(recordedRequest, response);
    time.accept(recordedRequest.time());
    exchange.feed(Endpoint.CLIENT, recordedRequest.head("raw"));
    if (result == null) {
      // The recorded server received one more byte, which made the head too large.
      exchange.feed(Endpoint.CLIENT, ByteBuffer.wrap(new byte[] {' '}));
    }
    time.accept(line.time());
    exchange.agree(decision.deflate().agreed());
    exchange.feed(Endpoint.SERVER, line.head("raw"));
  }

  private HandshakeResult decided(HandshakeResult checked) {
    result = decision == null ? checked : decision.applyTo(checked);
    return result;
  }

  private void body(RecordedLine line) throws InvalidRecording {
    HttpResponse head = response;
    if (head == null) {
      throw line.invalid("no response precedes this body");
    }
    String text = StandardCharsets.UTF_8.decode(line.payload()).toString();
    response = new HttpResponse(head.status(), head.reason(), head.fields(), text);
    completeResponse();
  }

  /** Reports the complete response, which ends the handshake. */
  private void completeResponse() {
    if (result != null && response != null) {
      listener.event(new Event.Responded(result, response));
      response = null;
      if (result instanceof HandshakeResult.Accepted) {
        exchange.open();
      }
    }
  }

  /**
   * Holds a frame of the peer until our next frame is known, because we may have sent ours before
   * the peer's frame ended.
   */
  private void frame(RecordedLine line) throws InvalidRecording {
    RecordedFrame frame = RecordedFrame.of(line);
    if (frame.sender() != self) {
      held = frame;
    } else if (held == null) {
      feed(frame);
    } else {
      feedHeld(frame);
    }
  }

  /**
   * Feeds the held frame of the peer.
   *
   * @param next our next frame, which is fed at an error in the held frame, or after that frame if
   *     there is none; null if we sent nothing
   */
  private void feedHeld(@Nullable RecordedFrame next) {
    RecordedFrame frame = held;
    held = null;
    atError = next;
    if (frame != null) {
      feed(frame);
    }
    feedAtError();
  }

  private void feedAtError() {
    RecordedFrame next = atError;
    atError = null;
    if (next != null) {
      feed(next);
    }
  }

  private void feed(RecordedFrame frame) {
    time.accept(frame.time());
    if (!headersFed.remove(frame.sender())) {
      exchange.feed(frame.sender(), frame.header());
    }
    exchange.feed(frame.sender(), frame.payload());
  }

  /** Ends a direction, perhaps inside a frame header. */
  private void ended(RecordedLine line) throws InvalidRecording {
    RecordedLine incomplete = line.objectOrNull("incomplete");
    if (incomplete != null && incomplete.has("header")) {
      exchange.feed(line.endpoint("sender"), incomplete.hex("header"));
    }
  }

  /** Handles a frame that has begun, when other events precede its end. */
  private void header(RecordedLine line) throws InvalidRecording {
    Endpoint sender = line.endpoint("sender");
    exchange.feed(sender, line.hex("header"));
    headersFed.add(sender);
  }

  /** Stops reading after an error of the peer, as the recorded session did. */
  private final class Strict implements ExchangeListener {
    @Override
    public void event(Event event) {
      listener.event(event);
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      FrameListener shown = listener.frames(sender);
      if (shown == null || sender == self) {
        return shown;
      }
      return TeeListener.both(shown, new AtError(shown));
    }
  }

  private final class AtError implements FrameListener {
    private final FrameListener shown;

    AtError(FrameListener shown) {
      this.shown = shown;
    }

    @Override
    public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
      violations.forEach(this::violation);
    }

    @Override
    public void violation(Violation violation) {
      if (violation.rule().isError()) {
        shown.failed();
        exchange.stop(self.peer());
        feedAtError();
      }
    }
  }
}
