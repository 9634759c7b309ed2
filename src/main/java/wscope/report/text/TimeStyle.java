package wscope.report.text;

import java.util.Locale;

/** The time shown before lines of text. */
public enum TimeStyle {
  /** None. */
  OFF,
  /** Seconds since the start, with milliseconds. */
  RELATIVE,
  /** The local time of day, with milliseconds. */
  ABSOLUTE;

  /** What users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
