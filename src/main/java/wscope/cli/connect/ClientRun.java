package wscope.cli.connect;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.cli.dial.ConnectAdvice;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.ShutdownHook;
import wscope.cli.process.Stdio;
import wscope.cli.process.WatchedOutput;
import wscope.cli.prompt.LivePrompt;
import wscope.cli.prompt.LoopCall;
import wscope.cli.prompt.StdinLines;
import wscope.connect.Client;
import wscope.connect.ClientSettings;
import wscope.connect.Script;
import wscope.connection.Timeouts;
import wscope.protocol.frame.Opcode;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.text.Screen;

/**
 * One run of a client: its report, its input, and its exit code.
 *
 * @param report receives all events
 * @param output the output of the report, whose failure stops the client
 * @param view the view of the report
 */
record ClientRun(
    Stdio stdio, ClientSettings settings, Report report, WatchedOutput output, LiveView view) {
  /**
   * Runs the client to its end.
   *
   * @param prompt the prompt; null for none
   * @param replies the screen for replies to commands
   * @return the exit code
   */
  int run(@Nullable LivePrompt<ConnectActions> prompt, Screen replies) throws IOException, Failure {
    Timeouts timeouts = settings.connection().timeouts();
    Runnable onIdle = prompt == null ? () -> {} : () -> prompt.say(ConnectActions.IDLE);
    try (Client client = new Client(settings, new ConnectEvents(report, timeouts, onIdle))) {
      output.onFailure(client::stop);
      ShutdownHook shutdownHook = new ShutdownHook(client::stop);
      try {
        if (prompt != null) {
          ConnectActions actions =
              new ConnectActions(client, replies, view, settings.maskingKeys());
          prompt.start(actions, client::execute, client::stop, report::flush);
        } else if (settings.script().hasInput()) {
          readLines(client);
        }
        client.run();
        report.flush();
        if (prompt != null) {
          prompt.end();
        }
      } finally {
        shutdownHook.finished();
      }
      output.check();
      return exitCode(client, prompt);
    }
  }

  private int exitCode(Client client, @Nullable LivePrompt<ConnectActions> prompt) throws Failure {
    if (prompt != null && prompt.exitCode() != ExitCode.FINE) {
      return prompt.exitCode();
    }
    if (client.failure() != null) {
      throw ConnectAdvice.failure(client.failure(), settings.route(), client.target());
    }
    return ConnectExit.code(client);
  }

  private void readLines(Client client) {
    long most = Math.min(settings.connection().limits().maxMessage(), Integer.MAX_VALUE / 4);
    new StdinLines(stdio, (int) most, new Lines(client)).start();
  }

  /** Sends each line as a text message, one after the other. */
  private record Lines(Client client) implements StdinLines.Receiver {
    @Override
    public void send(ByteBuffer text, long number) throws InterruptedException {
      Script.Send message = new Script.Send(Opcode.TEXT, text);
      LoopCall.<Void>await(
          client::execute,
          sent -> client.conversation().sendWhenOpen(message, () -> sent.complete(null)));
    }

    @Override
    public void end() {
      client.execute(() -> client.conversation().endInput());
    }
  }
}
