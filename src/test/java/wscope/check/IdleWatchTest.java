package wscope.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.protocol.handshake.ResponseHead;

/** What the watch of idle connections says about what was seen on them. */
class IdleWatchTest {
  private static final long SECOND = 1_000_000_000;

  private final IdleWatch watch = new IdleWatch(Duration.ofMinutes(5));

  private static Observation open(int pings) {
    Observation seen = new Observation();
    seen.response = new ResponseHead("HTTP/1.1", 101, "", List.of(), 0);
    seen.pings = pings;
    seen.frames = pings;
    return seen;
  }

  private List<String> found() {
    return watch.steps().stream().map(ProbeStep::found).toList();
  }

  @Test
  void countsTheSilenceFromTheLastPing() {
    Observation answered = open(2);
    answered.frames++;
    answered.pong = true;
    assertFalse(watch.ended(true, answered));
    Observation ignored = open(1);
    ignored.frames++;
    ignored.close = 1011;
    ignored.lastFrameAt = 20 * SECOND;
    ignored.decidedAt = 40 * SECOND + SECOND / 2;
    assertTrue(watch.ended(false, ignored));
    assertEquals(
        List.of(
            "nothing ended the connection within 5 min 0 s; 2 pings came and got pongs",
            "after 20.5 s of silence, 40.5 s after the opening, the server sent a Close with 1011"
                + " (internal error); 1 ping came and got no pong"),
        found());
  }

  @Test
  void saysThatItWasInterrupted() {
    assertEquals(
        List.of("nothing had ended the connection after N ms, when the check was interrupted"),
        found().stream().map(words -> words.replaceAll("\\d+ ms", "N ms")).toList());
  }

  @Test
  void aConnectionThatDoesNotOpenFails() {
    Observation rejected = new Observation();
    rejected.response = new ResponseHead("HTTP/1.1", 503, "Busy", List.of(), 0);
    watch.ended(true, rejected);
    assertEquals(ProbeStep.State.FAILED, watch.steps().get(0).state());
    assertEquals(List.of("the response 503 Busy"), found());
  }
}
