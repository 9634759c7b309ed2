package wscope.cli.install;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import wscope.cli.option.Choices;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Stdio;
import wscope.resource.Resource;

/** {@code wscope completion}: prints a shell script that completes commands, options and values. */
public final class CompletionCommand implements Callable<Integer> {
  /** The shells that have a script. */
  private enum Shell {
    BASH("wscope.bash"),
    ZSH("_wscope"),
    FISH("wscope.fish");

    private final String file;

    Shell(String file) {
      this.file = file;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final PositionalParamSpec shell;

  public CompletionCommand(Stdio stdio) {
    this.stdio = stdio;
    shell =
        Choices.of(Shell.class, PositionalParamSpec.builder())
            .paramLabel("SHELL")
            .index("0")
            .arity("1")
            .required(true)
            .description("The shell: bash, zsh or fish.")
            .build();
    spec.usageMessage()
        .description("Prints the completion script for a shell.")
        .footer(
            "",
            "Examples:",
            "  source <(wscope completion bash)",
            "  wscope completion bash > ~/.local/share/bash-completion/completions/wscope",
            "  wscope completion zsh > ~/.zfunc/_wscope",
            "  wscope completion fish > ~/.config/fish/completions/wscope.fish");
    spec.addPositional(shell);
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException {
    Shell wanted = shell.getValue();
    stdio.out().write(Resource.bytes(CompletionCommand.class, wanted.file));
    stdio.out().flush();
    return ExitCode.FINE;
  }
}
