package wscope.capture;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.ConnectionClosure;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.Event;
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
            body(line.objectOrNull("received")),
            body(line.objectOrNull("sent")),
            rule),
        end(line),
        line.textOrNull("trouble"),
        totals(line),
        Math.multiplyExact(line.small("millis"), NANOS_PER_MILLI));
  }

  private static @Nullable CloseBody body(@Nullable RecordedLine close) throws InvalidRecording {
    if (close == null) {
      return null;
    }
    if (!close.has("code")) {
      return CloseBody.read(ByteBuffer.allocate(0), 0, 0, new ArrayList<>());
    }
    ByteBuffer reason = close.bytes("reason", "reasonBase64");
    ByteBuffer body = ByteBuffer.allocate(2 + reason.remaining());
    body.putShort((short) close.small("code")).put(reason).flip();
    return CloseBody.read(body, 0, 0, new ArrayList<>());
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
        trips.numberOr("meanMicros", 0) * NANOS_PER_MICRO * count);
  }
}
