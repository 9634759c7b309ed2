package wscope.cli.option;

import picocli.CommandLine.Model.OptionSpec;

/** An option without a value. */
public final class Flag {
  private Flag() {}

  /** Creates an option that is off unless it is given. */
  public static OptionSpec of(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  /** Whether the option was given. */
  public static boolean isSet(OptionSpec flag) {
    return Boolean.TRUE.equals(flag.getValue());
  }
}
