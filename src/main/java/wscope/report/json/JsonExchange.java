package wscope.report.json;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.Closure;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.RoundTrips;
import wscope.protocol.event.Tee;
import wscope.protocol.event.Traffic;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Incomplete;
import wscope.protocol.handshake.Hixie76;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Preview;
import wscope.report.Totals;

/** A stream that is decoded, or a connection from the place of one of its ends, as JSON. */
final class JsonExchange implements ExchangeListener {
  private static final long NANOS_OF_A_MICRO = 1_000;
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private final JsonLines lines;
  private final JsonEvents events;
  private final LiveView view;
  private final @Nullable Endpoint self;
  private final Totals totals;
  private final JsonHandshake handshake;
  private final Preview body;
  private Endpoint bodySender = Endpoint.CLIENT;
  private @Nullable TornHandshake incomplete;
  private @Nullable JsonFrames received;

  /**
   * @param self the end that shows this; null for a stream that is decoded
   * @param totals of a stream, or of what is received on a connection
   */
  JsonExchange(
      JsonLines lines, JsonEvents events, LiveView view, @Nullable Endpoint self, Totals totals) {
    this.lines = lines;
    this.events = events;
    this.view = view;
    this.self = self;
    this.totals = totals;
    handshake = new JsonHandshake(lines, events);
    body = new Preview(view.kept() == Detail.NONE ? 0 : view.preview());
  }

  @Override
  public @Nullable FrameListener frames(@Nullable Endpoint sender) {
    boolean ever = view.kept() != Detail.NONE;
    if (self == null) {
      JsonFrames frames = new JsonFrames(events, view, null, totals, null);
      if (incomplete != null) {
        frames.handshakeIncomplete(incomplete);
      }
      return Tee.both(new BodyAtEnd(), frames);
    }
    if (sender == self) {
      return ever ? counted(new Totals(), sender, received) : null;
    }
    FrameListener violations = new ViolationsOnly();
    if (!ever) {
      return violations;
    }
    received = new JsonFrames(events, view, sender, totals, null);
    return Tee.both(totals, Tee.both(violations, received));
  }

  private FrameListener counted(Totals sent, Endpoint sender, @Nullable JsonFrames before) {
    return Tee.both(sent, new JsonFrames(events, view, sender, sent, before));
  }

  @Override
  public void event(Event event) {
    if (self != null) {
      totals.event(event);
    }
    if (event instanceof Event.Request request && view.detail() == Detail.NONE) {
      if (self != null) {
        request.result().violations().forEach(found -> events.violation(Endpoint.CLIENT, found));
      }
    } else if (event instanceof Event.Body part) {
      bodySender = part.sender();
      body.add(part.bytes());
    } else if (event instanceof Event.HeadIncomplete head) {
      headIncomplete(head);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      challengeIncomplete(challenge);
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnected(disconnected);
    } else if (view.detail() != Detail.NONE) {
      show(event);
    }
  }

  private void show(Event event) {
    if (event instanceof Event.Connected connected) {
      events.begin("connected", null);
      events.address(connected.peer());
      lines.end();
    } else if (event instanceof Event.Request request) {
      handshake.request(request);
    } else if (event instanceof Event.Challenge challenge) {
      challenge(challenge);
    } else if (event instanceof Event.Response response) {
      handshake.response(response);
    } else if (event instanceof Event.FaultImpossible fault) {
      events.begin("unable", null).put(Property.FAULT, fault.id()).end();
    } else if (event instanceof Event.Waiting waiting) {
      waiting(waiting);
    } else if (event instanceof Event.Watching) {
      events.begin("watches", null).end();
    } else if (event instanceof Event.Watched watched) {
      events.begin("watched", null).put(Property.WATCHER, watched.watcher()).end();
    } else if (event instanceof Event.Lagging) {
      events.begin("lagging", null).end();
    }
  }

  private void challenge(Event.Challenge event) {
    Hixie76 challenge = Hixie76.of(event.request(), event.body());
    if (challenge == null) {
      return;
    }
    beginChallenge(event.body());
    if (challenge.first() >= 0) {
      lines.put(Property.NUMBER1, challenge.first());
    }
    if (challenge.second() >= 0) {
      lines.put(Property.NUMBER2, challenge.second());
    }
    if (challenge.isValid()) {
      lines.put(Property.ANSWER, HexFormat.of().formatHex(challenge.answer()));
    }
    lines.end();
  }

  private void headIncomplete(Event.HeadIncomplete event) {
    incomplete = new TornHandshake("head", event.offset() + event.raw().length(), 0);
    if (view.detail() != Detail.NONE) {
      handshake.incomplete(event);
    }
  }

