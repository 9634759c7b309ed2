package wscope.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import wscope.cli.option.UsageErrors;
import wscope.cli.process.ExitCode;

/** {@code wscope help}: the help of wscope or of a command. */
final class HelpCommand implements Callable<Integer> {
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final PositionalParamSpec command;

  HelpCommand() {
    command =
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .arity("0..1")
            .type(String.class)
            .completionCandidates(() -> spec.parent().subcommands().keySet().iterator())
            .description("The command to explain.")
            .build();
    spec.usageMessage().description("Shows the help of wscope or of a command.");
    spec.addPositional(command);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.parent().commandLine();
    String name = command.getValue();
    CommandLine named = name == null ? root : root.getSubcommands().get(name);
    if (named == null) {
      throw new ParameterException(spec.commandLine(), UsageErrors.noCommand(name, root));
    }
    named.usage(root.getOut());
    return ExitCode.FINE;
  }
}
