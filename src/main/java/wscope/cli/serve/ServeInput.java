package wscope.cli.serve;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.option.Flag;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.HistoryOption;
import wscope.cli.prompt.LivePrompt;
import wscope.cli.prompt.PromptReader;
import wscope.serve.Server;

/** The options for the input of a running server: a prompt, lines, or none. */
final class ServeInput {
  private final OptionSpec stdin;
  private final HistoryOption history;

  ServeInput(CommandSpec spec) {
    stdin =
        Flag.of(
            "--stdin",
            "Send each line of standard input to all clients, without a prompt. A line can be at"
                + " most 64 KiB long. The server continues after the end of the input.");
    spec.addOption(stdin);
    history = new HistoryOption(spec);
  }

  /** Creates the prompt if there can be one and {@code --stdin} is absent; otherwise null. */
  @Nullable LivePrompt<ServeActions> prompt(Stdio stdio) throws IOException {
    return readsLines() || !LivePrompt.isPossible(stdio)
        ? null
        : new LivePrompt<>(
            PromptReader.terminal(), ServeActions.TABLE, history.file(stdio, "serve-history"));
  }

  /** Starts to read lines if the option requests it. */
  void start(Stdio stdio, Server server) {
    if (readsLines()) {
      new BroadcastLines(stdio, server).start();
    }
  }

  /** Whether the lines of standard input are sent to clients. */
  boolean readsLines() {
    return Flag.isSet(stdin);
  }
}
