package wscope.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.Crossings;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
import wscope.protocol.event.LegEnd;
import wscope.protocol.event.LegTotals;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.message.CloseBody;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.protocol.rule.RuleIds;

/** The end of a recorded connection. */
final class RecordedEnd {
  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private RecordedEnd() {}

  static Event.Disconnected of(Endpoint self, RecordedLine line) throws InvalidRecording {
    String failure = line.textOrNull("failure");
    Rule rule = failure == null ? null : RuleIds.find(failure);
    if (failure != null && rule == null) {
      throw line.invalid("unknown rule \"" + failure + "\"");
    }
    return new Event.Disconnected(
        self,
        line.flag("opened"),
        new ConnectionClosure(
            line.has("initiator") ? line.endpoint("initiator") : null,
            body(self.peer(), line.objectOrNull("received")),
            body(self, line.objectOrNull("sent")),
            rule),
        end(line),
        line.textOrNull("trouble"),
        totals(line),
        Math.multiplyExact(line.small("millis"), NANOS_PER_MILLI));
  }

  /** The end of a proxied connection. */
  static Event.Parted ofPair(RecordedLine line) throws InvalidRecording {
    RecordedLine client = leg(line, "client");
    RecordedLine server = leg(line, "server");
    return new Event.Parted(
        line.flag("opened"),
        new ConnectionClosure(
            line.has("initiator") ? line.endpoint("initiator") : null,
            body(Endpoint.SERVER, server.objectOrNull("close")),
            body(Endpoint.CLIENT, client.objectOrNull("close")),
            null),
        legEnd(line),
        line.textOrNull("trouble"),
        totalsOf(client),
        totalsOf(server),
        millis(line, "gapMillis"),
        millis(line, "millis"));
  }

  private static long millis(RecordedLine line, String name) throws InvalidRecording {
    return Math.multiplyExact(line.small(name), NANOS_PER_MILLI);
  }

  private static RecordedLine leg(RecordedLine line, String name) throws InvalidRecording {
    RecordedLine leg = line.objectOrNull(name);
    if (leg == null) {
      throw line.invalid("\"" + name + "\" is missing");
    }
    return leg;
  }

  private static LegEnd legEnd(RecordedLine line) throws InvalidRecording {
    String id = line.text("tcpEnd");
    long silence = millis(line, "silenceMillis");
    boolean passedOn = line.flag("passedOn");
    for (TransportEnd.Manner manner : TransportEnd.Manner.values()) {
      for (Endpoint by : new @Nullable Endpoint[] {null, Endpoint.CLIENT, Endpoint.SERVER}) {
        LegEnd end = new LegEnd(by, manner, passedOn, silence);
        if (end.id().equals(id)) {
          return end;
        }
      }
    }
    throw line.invalid("unknown value of \"tcpEnd\": \"" + id + "\"");
  }

  private static LegTotals totalsOf(RecordedLine leg) throws InvalidRecording {
    RecordedLine trips = leg.objectOrNull("roundTrips");
    RecordedLine crossings = leg(leg, "crossings");
    long count = crossings.number("count");
    return new LegTotals(
        new DirectionTotals(
            leg.number("frames"),
            leg.number("messages"),
            leg.number("messageBytes"),
            leg.number("wireBytes")),
        leg.number("byteCount"),
        trips == null ? PingRoundTrips.NONE : roundTrips(trips),
        new Crossings(
            count,
            crossings.number("queued"),
            crossings.numberOr("leastMicros", 0) * NANOS_PER_MICRO,
            crossings.numberOr("mostMicros", 0) * NANOS_PER_MICRO,
            crossings.numberOr("meanMicros", 0) * NANOS_PER_MICRO * count));
  }

  private static @Nullable CloseBody body(Endpoint sender, @Nullable RecordedLine close)
      throws InvalidRecording {
    if (close == null) {
      return null;
    }
    if (!close.has("code")) {
      return CloseBody.read(ByteBuffer.allocate(0), sender, 0, 0, new ArrayList<>());
    }
    ByteBuffer reason = close.bytes("reason", "reasonBase64");
    ByteBuffer body = ByteBuffer.allocate(2 + reason.remaining());
    body.putShort((short) close.small("code")).put(reason).flip();
    return CloseBody.read(body, sender, 0, 0, new ArrayList<>());
  }

  private static TransportEnd end(RecordedLine line) throws InvalidRecording {
    String id = line.text("tcpEnd");
    for (Endpoint by : Endpoint.values()) {
      for (TransportEnd.Manner manner : TransportEnd.Manner.values()) {
        TransportEnd end = new TransportEnd(by, manner);
        if (end.id().equals(id)) {
          return end;
        }
      }
    }
    throw line.invalid("unknown value of \"tcpEnd\": \"" + id + "\"");
  }

  private static ConnectionTotals totals(RecordedLine line) throws InvalidRecording {
    RecordedLine trips = line.objectOrNull("roundTrips");
    return new ConnectionTotals(
        direction(line, "Received"),
        direction(line, "Sent"),
        trips == null ? PingRoundTrips.NONE : roundTrips(trips),
        line.numberOr("messagesSkipped", 0));
  }

  private static DirectionTotals direction(RecordedLine line, String name) throws InvalidRecording {
    return new DirectionTotals(
        line.number("frames" + name),
        line.number("messages" + name),
        line.number("bytes" + name),
        line.number("wireBytes" + name));
  }

  private static PingRoundTrips roundTrips(RecordedLine trips) throws InvalidRecording {
    long count = trips.number("count");
    return new PingRoundTrips(
        trips.number("sent"),
        count,
        trips.numberOr("leastMicros", 0) * NANOS_PER_MICRO,
        trips.numberOr("mostMicros", 0) * NANOS_PER_MICRO,
        trips.numberOr("meanMicros", 0) * NANOS_PER_MICRO * count,
        trips.numberOr("otherPongs", 0),
        trips.numberOr("messages", 0));
  }
}
