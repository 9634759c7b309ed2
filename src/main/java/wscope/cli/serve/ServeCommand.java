package wscope.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.option.OptionSections;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.protocol.event.Event;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.TeeReport;
import wscope.report.ViewOptions;
import wscope.report.text.Screen;
import wscope.serve.Server;
import wscope.serve.Settings;

/** {@code wscope serve}: an echo server that shows everything its clients send. */
public final class ServeCommand implements Callable<Integer>, OptionSections.Sectioned {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final ListenOptions place;
  private final TlsOptions tls;
  private final PolicyOptions policy;
  private final LimitOptions limits;
  private final BehaviourOptions behaviour;
  private final EventOptions events;
  private final ServeInput input;

  public ServeCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis("wscope serve [OPTION]...")
        .description("Runs a WebSocket echo server that shows every bit its clients send.")
        .footer(
            "",
            "Examples:",
            "  wscope serve",
            "  wscope serve --port 0 --detail messages",
            "  wscope serve --path /ws --subprotocol chat,log --max-message 64KiB",
            "  wscope serve --greet hello --every 1s --close 1011:bye --after 10s",
            "  wscope serve --fault server-frame-masked --detail frames",
            "  wscope serve --tls --reply others",
            "  wscope serve --tls-cert cert.pem --tls-key key.pem --host 0.0.0.0",
            "",
            "How to read the output:",
            "  #1     the number of the connection that a line is about",
            "  <      what the client sent",
            "  >      what the server sent",
            "  =      an event of the connection",
            "  ✗ !    a broken rule or a warning: its section, what was found, and a hint");
    sections.begin("Address");
    place = new ListenOptions(spec);
    tls = new TlsOptions(spec);
    sections.begin("Who may connect");
    policy = new PolicyOptions(spec);
    sections.begin("Behaviour");
    behaviour = new BehaviourOptions(spec);
    sections.begin("Output");
    events = new EventOptions(spec);
    sections.begin("Input");
    input = new ServeInput(spec);
    sections.begin("Limits");
    limits = new LimitOptions(spec);
    sections.begin("Other options");
  }

  public CommandSpec spec() {
    return spec;
  }

  @Override
  public OptionSections sections() {
    return sections;
  }

  @Override
  public Integer call() throws IOException, Failure {
    try (ServeConsole console = input.console(stdio)) {
      int exitCode = record(console);
      return exitCode == ExitCode.FINE && console != null ? console.exitCode() : exitCode;
    }
  }

  private int record(@Nullable ServeConsole console) throws IOException, Failure {
    ViewOptions options = events.view();
    LiveView view = console == null ? LiveView.fixed(options) : LiveView.changeable(options);
    ServeOutput output = new ServeOutput(console == null ? stdio.out() : console.report());
    Report shown = events.shown(stdio.with(output), view);
    try (Recording recording = events.recording()) {
      if (recording == null) {
        serve(shown, output, view, console);
        return ExitCode.FINE;
      }
      recording.onFailure(
          cause -> {
            shown.event(new Event.RecordingStopped(cause));
            shown.flush();
          });
      serve(
          new TeeReport(shown, events.recorder(recording, limits.protocol())),
          output,
          view,
          console);
      return recording.hasFailed() ? ExitCode.IO : ExitCode.FINE;
    }
  }

  private void serve(
      Report report, ServeOutput output, LiveView view, @Nullable ServeConsole console)
      throws IOException, Failure {
    List<InetAddress> addresses = place.addresses();
    ServerIdentity identity = tls.identity(stdio);
    Settings settings = settings(addresses);
    ServeEvents listener = new ServeEvents(report, settings.timeouts());
    try (Server server = new Server(settings, listener)) {
      output.onFailure(server::stop);
      ShutdownHook shutdownHook = new ShutdownHook(server);
      try {
        announce(place.listen(server, addresses, identity), identity, settings, report);
        input.start(stdio, server);
        if (console != null) {
          Screen replies = events.screen(stdio.with(console.replies()));
          console.start(server, replies, report::flush, view::detail, listener::numbers);
        }
        server.run();
        if (console != null) {
          console.end();
        }
        report.event(new Event.Stopped(server.accepted()));
        report.flush();
      } finally {
        shutdownHook.finished();
      }
      output.check();
    }
  }

  private Settings settings(List<InetAddress> addresses) throws IOException, Failure {
    return new Settings(
        limits.protocol(),
        limits.timeouts(),
        limits.output(),
        limits.maxConnections(),
        policy.policy(ListenOptions.reachable(addresses)),
        behaviour.parameters(),
        behaviour.behaviour(),
        behaviour.ignoresQueries(),
        new ServeWording());
  }

  /** Reports the first event: the addresses that the server listens on. */
  private void announce(
      List<InetSocketAddress> listening,
      @Nullable ServerIdentity identity,
      Settings settings,
      Report report) {
    warnIfExposed(listening.get(0));
    report.event(
        new Event.Listening(
            listeningAddresses(listening, identity != null),
            behaviour.words(settings.behaviour()),
            identity == null ? List.of() : identity.notes(listening.get(0))));
    report.flush();
  }

  private static List<Event.ListeningAddress> listeningAddresses(
      List<InetSocketAddress> addresses, boolean tls) {
    return addresses.stream()
        .map(address -> ServerUrl.listeningAddress(address, tls, "/"))
        .toList();
  }

  private void warnIfExposed(InetSocketAddress address) {
    if (!address.getAddress().isLoopbackAddress()) {
      Screen notes = new Screen(stdio.err(), false, stdio.unicode());
      notes.text("note: other machines can reach this server");
      notes.text(address.getAddress().isAnyLocalAddress() ? ", at any address of this one" : "");
      notes.endLine();
      notes.flush();
    }
  }
}
