package wscope.report.text;

import java.time.Duration;

/** Shows durations, each in a unit that fits. */
public final class Durations {
  private Durations() {}

  /** Shows nanoseconds as milliseconds with two decimals. */
  static void millis(Screen screen, long nanos) {
    long hundredths = nanos / 10_000;
    screen.number(hundredths / 100).text(".").number(hundredths / 10 % 10).number(hundredths % 10);
  }

  /** Shows a duration in a unit that fits. */
  public static void show(Screen screen, Duration duration) {
    long millis = duration.toMillis();
    if (millis < 1000) {
      screen.number(millis).text(" ms");
    } else if (millis < 60_000) {
      screen.number(millis / 1000).text(".").number(millis % 1000 / 100).text(" s");
    } else {
      screen.number(duration.toMinutes()).text(" min ").number(duration.toSecondsPart()).text(" s");
    }
  }
}
