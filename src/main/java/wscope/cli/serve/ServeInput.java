package wscope.cli.serve;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Flag;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.HistoryOption;
import wscope.cli.prompt.PromptReader;
import wscope.serve.Server;

/** The options of what a server is told while it runs: by a console, by lines, or by nobody. */
final class ServeInput {
  private final OptionSpec stdin;
  private final HistoryOption history;

  ServeInput(CommandSpec spec) {
    stdin =
        Flag.of(
            "--stdin",
            "Send each line of the standard input to all clients, and show no prompt. A line"
                + " has at most 64 KiB. The end of the input does not end the server.");
    spec.addOption(stdin);
    history = new HistoryOption(spec);
  }

  /** The console, if a person types and reads; null if not. */
  @Nullable ServeConsole console(Stdio stdio) throws IOException {
    if (readsLines() || !stdio.inputIsTerminal() || !stdio.outputIsTerminal()) {
      return null;
    }
    return new ServeConsole(PromptReader.terminal(), history.file(stdio, "serve-history"));
  }

  /** Starts to read lines, if that is wanted. */
  void start(Stdio stdio, Server server) {
    if (readsLines()) {
      new StdinLines(stdio, server).start();
    }
  }

  private boolean readsLines() {
    return Flag.isSet(stdin);
  }
}
