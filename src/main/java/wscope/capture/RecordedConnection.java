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
import wscope.protocol.event.Withholding;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.handshake.HandshakeResult;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.message.Cause;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * One connection of a recording. Its heads and frames go through an exchange, as they did during
 * the recording. All other events are passed on as recorded.
 */
final class RecordedConnection implements RecordedLines {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Set<String> DERIVED =
      Set.of("message", "control", "close", "violation", "challenge");

  private final Endpoint self;
  private final Exchange exchange;
  private final Consumer<Instant> time;
  private final ExchangeListener listener;

  /** The line of the request, until the line of its response is read. */
  private @Nullable RecordedLine request;

  /** The result that the rules give for the request. */
  private @Nullable HandshakeResult checked;

  private @Nullable HttpResponse response;
  private @Nullable RecordedDecision decision;
  private @Nullable HandshakeResult result;
  private final Set<Endpoint> headersFed = EnumSet.noneOf(Endpoint.class);

  /** A frame of the peer that has not been fed yet. */
  private @Nullable RecordedFrame held;

  /** The frame that we sent because of an error in the held frame; null if there is none. */
  private @Nullable RecordedFrame atError;

  /** Whether a recorded client has received a response that opens the WebSocket. */
  private boolean opens;

  private boolean responded;
  private boolean ended;

  /** Receives our own frames. */
  private FrameListener sent = new FrameListener() {};

