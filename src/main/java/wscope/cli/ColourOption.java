package wscope.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option {@code --color}. */
final class ColourOption {
  private final OptionSpec option;

  ColourOption(CommandSpec spec) {
    option =
        Choices.of(ColourChoice.class, OptionSpec.builder("--color"))
            .paramLabel("WHEN")
            .defaultValue("auto")
            .description(
                "When to use colours: auto (on a terminal, unless NO_COLOR is set), always or never."
                    + " Default: auto.")
            .build();
    spec.addOption(option);
  }

  /** Whether the standard output is to have colours. */
  boolean isOn(Stdio stdio) {
    return option.<ColourChoice>getValue().isOn(stdio);
  }
}
