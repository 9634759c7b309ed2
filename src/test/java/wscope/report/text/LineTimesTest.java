package wscope.report.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How times before lines are written. */
class LineTimesTest {
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
  void writesRelativeTimes(long nanos, String expected) {
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
  void writesAbsoluteTimes(String instant, String zone, String expected) {
    Instant now = Instant.parse(instant);
    assertEquals(expected, written(new LineTimes(TimeStyle.ABSOLUTE, () -> now, ZoneId.of(zone))));
  }

  private static String written(LineTimes times) {
    byte[] into = new byte[LineTimes.LONGEST + 3];
    return new String(into, 3, times.write(into, 3), US_ASCII);
  }
}
