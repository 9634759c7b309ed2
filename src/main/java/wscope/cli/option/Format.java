package wscope.cli.option;

import java.util.Locale;

/** The two ways to show events. */
public enum Format {
  /** Text for people. */
  TEXT,
  /** JSON for programs, one object per line. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
