package wscope.report.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How JSON writes the times of events. */
class EventTimeTest {
  @Test
  void writesUtcWithMicroseconds() {
    Deque<Instant> clock =
        new ArrayDeque<>(
            List.of(
                Instant.parse("2026-11-21T14:06:05.000001999Z"),
                Instant.parse("2026-11-21T14:06:05.999999999Z"),
                Instant.parse("2026-11-21T14:06:06Z"),
                Instant.parse("2027-01-01T00:00:00.5Z"),
                Instant.parse("2026-12-31T23:59:59.25Z")));
    EventTime time = new EventTime(clock::remove);
    assertEquals("2026-11-21T14:06:05.000001Z", new String(time.now(), US_ASCII));
    assertEquals("2026-11-21T14:06:05.999999Z", new String(time.now(), US_ASCII));
    assertEquals("2026-11-21T14:06:06.000000Z", new String(time.now(), US_ASCII));
    assertEquals("2027-01-01T00:00:00.500000Z", new String(time.now(), US_ASCII));
    assertEquals("2026-12-31T23:59:59.250000Z", new String(time.now(), US_ASCII));
  }
}
