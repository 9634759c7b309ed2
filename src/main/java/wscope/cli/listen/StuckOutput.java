package wscope.cli.listen;

import java.util.Locale;

/** The ways to go on while nobody reads the output. */
public enum StuckOutput {
  /** Drop lines and say how many. */
  DROP,
  /** Wait, which also stops the server. */
  WAIT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
