package wscope.connect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import wscope.protocol.event.Event;

class AttemptsTest {
  /** As the help of --retry says: 500 ms, 1 s, 2 s and so on, up to 30 s. */
  @Test
  void eachRetryWaitsTwiceAsLongUpToThirtySeconds() {
    Attempts attempts = new Attempts(retrying(Long.MAX_VALUE));
    List<Long> millis = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      Event.Retrying retry = attempts.retry();
      assertNotNull(retry);
      millis.add(Duration.ofNanos(retry.nanos()).toMillis());
    }
    assertEquals(
        List.of(500L, 1000L, 2000L, 4000L, 8000L, 16_000L, 30_000L, 30_000L), millis.subList(0, 8));
    assertEquals(30_000L, millis.get(19));
    attempts.opened();
    Event.Retrying first = attempts.retry();
    assertNotNull(first);
    assertEquals(500L, Duration.ofNanos(first.nanos()).toMillis());
  }

  @Test
  void thereAreNoMoreRetriesThanWanted() {
    Attempts attempts = new Attempts(retrying(1));
    assertNotNull(attempts.retry());
    assertNull(attempts.retry());
  }

  /** Settings of which only the number of retries counts here. */
  private static ClientSettings retrying(long retries) {
    return new ClientSettings(
        null, null, null, null, null, null, null, null, null, null, null, retries, null, false);
  }
}
