package wscope.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is counted on a connection. */
class TrafficTest {
  @Test
  void roundTrips() {
    RoundTrips none = RoundTrips.NONE;
    assertEquals(0, none.mean());
    RoundTrips sent = none.andSent().andSent().andSent();
    assertEquals(new RoundTrips(3, 0, 0, 0, 0), sent);
    RoundTrips one = sent.andAnswered(30);
    assertEquals(new RoundTrips(3, 1, 30, 30, 30), one);
    RoundTrips three = one.andAnswered(10).andAnswered(50);
    assertEquals(new RoundTrips(3, 3, 10, 50, 90), three);
    assertEquals(30, three.mean());
  }

  @Test
  void nothing() {
    assertEquals(
        new Traffic(new Flow(0, 0, 0, 0), new Flow(0, 0, 0, 0), RoundTrips.NONE, 0), Traffic.NONE);
  }

  /** Scripts match them. */
  @Test
  void namesOfEnds() {
    assertEquals(
        "client-fin client-reset server-fin server-deadline server-drop server-abort",
        String.join(" ", Stream.of(TcpEnd.values()).map(TcpEnd::id).toList()));
  }
}
