package wscope.cli.option;

import java.util.Locale;
import wscope.cli.process.Stdio;

/** The choices for colours in the output. */
enum ColourChoice {
  /** Colours on a terminal, unless NO_COLOR is set or TERM is dumb or not set. */
  AUTO,
  ALWAYS,
  NEVER;

  boolean isOn(Stdio stdio) {
    return this == ALWAYS || (this == AUTO && stdio.outputIsTerminal() && stdio.colourWanted());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
