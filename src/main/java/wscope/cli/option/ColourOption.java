package wscope.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.process.Stdio;

/** The option {@code --color}. */
public final class ColourOption {
  private final OptionSpec option;

  public ColourOption(CommandSpec spec) {
    option =
        Choices.of(ColourChoice.class, OptionSpec.builder("--color"))
            .paramLabel("WHEN")
            .defaultValue("auto")
            .description(
                "Set when to use colours: auto (on a terminal, unless NO_COLOR is set), always or"
                    + " never. Default: auto.")
            .build();
    spec.addOption(option);
  }

  /** Whether to use colours on standard output. */
  public boolean isOn(Stdio stdio) {
    return option.<ColourChoice>getValue().isOn(stdio);
  }
}
