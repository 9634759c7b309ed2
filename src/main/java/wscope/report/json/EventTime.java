package wscope.report.json;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import wscope.report.Digits;

/**
 * Formats the times of events in UTC with microseconds, such as {@code 2026-11-21T14:06:05.123456Z}
 * (RFC 3339 §5.6). The memory is reused.
 */
final class EventTime {
  private static final int FRACTION = 20;

  private final InstantSource clock;
  private final byte[] formatted = "0000-00-00T00:00:00.000000Z".getBytes(US_ASCII);
  private long formattedSecond = Long.MIN_VALUE;
  private int formattedMicros = -1;

  EventTime(InstantSource clock) {
    this.clock = clock;
  }

  /** The current time in ASCII, valid until the next call. */
  byte[] now() {
    Instant now = clock.instant();
    if (now.getEpochSecond() != formattedSecond) {
      formattedSecond = now.getEpochSecond();
      second(LocalDateTime.ofEpochSecond(formattedSecond, 0, ZoneOffset.UTC));
    }
    int micros = now.getNano() / 1000;
    if (micros != formattedMicros) {
      formattedMicros = micros;
      Digits.write(micros, formatted, FRACTION, 6);
    }
    return formatted;
  }

  private void second(LocalDateTime time) {
    Digits.write(time.getYear(), formatted, 0, 4);
    Digits.write(time.getMonthValue(), formatted, 5, 2);
    Digits.write(time.getDayOfMonth(), formatted, 8, 2);
    Digits.write(time.getHour(), formatted, 11, 2);
    Digits.write(time.getMinute(), formatted, 14, 2);
    Digits.write(time.getSecond(), formatted, 17, 2);
  }
}
