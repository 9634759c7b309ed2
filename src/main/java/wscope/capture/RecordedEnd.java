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
  private static final long NANOS_OF_A_MICRO = 1_000;
  private static final long NANOS_OF_A_MILLI = 1_000_000;

  private RecordedEnd() {}

  static Event.Disconnected of(Endpoint self, RecordedLine read) throws InvalidRecording {
    String failure = read.textOrNull("failure");
    Rule rule = failure == null ? null : RuleIds.find(failure);
    if (failure != null && rule == null) {
      throw read.invalid("unknown rule \"" + failure + "\"");
    }
    return new Event.Disconnected(
        self,
        read.flag("opened"),
        new ConnectionClosure(
            read.has("initiator") ? read.endpoint("initiator") : null,
            body(read.objectOrNull("received")),
            body(read.objectOrNull("sent")),
            rule),
        end(read),
        read.textOrNull("trouble"),
        traffic(read),
        Math.multiplyExact(read.small("millis"), NANOS_OF_A_MILLI));
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

  private static TransportEnd end(RecordedLine read) throws InvalidRecording {
    String id = read.text("tcpEnd");
    for (Endpoint by : Endpoint.values()) {
      for (TransportEnd.Manner manner : TransportEnd.Manner.values()) {
        TransportEnd end = new TransportEnd(by, manner);
        if (end.id().equals(id)) {
          return end;
        }
      }
    }
    throw read.invalid("unknown value of \"tcpEnd\": \"" + id + "\"");
  }

  private static ConnectionTotals traffic(RecordedLine read) throws InvalidRecording {
    RecordedLine trips = read.objectOrNull("roundTrips");
    return new ConnectionTotals(
        totals(read, "Received"),
        totals(read, "Sent"),
        trips == null ? PingRoundTrips.NONE : roundTrips(trips),
        read.numberOr("messagesSkipped", 0));
  }

  private static DirectionTotals totals(RecordedLine read, String direction)
      throws InvalidRecording {
    return new DirectionTotals(
        read.number("frames" + direction),
        read.number("messages" + direction),
        read.number("bytes" + direction),
        read.number("wireBytes" + direction));
  }

  private static PingRoundTrips roundTrips(RecordedLine trips) throws InvalidRecording {
    long count = trips.number("count");
    return new PingRoundTrips(
        trips.number("sent"),
        count,
        trips.numberOr("leastMicros", 0) * NANOS_OF_A_MICRO,
        trips.numberOr("mostMicros", 0) * NANOS_OF_A_MICRO,
        trips.numberOr("meanMicros", 0) * NANOS_OF_A_MICRO * count);
  }
}
