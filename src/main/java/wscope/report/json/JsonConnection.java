package wscope.report.json;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import wscope.protocol.Closure;
import wscope.protocol.Fault;
import wscope.protocol.Flow;
import wscope.protocol.InspectionListener;
import wscope.protocol.RoundTrips;
import wscope.protocol.TcpEnd;
import wscope.protocol.Traffic;
import wscope.protocol.handshake.Handshake;
import wscope.protocol.handshake.HttpResponse;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.Violation;
import wscope.report.ConnectionReport;
import wscope.report.Detail;
import wscope.report.Heads;
import wscope.report.RulesAlone;
import wscope.report.Viewing;

/** A connection to a server as JSON. */
final class JsonConnection implements ConnectionReport {
  private static final long NANOS_OF_A_MICRO = 1000;

  private final JsonLines lines;
  private final JsonEvents events;
  private final Viewing viewing;
  private final JsonFrames received;

  JsonConnection(JsonLines lines, JsonEvents events, Viewing viewing) {
    this.lines = lines;
    this.events = events;
    this.viewing = viewing;
    received = new JsonFrames(events, viewing, Endpoint.CLIENT, null);
  }

  @Override
  public void handshake(String head, Handshake judged, HttpResponse response) {
    received.totals().violations(judged.violations());
    if (viewing.detail() == Detail.NONE) {
      judged.violations().forEach(this::broken);
      return;
    }
    JsonHandshake handshake = new JsonHandshake(lines, events);
    handshake.request(0, head, Heads.request(head), judged);
    String answer = response.head();
    handshake.response(0, answer, Heads.response(answer), Heads.broken(judged, answer));
  }

  @Override
  public void requestTorn(String head) {
    if (viewing.detail() != Detail.NONE) {
      new JsonHandshake(lines, events).torn(Endpoint.CLIENT, 0, head);
    }
  }

  @Override
  public InspectionListener received() {
    return RulesAlone.of(received, viewing, this::broken);
  }

  @Override
  public @Nullable InspectionListener sent() {
    return viewing.kept() == Detail.NONE
        ? null
        : new JsonFrames(events, viewing, Endpoint.SERVER, received);
  }

  @Override
  public void unable(Fault fault) {
    if (viewing.detail() != Detail.NONE) {
      events.begin("unable", null).put(Property.FAULT, fault.id()).end();
    }
  }

  @Override
  public void watches() {
    if (viewing.detail() != Detail.NONE) {
      events.begin("watches", null).end();
    }
  }

  @Override
  public void watched(long watcher) {
    if (viewing.detail() != Detail.NONE) {
      events.begin("watched", null).put(Property.WATCHER, watcher).end();
    }
  }

  @Override
  public void lagging() {
    if (viewing.detail() != Detail.NONE) {
      events.begin("lagging", null).end();
    }
  }

  @Override
  public void disconnected(
      boolean opened,
      Closure closure,
      TcpEnd tcpEnd,
      @Nullable String trouble,
      Traffic traffic,
      Duration lasted) {
    if (viewing.detail() == Detail.NONE && trouble == null) {
      return;
    }
    events.begin("disconnected", null);
    lines
        .put(Property.OPENED, opened)
        .put(Property.CLEAN, closure.isClean() && tcpEnd != TcpEnd.SERVER_DROP);
    Endpoint initiator = closure.initiator();
    lines.put(Property.INITIATOR, initiator == null ? null : JsonEvents.name(initiator));
    closeBody(Property.RECEIVED, closure.received());
    closeBody(Property.SENT, closure.sent());
    Rule failure = closure.failure();
    lines.put(Property.FAILURE, failure == null ? null : failure.id());
    lines.put(Property.TCP_END, tcpEnd.id());
    if (trouble != null) {
      lines.putWords(Property.TROUBLE, trouble);
    }
    traffic(traffic);
    lines.put(Property.MILLIS, lasted.toMillis()).end();
  }

  private void broken(Violation violation) {
    events.violation(Endpoint.CLIENT, violation);
  }

  private void closeBody(Property name, @Nullable CloseBody body) {
    if (body != null) {
      lines.beginObject(name);
      events.closeBody(body);
      lines.endObject();
    }
  }

  private void traffic(Traffic traffic) {
    Flow in = traffic.received();
    Flow out = traffic.sent();
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
}
