package wscope.report.text;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import wscope.report.Digits;

/** Formats the times at the beginning of lines. */
public final class LineTimes {
  /** The instance that writes no times. */
  public static final LineTimes OFF =
      new LineTimes(TimeStyle.OFF, InstantSource.fixed(Instant.EPOCH), ZoneOffset.UTC);

  /** The maximum length of a time in bytes. */
  static final int LONGEST = 24;

  /** The width of a relative time, wide enough for 9999.999 seconds. */
  private static final int RELATIVE_WIDTH = 8;

  private static final int SECONDS_OF_A_DAY = 86_400;

  private final TimeStyle style;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Instant start;

  /**
   * Creates an instance. Relative times start now.
   *
   * @param clock the clock for the times
   * @param zone the time zone of the local time
   */
  public LineTimes(TimeStyle style, InstantSource clock, ZoneId zone) {
    this.style = style;
    this.clock = clock;
    this.zone = zone;
    start = clock.instant();
  }

  /** Whether times are shown. */
  boolean areShown() {
    return style != TimeStyle.OFF;
  }

  /**
   * Writes the current time in ASCII.
   *
   * @return its length in bytes
   */
  int write(byte[] into, int at) {
    Instant now = clock.instant();
    return style == TimeStyle.RELATIVE ? relative(now, into, at) : absolute(now, into, at);
  }

  private int relative(Instant now, byte[] into, int at) {
    long nanos = (now.getEpochSecond() - start.getEpochSecond()) * 1_000_000_000L;
    // The system clock may be set back.
    long millis = Math.max(0, nanos + now.getNano() - start.getNano()) / 1_000_000;
    int digits = 1;
    for (long rest = millis / 10_000; rest > 0; rest /= 10) {
      digits++;
    }
    int width = Math.max(RELATIVE_WIDTH, digits + 4);
    for (int i = 0; i < width - digits - 4; i++) {
      into[at + i] = ' ';
    }
    Digits.write(millis / 1000, into, at + width - 4 - digits, digits);
    into[at + width - 4] = '.';
    Digits.write(millis % 1000, into, at + width - 3, 3);
    return width;
  }

  private int absolute(Instant now, byte[] into, int at) {
    long local = now.getEpochSecond() + zone.getRules().getOffset(now).getTotalSeconds();
    long second = Math.floorMod(local, SECONDS_OF_A_DAY);
    Digits.write(second / 3600, into, at, 2);
    into[at + 2] = ':';
    Digits.write(second / 60 % 60, into, at + 3, 2);
    into[at + 5] = ':';
    Digits.write(second % 60, into, at + 6, 2);
    into[at + 8] = '.';
    Digits.write(now.getNano() / 1_000_000, into, at + 9, 3);
    return 12;
  }
}
