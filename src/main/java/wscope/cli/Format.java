package wscope.cli;

import java.util.Locale;

/** The two ways to show events. */
enum Format {
  /** For people. */
  TEXT,
  /** For programs: one object a line. */
  JSON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
