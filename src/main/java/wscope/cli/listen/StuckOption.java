package wscope.cli.listen;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Choices;

/** The option for what a server does while nobody reads its output. */
public final class StuckOption {
  private final OptionSpec option;

  public StuckOption(CommandSpec spec) {
    option =
        Choices.of(StuckOutput.class, OptionSpec.builder("--on-stuck-output"))
            .paramLabel("ACTION")
            .defaultValue("drop")
            .description(
                "Choose what happens when nobody reads standard output for 500 ms while 1 MiB of"
                    + " it is queued: drop lines, serve on, and say later how many lines are missing"
                    + " (drop), or stop serving until someone reads (wait). Default: drop.")
            .build();
    spec.addOption(option);
  }

  /** Whether the server waits for the reader of its output, however long that takes. */
  public boolean waitsForReader() {
    return option.getValue() == StuckOutput.WAIT;
  }
}