  /** Receives the frames of the peer. */
  private FrameListener received = new FrameListener() {};

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
    return line.has("path")
        ? new Event.Address.Unix(line.text("path"))
        : new Event.Address.Tcp(line.text("address"), line.small("port"));
  }

  @Override
  public boolean take(RecordedLine line) throws InvalidRecording {
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
      case "connected" -> listener.event(RecordedClientEvents.connected(line));
      case "secured" -> listener.event(RecordedClientEvents.secured(line));
      case "handshake" -> handshake(line);
      case "body" -> body(line);
      case "frame-header", "incomplete-header" -> header(line);
      case "frame" -> frame(line);
      case "expectation" -> listener.event(RecordedClientEvents.expectation(line));
      case "coalesced" -> listener.event(RecordedClientEvents.coalesced(line));
      case "silence" -> listener.event(RecordedClientEvents.silence(line));
      case "unable" -> listener.event(new Event.FaultImpossible(line.text("fault")));
      case "withheld" -> withheld(line);
      case "query-left" ->
          listener.event(new Event.QueryLeft(line.texts("names"), line.number("more")));
      case "reply" ->
          listener.event(
              new Event.Reply(
                  line.text("script"),
                  (int) line.numberOr("ruleNumber", 0),
                  (int) line.numberOr("line", 0),
                  line.textOrNull("trouble")));
      case "waiting" -> listener.event(RecordedWaiting.of(line));
      case "lagging" -> listener.event(new Event.Lagging());
      case "watches" -> listener.event(new Event.Watching(line.has("all")));
      case "watched" -> listener.event(new Event.Watched(line.number("watcher")));
      case "disconnected" -> {
        endWithoutResponse();
        end();
        listener.event(RecordedEnd.of(self, line));
        return true;
      }
      case "cause" -> cause(line);
      case "end" -> ended(line);
      default -> throw line.invalid("unknown event type \"" + type + "\"");
    }
    return false;
  }

  @Override
  public void end() {
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
      feedRequestAlone();
      exchange.feed(line.endpoint("sender"), line.head("raw"));
    } else if (self == Endpoint.CLIENT) {
      feedHead(line.endpoint("sender"), line.head("raw"));
    } else if (line.endpoint("sender") == Endpoint.CLIENT) {
      request = line;
    } else {
      feedHeads(line);
    }
  }

  /** Feeds a head of a recorded client, which opens the WebSocket if the response allows it. */
  private void feedHead(Endpoint sender, ByteBuffer head) {
    exchange.feed(sender, head);
    if (opens) {
      exchange.open();
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
    RecordedDecision decided = feedRequest(recordedRequest, response);
    responded = true;
    time.accept(line.time());
    exchange.agree(decided.deflate().agreed());
    exchange.feed(Endpoint.SERVER, line.head("raw"));
  }

  /** Feeds a request, unless it has been fed, with the decision that its response shows. */
  private RecordedDecision feedRequest(RecordedLine line, HttpResponse answer)
      throws InvalidRecording {
    RecordedDecision decided = RecordedDecision.of(line, answer);
    decision = decided;
    if (checked != null) {
      result = decided.applyTo(checked);
      return decided;
    }
    time.accept(line.time());
    exchange.feed(Endpoint.CLIENT, line.head("raw"));
    if (result == null) {
      // The recorded server received one more byte, which made the head too large.
      exchange.feed(Endpoint.CLIENT, ByteBuffer.wrap(new byte[] {' '}));
    }
    return decided;
  }

  /** Feeds a request whose response comes later or never. */
  private void feedRequestAlone() throws InvalidRecording {
    if (request != null && checked == null) {
      feedRequest(request, new HttpResponse(101, "", List.of(), ""));
    }
  }

  /** Ends the request if there was no complete response. */
  private void endWithoutResponse() throws InvalidRecording {
    if (request != null && !responded) {
      feedRequestAlone();
      exchange.stop(Endpoint.CLIENT);
    }
  }

  private void withheld(RecordedLine line) throws InvalidRecording {
    feedRequestAlone();
    time.accept(line.time());
    listener.event(withholding(line));
  }

  private static Event.Withheld withholding(RecordedLine line) throws InvalidRecording {
    try {
      long nanos = Math.multiplyExact(line.number("millis"), NANOS_PER_MILLI);
      return new Event.Withheld(Withholding.of(line.text("what")), nanos);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw line.invalid("\"what\" or \"millis\" is invalid");
    }
  }

  private HandshakeResult decided(HandshakeResult byRules) {
    checked = byRules;
    result = decision == null ? byRules : decision.applyTo(byRules);
    return result;
  }

  private void body(RecordedLine line) throws InvalidRecording {
    if (self == Endpoint.CLIENT) {
      listener.event(new Event.Body(line.endpoint("sender"), line.payload()));
      return;
    }
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
    if (frame.sender() == self) {
      sent.fault(frame.fault());
    }
    if (!headersFed.remove(frame.sender())) {
      exchange.feed(frame.sender(), frame.header());
    }
    exchange.feed(frame.sender(), frame.payload());
    if (frame.sender() == self) {
      sent.fault(null);
    }
  }

  /** Passes on a cause, for which the recording may not have all bytes. */
  private void cause(RecordedLine line) throws InvalidRecording {
    String name = line.text("cause");
    for (Cause.Kind kind : Cause.Kind.values()) {
      if (kind.id().equals(name)) {
        Endpoint sender = line.endpoint("sender");
        Cause cause = new Cause(kind, line.number("frame"), line.text("found"));
        (sender == self ? sent : received).cause(sender, cause);
        return;
      }
    }
    throw line.invalid("unknown cause \"" + name + "\"");
  }

  /** Ends a direction, perhaps inside a frame header. */
  private void ended(RecordedLine line) throws InvalidRecording {
    RecordedLine incomplete = line.objectOrNull("incomplete");
    if (incomplete != null
        && incomplete.has("header")
        && !headersFed.contains(line.endpoint("sender"))) {
      exchange.feed(line.endpoint("sender"), incomplete.hex("header"));
    }
  }

  /** Handles a frame that has begun, when other events precede its end, or that goes no further. */
  private void header(RecordedLine line) throws InvalidRecording {
    Endpoint sender = line.endpoint("sender");
    exchange.feed(sender, line.hex("header"));
    headersFed.add(sender);
  }

  /** Stops reading after an error of the peer, as the recorded session did. */
  private final class Strict implements ExchangeListener {
    @Override
    public void event(Event event) {
      opens |= event instanceof Event.Response response && response.opens();
      listener.event(event);
    }

    @Override
    public @Nullable FrameListener frames(@Nullable Endpoint sender) {
      FrameListener shown = listener.frames(sender);
      if (shown != null && sender == self) {
        sent = shown;
      }
      if (shown == null || sender == self) {
        return shown;
      }
      received = shown;
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
    public void headerIncomplete(
        IncompleteFrame incomplete,
        FrameHeader known,
        Endpoint sender,
        List<Violation> violations) {
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