  private void challengeIncomplete(Event.ChallengeIncomplete event) {
    ByteBuffer bytes = event.body();
    int missing = Hixie76.BODY_BYTES - bytes.remaining();
    incomplete = new TornHandshake("challenge", event.offset() + bytes.remaining(), missing);
    if (bytes.hasRemaining() && view.detail() != Detail.NONE) {
      beginChallenge(bytes);
      lines.end();
    }
  }

  private void beginChallenge(ByteBuffer bytes) {
    byte[] came = new byte[bytes.remaining()];
    bytes.get(came);
    events.begin("challenge", Endpoint.CLIENT);
    lines.put(Property.BYTES, HexFormat.of().formatHex(came));
  }

  private void waiting(Event.Waiting event) {
    events.begin("waiting", event.sender());
    events.awaited(event.awaited());
    lines.put(Property.MILLIS, event.nanos() / NANOS_OF_A_MILLI).end();
  }

  private void disconnected(Event.Disconnected event) {
    String trouble = event.trouble();
    if (view.detail() == Detail.NONE && trouble == null) {
      return;
    }
    Closure closure = event.closure();
    boolean dropped = event.end().manner() == TransportEnd.Manner.DROP;
    events.begin("disconnected", null);
    lines.put(Property.OPENED, event.opened()).put(Property.CLEAN, closure.isClean() && !dropped);
    Endpoint initiator = closure.initiator();
    lines.put(Property.INITIATOR, initiator == null ? null : initiator.id());
    closeBody(Property.RECEIVED, closure.received());
    closeBody(Property.SENT, closure.sent());
    Rule failure = closure.failure();
    lines.put(Property.FAILURE, failure == null ? null : failure.id());
    lines.put(Property.TCP_END, event.end().id());
    if (trouble != null) {
      lines.putWords(Property.TROUBLE, trouble);
    }
    traffic(event.traffic());
    lines.put(Property.MILLIS, event.nanos() / NANOS_OF_A_MILLI).end();
  }

  private void closeBody(Property name, @Nullable CloseBody close) {
    if (close != null) {
      lines.beginObject(name);
      events.closeBody(close);
      lines.endObject();
    }
  }

  private void traffic(Traffic traffic) {
    DirectionTotals in = traffic.received();
    DirectionTotals out = traffic.sent();
    lines.put(Property.FRAMES_RECEIVED, in.frames()).put(Property.FRAMES_SENT, out.frames());
    lines
        .put(Property.MESSAGES_RECEIVED, in.messages())
        .put(Property.MESSAGES_SENT, out.messages());
    lines.put(Property.BYTES_RECEIVED, in.bytes()).put(Property.BYTES_SENT, out.bytes());
    lines.put(Property.WIRE_BYTES_RECEIVED, in.wireBytes());
    lines.put(Property.WIRE_BYTES_SENT, out.wireBytes());
    if (traffic.skipped() > 0) {
      lines.put(Property.MESSAGES_SKIPPED, traffic.skipped());
    }
    RoundTrips trips = traffic.roundTrips();
    if (trips.sent() > 0) {
      lines.beginObject(Property.ROUND_TRIPS).put(Property.SENT, trips.sent());
      lines.put(Property.COUNT, trips.count());
      if (trips.count() > 0) {
        lines.put(Property.LEAST_MICROS, trips.least() / NANOS_OF_A_MICRO);
        lines.put(Property.MEAN_MICROS, trips.mean() / NANOS_OF_A_MICRO);
        lines.put(Property.MOST_MICROS, trips.most() / NANOS_OF_A_MICRO);
      }
      lines.endObject();
    }
  }

  /** Shows the violations of the peer while nothing else of its frames is shown. */
  private final class ViolationsOnly implements FrameListener {
    private Endpoint sender = Endpoint.CLIENT;

    @Override
    public void frameStarted(FrameHeader header, Endpoint from, List<Violation> violations) {
      sender = from;
      for (int i = 0; i < violations.size(); i++) {
        violation(violations.get(i));
      }
    }

    @Override
    public void violation(Violation violation) {
      if (view.detail() == Detail.NONE) {
        events.violation(sender, violation);
      }
    }
  }

  /** Shows the body of a head that opened no WebSocket, once all of it has come. */
  private final class BodyAtEnd implements FrameListener {
    @Override
    public void ended(@Nullable Incomplete frame) {
      ByteBuffer shown = body.content();
      long length = shown.remaining() + body.omitted();
      if (length > 0 && view.detail() != Detail.NONE) {
        events.begin("body", bodySender).put(Property.LENGTH, length);
        lines.putPayload(shown, true, body.omitted()).end();
      }
    }
  }
}
