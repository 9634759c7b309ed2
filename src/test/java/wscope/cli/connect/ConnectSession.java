package wscope.cli.connect;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.TypedTerminal;
import wscope.cli.option.EventOptions;
import wscope.cli.option.MaskingKeys;
import wscope.cli.process.Stdio;
import wscope.cli.process.WatchedOutput;
import wscope.cli.prompt.LivePrompt;
import wscope.connect.AddressOrder;
import wscope.connect.ClientSettings;
import wscope.connect.Resolver;
import wscope.connect.Route;
import wscope.connect.Script;
import wscope.connect.Target;
import wscope.connection.Behaviour;
import wscope.connection.ConnectionSettings;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.protocol.Limits;
import wscope.protocol.handshake.UpgradeRequestBuilder;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;

/** A client on its own thread, with its prompt on a terminal that is a pair of streams. */
public final class ConnectSession implements AutoCloseable {
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final TypedTerminal terminal;
  private final int port;

  ConnectSession(String type, int port, String path) throws Exception {
    this(type, port, path, Detail.MESSAGES);
  }

  /**
   * @param type of the terminal, such as xterm or dumb
   */
  public ConnectSession(String type, int port, String path, Detail detail) throws Exception {
    this.port = port;
    terminal = new TypedTerminal(type);
    LivePrompt<ConnectActions> prompt =
        new LivePrompt<>(terminal.terminal(), ConnectActions.TABLE, null);
    CommandSpec spec = CommandSpec.create();
    EventOptions options = new EventOptions(spec, Endpoint.CLIENT, detail);
    new CommandLine(spec).parseArgs();
    Stdio stdio = terminal.stdio();
    LiveView view = LiveView.changeable(options.view());
    WatchedOutput output = new WatchedOutput(prompt.report());
    Report report = options.shown(stdio.with(output), view);
    ClientRun run =
        new ClientRun(
            stdio, settings(Target.parse("ws://127.0.0.1:" + port + path)), report, output, view);
    Thread thread =
        new Thread(
            () -> {
              try (prompt) {
                exitCode.complete(run.run(prompt, options.screen(stdio.with(prompt.replies()))));
              } catch (Exception e) {
                exitCode.completeExceptionally(e);
              }
            },
            "client under test");
    thread.setDaemon(true);
    thread.start();
  }

  private static ClientSettings settings(Target target) {
    return new ClientSettings(
        target,
        new Route.Tcp(Resolver.SYSTEM, AddressOrder.BOTH, null),
        Duration.ofSeconds(10),
        null,
        details -> null,
        () -> UpgradeRequestBuilder.to(target.authority(), target.resource(), key -> {}).build(),
        new ConnectionSettings(Limits.SERVER, Timeouts.DEFAULT, LinkLimits.DEFAULT.highWater()),
        LinkLimits.DEFAULT,
        Behaviour.DEFAULT.reply(Behaviour.Reply.NONE),
        new MaskingKeys(),
        new Script(
            List.of(),
            Duration.ofSeconds(10),
            false,
            true,
            Duration.ofSeconds(1),
            null,
            0,
            new Behaviour.Close(1000, ""),
            false),
        0,
        null,
        true);
  }

  /** The terminal of the prompt. */
  TypedTerminal terminal() {
    return terminal;
  }

  void type(String line) throws IOException {
    terminal.type(line + "\n");
  }

  /** Types a line and waits until the terminal shows a text. */
  public void type(String line, String shown) throws Exception {
    type(line);
    await(shown);
  }

  public void await(String text) throws InterruptedException {
    terminal.await(text);
  }

  /** The output on the terminal, without what differs from run to run. */
  public String shown() {
    return ConnectRun.steady(terminal.shown(), port);
  }

  public int exitCode() throws Exception {
    return exitCode.get();
  }

  @Override
  public void close() throws IOException {
    terminal.endInput();
  }
}
