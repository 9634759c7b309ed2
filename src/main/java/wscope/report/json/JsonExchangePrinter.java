package wscope.report.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.handshake.Hixie76Challenge;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.Detail;
import wscope.report.LiveView;

/** Prints a decoded stream or a connection as JSON, including its rare events. */
final class JsonExchangePrinter extends JsonPrinter {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final JsonHandshake handshake;

  JsonExchangePrinter(
      JsonLines lines, LiveView view, @Nullable EventTime time, long connection, boolean raw) {
    super(lines, view, time, connection, raw);
    handshake = new JsonHandshake(lines, this);
  }

  @Override
  public void body(Endpoint sender, ByteBuffer content, long omitted) {
    begin("body", sender).put(Property.LENGTH, content.remaining() + omitted);
    lines.putPayload(content, true, omitted).end();
  }

  @Override
  public void event(Event event) {
    if (event instanceof Event.Connected connected) {
      begin("connected", null);
      address(lines, connected.peer());
      lines.end();
    } else if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Challenge challenge) {
      challenge(challenge);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      challengeIncomplete(challenge);
    } else if (event instanceof Event.SurplusLineEnd surplus) {
      begin("surplus-line-end", Endpoint.SERVER).put(Property.OFFSET, surplus.offset()).end();
    } else if (event instanceof Event.Response response) {
      handshake.response(response);
    } else if (event instanceof Event.Responded responded) {
      responded(responded);
    } else if (event instanceof Event.HeadIncomplete head) {
      handshake.incomplete(head);
    } else if (event instanceof Event.FaultImpossible fault) {
      begin("unable", null).put(Property.FAULT, fault.id()).end();
    } else if (event instanceof Event.Waiting waiting) {
      waiting(waiting);
    } else if (event instanceof Event.Watching) {
      begin("watches", null).end();
    } else if (event instanceof Event.Watched watched) {
      begin("watched", null).put(Property.WATCHER, watched.watcher()).end();
    } else if (event instanceof Event.Lagging) {
      begin("lagging", null).end();
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnected(disconnected);
    }
  }

  private void request(Event.Request event) {
    if (view.detail() == Detail.NONE) {
      violations(Endpoint.CLIENT, event.result().violations());
    } else {
      handshake.request(event);
    }
  }

  /** Writes the body of a response. Only a recording has it. */
  private void responded(Event.Responded event) {
    byte[] body = event.response().body().getBytes(StandardCharsets.UTF_8);
    if (isRaw() && body.length > 0) {
      body(Endpoint.SERVER, ByteBuffer.wrap(body), 0);
    }
  }

  private void challenge(Event.Challenge event) {
    Hixie76Challenge challenge = Hixie76Challenge.of(event.request(), event.body());
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
      lines.put(Property.ANSWER, HexFormat.of().formatHex(challenge.response()));
    }
    lines.end();
  }

  private void challengeIncomplete(Event.ChallengeIncomplete event) {
    if (event.body().hasRemaining()) {
      beginChallenge(event.body());
      lines.end();
    }
  }

  private void beginChallenge(ByteBuffer bytes) {
    byte[] received = new byte[bytes.remaining()];
    bytes.get(received);
    begin("challenge", Endpoint.CLIENT);
    lines.put(Property.BYTES, HexFormat.of().formatHex(received));
  }

  private void waiting(Event.Waiting event) {
    begin("waiting", event.sender());
    awaited(event.awaited());
    lines.put(Property.MILLIS, event.nanos() / NANOS_PER_MILLI).end();
  }

  private void disconnected(Event.Disconnected event) {
    String trouble = event.trouble();
    ConnectionClosure closure = event.closure();
    boolean dropped = event.end().manner() == TransportEnd.Manner.DROP;
    begin("disconnected", null);
    lines.put(Property.OPENED, event.opened()).put(Property.CLEAN, closure.isClean() && !dropped);
    Endpoint initiator = closure.initiator();
    lines.put(Property.INITIATOR, initiator == null ? null : initiator.id());
    closeBody(Property.RECEIVED, closure.received());
    closeBody(Property.SENT, closure.sent());
    Rule failure = closure.failure();
    lines.put(Property.FAILURE, failure == null ? null : failure.id());
    lines.put(Property.TCP_END, event.end().id());
    if (trouble != null) {
      lines.putText(Property.TROUBLE, trouble);
    }
    totals(event.totals());
    lines.put(Property.MILLIS, event.nanos() / NANOS_PER_MILLI).end();
  }

  private void closeBody(Property name, @Nullable CloseBody close) {
    if (close != null) {
      lines.beginObject(name);
      closeBody(close);
      lines.endObject();
    }
  }

  private void totals(ConnectionTotals totals) {
    DirectionTotals in = totals.received();
    DirectionTotals out = totals.sent();
    lines.put(Property.FRAMES_RECEIVED, in.frames()).put(Property.FRAMES_SENT, out.frames());
    lines
        .put(Property.MESSAGES_RECEIVED, in.messages())
        .put(Property.MESSAGES_SENT, out.messages());
    lines.put(Property.BYTES_RECEIVED, in.bytes()).put(Property.BYTES_SENT, out.bytes());
    lines.put(Property.WIRE_BYTES_RECEIVED, in.wireBytes());
    lines.put(Property.WIRE_BYTES_SENT, out.wireBytes());
    if (totals.skipped() > 0) {
      lines.put(Property.MESSAGES_SKIPPED, totals.skipped());
    }
    PingRoundTrips trips = totals.roundTrips();
    if (trips.sent() > 0) {
      lines.beginObject(Property.ROUND_TRIPS).put(Property.SENT, trips.sent());
      lines.put(Property.COUNT, trips.count());
      if (trips.count() > 0) {
        lines.put(Property.LEAST_MICROS, trips.least() / NANOS_PER_MICRO);
        lines.put(Property.MEAN_MICROS, trips.mean() / NANOS_PER_MICRO);
        lines.put(Property.MOST_MICROS, trips.most() / NANOS_PER_MICRO);
      }
      lines.endObject();
    }
  }
}
