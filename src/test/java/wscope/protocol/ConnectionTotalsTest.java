package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.ConnectionTotals;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.event.PingRoundTrips;
import wscope.protocol.event.TransportEnd;
import wscope.protocol.rule.Endpoint;

/** The totals of a connection, and the names of its ends. */
class ConnectionTotalsTest {
  @Test
  void countsRoundTripsOfPings() {
    PingRoundTrips none = PingRoundTrips.NONE;
    assertEquals(0, none.mean());
    PingRoundTrips sent = none.andSent().andSent().andSent();
    assertEquals(new PingRoundTrips(3, 0, 0, 0, 0, 0, 0), sent);
    PingRoundTrips one = sent.withReply(30);
    assertEquals(new PingRoundTrips(3, 1, 30, 30, 30, 0, 0), one);
    PingRoundTrips three = one.withReply(10).withReply(50);
    assertEquals(new PingRoundTrips(3, 3, 10, 50, 90, 0, 0), three);
    assertEquals(30, three.mean());
  }

  @Test
  void noneIsZero() {
    assertEquals(
        new ConnectionTotals(
            new DirectionTotals(0, 0, 0, 0),
            new DirectionTotals(0, 0, 0, 0),
            PingRoundTrips.NONE,
            0),
        ConnectionTotals.NONE);
  }

  /** Scripts rely on these names. */
  @Test
  void endsHaveStableNames() {
    assertEquals(
        "client-fin client-reset client-deadline client-drop client-abort",
        Stream.of(TransportEnd.Manner.values())
            .map(manner -> new TransportEnd(Endpoint.CLIENT, manner).id())
            .collect(Collectors.joining(" ")));
    assertEquals("server-fin", new TransportEnd(Endpoint.SERVER, TransportEnd.Manner.FIN).id());
  }
}
