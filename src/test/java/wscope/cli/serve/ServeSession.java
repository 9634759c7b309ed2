package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.TypedTerminal;
import wscope.cli.option.EventOptions;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.LivePrompt;
import wscope.connection.Timeouts;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.text.Screen;
import wscope.serve.ServeListener;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.RawClient;
import wscope.support.ServerThread;

/** A server on its own thread, with its prompt on a terminal that is a pair of streams. */
final class ServeSession implements AutoCloseable {
  private final TypedTerminal terminal;
  private final LivePrompt<ServeActions> prompt;
  private final ServerThread running;

  /**
   * @param type of the terminal, such as xterm or dumb
   * @param history the history file; null for none
   */
  ServeSession(String type, @Nullable Path history) throws IOException {
    terminal = new TypedTerminal(type);
    prompt = new LivePrompt<>(terminal.terminal(), ServeActions.TABLE, history);
    CommandSpec spec = CommandSpec.create();
    EventOptions options = new EventOptions(spec, Endpoint.SERVER, Detail.BITS);
    new CommandLine(spec).parseArgs("-d", "frames");
    Stdio stdio = terminal.stdio();
    LiveView view = LiveView.changeable(options.view());
    Report report = options.shown(stdio.with(prompt.report()), view);
    ServeEvents events = new ServeEvents(report, Timeouts.DEFAULT, 0);
    ReplyScript script = new ReplyScript(null);
    script.onChange(report::event);
    Server server = new Server(settings(script), events);
    running = ServerThread.listening(server);
    Screen replies = options.screen(stdio.with(prompt.replies()));
    ServeActions actions =
        new ServeActions(server, replies, view, prompt.report(), script, events::numbers);
    prompt.start(actions, server::execute, server::stop, report::flush);
    running.start(
        () -> {
          prompt.end();
          report.event(new Event.Stopped(server.accepted()));
          report.flush();
        });
  }

  /** The settings of a server that follows a script while there is one. */
  private static Settings settings(ReplyScript script) {
    Settings all = Settings.DEFAULT;
    return new Settings(
        all.limits(),
        all.timeouts(),
        all.link(),
        all.maxConnections(),
        all.policy(),
        all.parameters(),
        all.behaviour().replies(script),
        all.queries(),
        all.wording());
  }

  /** A server that echoes. */
  static Server server(ServeListener listener) throws IOException {
    return new Server(Settings.DEFAULT, listener);
  }

  RawClient connect() throws IOException {
    return running.open();
  }

  /** A page of another origin, with an open WebSocket. */
  RawClient connectPage() throws IOException {
    RawClient page = running.connect();
    page.send(RawClient.crossOriginRequest());
    page.head();
    return page;
  }

  /** The terminal of the prompt. */
  TypedTerminal terminal() {
    return terminal;
  }

  void type(String text) throws IOException {
    terminal.type(text);
  }

  void await(String text) throws InterruptedException {
    terminal.await(text);
  }

  String shown() {
    return terminal.shown();
  }

  /** Waits for the end of the server; returns the exit code. */
  int exitCode() throws Exception {
    running.await();
    return prompt.exitCode();
  }

  @Override
  public void close() throws IOException {
    running.close();
    prompt.close();
    assertFalse(shown().contains("a bug in wscope"), shown());
  }
}
