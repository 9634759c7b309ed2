package wscope.report.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
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

  private static final int FIRST_ERROR = 400;

  private final JsonHandshake handshake;
  private final JsonCaptureEvents captures;
  private final JsonProxyEvents proxy;
  private final boolean reasons;

  /**
   * Creates a printer.
   *
   * @param reasons whether it prints the bodies of error responses, which say why
   */
  JsonExchangePrinter(
      JsonLines lines,
      LiveView view,
      @Nullable EventTime time,
      long connection,
      boolean raw,
      boolean reasons) {
    super(lines, view, time, connection, raw);
    this.reasons = reasons;
    handshake = new JsonHandshake(lines, this);
    captures = new JsonCaptureEvents(lines, this);
    proxy = new JsonProxyEvents(lines, this);
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
      if (connected.nanos() >= 0) {
        lines.put(Property.MICROS, connected.nanos() / NANOS_PER_MICRO);
      }
      lines.end();
    } else if (event instanceof Event.Secured secured) {
      secured(secured);
    } else if (event instanceof Event.Request request) {
      request(request);
    } else if (event instanceof Event.Challenge challenge) {
      challenge(challenge);
    } else if (event instanceof Event.ChallengeIncomplete challenge) {
      challengeIncomplete(challenge);
    } else if (event instanceof Event.ChallengeAnswer answer) {
      challengeAnswer(answer);
    } else if (event instanceof Event.HixieFrame frame) {
      hixieFrame(frame);
    } else if (event instanceof Event.SurplusLineEnd surplus) {
      begin("surplus-line-end", Endpoint.SERVER).put(Property.OFFSET, surplus.offset()).end();
    } else if (event instanceof Event.Interim interim) {
      handshake.response(interim.response());
    } else if (event instanceof Event.Response response) {
      handshake.response(response);
    } else if (event instanceof Event.Responded responded) {
      responded(responded);
    } else if (event instanceof Event.HeadIncomplete head) {
      handshake.incomplete(head);
    } else if (event instanceof Event.FaultImpossible fault) {
      begin("unable", null).put(Property.FAULT, fault.id()).end();
    } else if (event instanceof Event.Withheld withheld) {
      begin("withheld", null).put(Property.WHAT, withheld.what().id());
      lines.put(Property.MILLIS, withheld.nanos() / NANOS_PER_MILLI).end();
    } else if (event instanceof Event.Coalesced coalesced) {
      begin("coalesced", null).put(Property.FATE, coalesced.fate().id());
      lines.put(Property.MESSAGES, coalesced.messages());
      lines.put(Property.BYTES, coalesced.bytes()).end();
    } else if (event instanceof Event.QueryLeft left) {
      begin("query-left", null).beginArray(Property.NAMES);
      left.names().forEach(lines::add);
      lines.endArray().put(Property.MORE, left.more()).end();
    } else if (event instanceof Event.Reply reply) {
      reply(reply);
    } else if (event instanceof Event.Waiting waiting) {
      waiting(waiting);
    } else if (event instanceof Event.Silence silence) {
      begin("silence", null).put(Property.PING, silence.ping());
      lines.put(Property.MILLIS, silence.nanos() / NANOS_PER_MILLI).end();
    } else if (event instanceof Event.Expectation expectation) {
      begin("expectation", null).putText(Property.EXPECTED, expectation.expected());
      lines.put(Property.MET, expectation.met());
      lines.put(Property.MICROS, expectation.nanos() / NANOS_PER_MICRO);
      if (expectation.doubt() != null) {
        lines.putText(Property.DOUBT, expectation.doubt());
      }
      lines.end();
    } else if (event instanceof Event.Watching watching) {
      watching(watching);
    } else if (event instanceof Event.Watched watched) {
      watched(watched);
    } else if (event instanceof Event.Lagging) {
      begin("lagging", null).end();
    } else if (event instanceof Event.Disconnected disconnected) {
      disconnected(disconnected);
    } else {
      proxy.event(event);
      captures.event(event);
    }
  }

  private void secured(Event.Secured event) {
    begin("secured", null).put(Property.VERSION, event.version());
    lines.put(Property.CIPHER_SUITE, event.cipherSuite());
    lines.put(Property.PROTOCOL, event.protocol());
    Event.Certificate certificate = event.certificate();
    if (certificate != null) {
      lines.beginObject(Property.CERTIFICATE).beginArray(Property.NAMES);
      certificate.names().forEach(lines::add);
      lines.endArray().putText(Property.ISSUER, certificate.issuer());
      lines.put(Property.DAYS, certificate.days());
      if (certificate.distrust() != null) {
        lines.putText(Property.DISTRUST, certificate.distrust());
      }
      lines.endObject();
    }
    lines.put(Property.MICROS, event.nanos() / NANOS_PER_MICRO).end();
  }

  private void request(Event.Request event) {
    if (view.detail() == Detail.NONE) {
      violations(Endpoint.CLIENT, event.result().violations());
    } else {
      handshake.request(event);
    }
  }

  /** Writes the body of a response: in a recording as a whole, in a feed to say why. */
  private void responded(Event.Responded event) {
    boolean reason = reasons && event.response().status() >= FIRST_ERROR;
    byte[] body = event.response().body().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 && (isRaw() || reason)) {
      int shown = isRaw() ? body.length : (int) Math.min(body.length, view.preview());
      body(Endpoint.SERVER, ByteBuffer.wrap(body, 0, shown), body.length - shown);
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

  private void challengeAnswer(Event.ChallengeAnswer event) {
    byte[] received = new byte[event.bytes().remaining()];
    event.bytes().get(received);
    begin("challenge-answer", Endpoint.SERVER).put(Property.OFFSET, event.offset());
    lines.put(Property.BYTES, HexFormat.of().formatHex(received));
    if (event.challenge() != null) {
      lines.put(Property.FITS, event.fits());
    }
    lines.end();
  }

  private void hixieFrame(Event.HixieFrame event) {
    ByteBuffer data = event.data();
    long received = Math.min(event.length(), event.end() - event.offset());
    begin("hixie-frame", null).put(Property.NUMBER, event.number());
    lines.put(Property.OFFSET, event.offset()).put(Property.LENGTH, event.length());
    lines.put(Property.KIND, event.kind().name().toLowerCase(Locale.ROOT));
    lines.put(Property.COMPLETE, event.complete());
    boolean text = event.kind() == Event.HixieFrame.Kind.TEXT;
    lines.putPayload(data, text, Math.max(0, received - data.remaining())).end();
  }

  private void beginChallenge(ByteBuffer bytes) {
    byte[] received = new byte[bytes.remaining()];
    bytes.get(received);
    begin("challenge", Endpoint.CLIENT);
    lines.put(Property.BYTES, HexFormat.of().formatHex(received));
  }

  private void reply(Event.Reply event) {
    String trouble = event.trouble();
    begin("reply", null).putText(Property.SCRIPT, event.script());
    if (event.rule() > 0) {
      lines.put(Property.RULE_NUMBER, event.rule()).put(Property.LINE, event.line());
    }
    if (trouble != null) {
      lines.putText(Property.TROUBLE, trouble);
    }
    lines.end();
  }

  private void waiting(Event.Waiting event) {
    begin("waiting", event.sender());
    awaited(event.awaited());
    lines.put(Property.MILLIS, event.nanos() / NANOS_PER_MILLI).end();
  }

  private void watching(Event.Watching event) {
    begin("watches", null);
    if (event.all()) {
      lines.put(Property.ALL, true);
    }
    lines.end();
  }

  private void watched(Event.Watched event) {
    begin("watched", null).put(Property.WATCHER, event.watcher());
    if (event.late()) {
      lines.put(Property.LATE, true);
    }
    Endpoint unseen = event.unseen();
    lines.put(Property.UNSEEN, unseen == null ? null : unseen.id()).end();
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
      if (trips.otherPongs() > 0) {
        lines.put(Property.OTHER_PONGS, trips.otherPongs());
      }
      if (trips.messages() > 0) {
        lines.put(Property.MESSAGES, trips.messages());
      }
      lines.endObject();
    }
  }
}
