package wscope.report.text;

import java.util.Locale;

/** The kind of time at the beginning of lines. */
public enum TimeStyle {
  /** No time. */
  OFF,
  /** Seconds since the start, with milliseconds. */
  RELATIVE,
  /** The local time of day, with milliseconds. */
  ABSOLUTE;

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
