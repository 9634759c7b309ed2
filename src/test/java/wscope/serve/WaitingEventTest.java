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

/** The server reports once that it waits for a client, 2 s after its last byte; real sockets. */
class WaitingEventTest {
  private static final long REPORTED_AFTER = Duration.ofSeconds(2).toNanos();

  /** An idle client that owes nothing is not reported. */
  @Test
  void reportsEachWaitOnce() throws Exception {
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
        RunningServer.WaitingClient waiting = server.nextWaiting();
        events.put(waiting.number(), waiting.event());
        assertEquals(Endpoint.CLIENT, waiting.event().sender());
        assertTrue(waiting.event().nanos() >= REPORTED_AFTER);
      }
      long end = System.nanoTime();
      assertTrue(end - start >= REPORTED_AFTER);
      assertTrue(of(events, 2).nanos() <= end - start, "not measured from its last byte");
      assertInFrame(of(events, 2).awaited());
      assertInMessage(of(events, 3).awaited());
      assertEquals(AwaitedInput.of(AwaitedInput.Kind.CLOSE), of(events, 4).awaited());
      assertEquals(AwaitedInput.of(AwaitedInput.Kind.TCP_END), of(events, 5).awaited());
      assertOnlyThisOneIsReportedAgain(server, inFrame);
    }
  }

  /**
   * A client continues and stops again, and is reported again. Meanwhile, no other client is
   * reported, not even one that sends more than the server reads.
   */
  private static void assertOnlyThisOneIsReportedAgain(RunningServer server, RawClient inFrame)
      throws Exception {
    try (RawClient notRead = server.open()) {
      notRead.sendUntilBlocked(300, RawClient.masked(2, new byte[3 << 20]), 100);
      inFrame.send("65");
      RunningServer.WaitingClient again = server.nextWaiting();
      assertEquals(2, again.number());
      assertNotNull(again.event().awaited().frame());
      assertEquals(3, again.event().awaited().frame().missing());
      assertTrue(server.hasNoFurtherWaiting());
      notRead.reset();
    }
  }

  private static Event.Waiting of(Map<Long, Event.Waiting> events, long number) {
    Event.Waiting event = events.get(number);
    assertNotNull(event, () -> "no #" + number + " in " + events);
    return event;
  }

  private static void assertInFrame(AwaitedInput awaited) {
    assertEquals(AwaitedInput.Kind.REST_OF_FRAME, awaited.kind());
    assertNotNull(awaited.frame());
    assertEquals(2, awaited.frame().frame());
    assertEquals(4, awaited.frame().missing());
  }

  private static void assertInMessage(AwaitedInput awaited) {
    assertEquals(AwaitedInput.Kind.FRAME, awaited.kind());
    assertEquals(1, awaited.open().size());
    assertEquals(3, awaited.open().get(0).length());
  }
}
