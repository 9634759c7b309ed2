package wscope.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.AwaitedInput;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.support.RawClient;

/** Clients that stall, over real sockets: it is told once, 2 s after their last byte. */
class WaitingTest {
  private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

  /** A client that owes nothing is no stall, however long it is silent. */
  @Test
  void eachStallIsToldOnce() throws Exception {
    try (RunningServer server = new RunningServer();
        RawClient idle = server.open();
        RawClient inFrame = server.open();
        RawClient inMessage = server.open();
        RawClient closing = server.open();
        RawClient closed = server.open()) {
      idle.send(RawClient.text("hi"));
      idle.expect(RawClient.echo("hi"));
      long start = System.nanoTime();
      inFrame.send("81 82 00 00 00 00 68 69 81 85 00 00 00 00 48");
      inMessage.send("01 83 00 00 00 00 48 65 6c");
      server.close(4, 1001);
      closing.expect("88 02 03 e9");
      closed.send("88 82 00 00 00 00 03 e8");
      Map<Long, Event.Waiting> events = new HashMap<>();
      for (int i = 0; i < 4; i++) {
        RunningServer.Stall stall = server.stall();
        events.put(stall.number(), stall.event());
        assertEquals(Endpoint.CLIENT, stall.event().sender());
        assertTrue(stall.event().nanos() >= PATIENCE);
      }
      long end = System.nanoTime();
      assertTrue(end - start >= PATIENCE);
      assertTrue(of(events, 2).nanos() <= end - start, "counted from its last byte");
      assertInFrame(of(events, 2).awaited());
      assertInMessage(of(events, 3).awaited());
      assertEquals(AwaitedInput.of(AwaitedInput.What.CLOSE), of(events, 4).awaited());
      assertEquals(AwaitedInput.of(AwaitedInput.What.TCP_END), of(events, 5).awaited());
      assertOnlyThisOneStallsAgain(server, inFrame);
    }
  }

  /**
   * The clock is a client that goes on and stalls again: as long again, nothing else is told, also
   * not of a client that sends more than the server reads.
   */
  private static void assertOnlyThisOneStallsAgain(RunningServer server, RawClient inFrame)
      throws Exception {
    try (RawClient notRead = server.open()) {
      notRead.sendWithin(300, RawClient.masked(2, new byte[3 << 20]), 100);
      inFrame.send("65");
      RunningServer.Stall again = server.stall();
      assertEquals(2, again.number());
      assertNotNull(again.event().awaited().frame());
      assertEquals(3, again.event().awaited().frame().missing());
      assertTrue(server.nobodyElseStalls());
      notRead.reset();
    }
  }

  private static Event.Waiting of(Map<Long, Event.Waiting> events, long number) {
    Event.Waiting event = events.get(number);
    assertNotNull(event, () -> "of #" + number + " in " + events);
    return event;
  }

  private static void assertInFrame(AwaitedInput awaited) {
    assertEquals(AwaitedInput.What.REST_OF_FRAME, awaited.what());
    assertNotNull(awaited.frame());
    assertEquals(2, awaited.frame().frame());
    assertEquals(4, awaited.frame().missing());
  }

  private static void assertInMessage(AwaitedInput awaited) {
    assertEquals(AwaitedInput.What.FRAME, awaited.what());
    assertEquals(1, awaited.open().size());
    assertEquals(3, awaited.open().get(0).length());
  }
}
