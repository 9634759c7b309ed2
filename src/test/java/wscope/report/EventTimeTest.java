package wscope.report;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How times are spelled, in JSON and before lines. */
class EventTimeTest {
  @Test
  void timesOfJsonAreInUtcWithMicroseconds() {
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

  @ParameterizedTest
  @CsvSource({
    "0, '   0.000'",
    "999999, '   0.000'",
    "1000000, '   0.001'",
    "12345678900, '  12.345'",
    "9999999999999, 9999.999",
    "10000000000000, 10000.000",
    "31536000000000000, 31536000.000",
    "-5000000000, '   0.000'",
  })
  void relativeTimes(long nanos, String expected) {
    Instant start = Instant.parse("2026-11-21T14:06:05.75Z");
    Deque<Instant> clock = new ArrayDeque<>(List.of(start, start.plusNanos(nanos)));
    assertEquals(
        expected, written(new LineTimes(TimeStyle.RELATIVE, clock::remove, ZoneOffset.UTC)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T14:06:05.123999Z, Z, 14:06:05.123",
    "2026-11-21T23:59:59.999Z, Europe/Berlin, 00:59:59.999",
    "2026-07-21T23:59:59.999Z, Europe/Berlin, 01:59:59.999",
    "2026-11-21T00:00:00Z, America/New_York, 19:00:00.000",
    "1969-12-31T23:59:59Z, Z, 23:59:59.000",
  })
  void absoluteTimes(String instant, String zone, String expected) {
    Instant now = Instant.parse(instant);
    assertEquals(expected, written(new LineTimes(TimeStyle.ABSOLUTE, () -> now, ZoneId.of(zone))));
  }

  private static String written(LineTimes times) {
    byte[] into = new byte[LineTimes.LONGEST + 3];
    return new String(into, 3, times.write(into, 3), US_ASCII);
  }
}
