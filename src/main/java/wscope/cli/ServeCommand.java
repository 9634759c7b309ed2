package wscope.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Model.CommandSpec;
import wscope.report.BothReports;
import wscope.report.Listening;
import wscope.report.Report;
import wscope.report.Screen;
import wscope.report.ServeReport;
import wscope.report.Viewing;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.serve.Timeouts;

/** {@code wscope serve}: an echo server that shows everything its clients send. */
final class ServeCommand implements Callable<Integer> {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final ListenOptions place;
  private final TlsOptions tls;
  private final PolicyOptions policy;
  private final LimitOptions limits;
  private final BehaviourOptions behaviour;
  private final EventOptions events;

  ServeCommand(Stdio stdio) {
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
            "  wscope serve --tls --reply others");
    OptionSections sections = new OptionSections(spec);
    sections.begin("Where");
    place = new ListenOptions(spec);
    tls = new TlsOptions(spec);
    sections.begin("Who may connect");
    policy = new PolicyOptions(spec);
    sections.begin("What it does on a connection");
    behaviour = new BehaviourOptions(spec);
    sections.begin("What is shown");
    events = new EventOptions(spec);
    sections.begin("Limits");
    limits = new LimitOptions(spec);
    sections.begin("Other options");
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    Report shown = events.shown(stdio, Viewing.fixed(events.view()));
    try (Recording recording = events.recording()) {
      if (recording == null) {
        serve(shown);
        return ExitCode.FINE;
      }
      recording.onFailure(
          cause -> {
            shown.recordingStopped(cause);
            shown.flush();
          });
      serve(new BothReports(shown, events.recorder(recording)));
      return recording.hasFailed() ? ExitCode.IO : ExitCode.FINE;
    }
  }

  private void serve(ServeReport report) throws IOException, Failure {
    List<InetAddress> addresses = place.addresses();
    Timeouts timeouts = limits.timeouts();
    ServerIdentity identity = tls.identity(stdio);
    Settings settings =
        new Settings(
            limits.protocol(),
            timeouts,
            limits.output(),
            limits.mostConnections(),
            policy.policy(ListenOptions.reachable(addresses)),
            behaviour.parameters(),
            behaviour.behaviour(),
            behaviour.ignoresQueries());
    try (Server server = new Server(settings, new ServeEvents(report, timeouts))) {
      List<InetSocketAddress> listening = place.listen(server, addresses, identity);
      warnIfExposed(listening.get(0));
      report.listening(
          new Listening(
              places(listening, identity != null),
              behaviour.words(settings.behaviour()),
              identity == null ? List.of() : identity.notes(listening.get(0).getPort())));
      report.flush();
      serve(server, report);
    }
  }

  /** Serves until the process is interrupted; the virtual machine then waits for our last words. */
  private static void serve(Server server, ServeReport report) throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    Thread farewell = new Thread(() -> stop(server, done), "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      server.run();
      report.stopped(server.accepted());
      report.flush();
    } finally {
      done.countDown();
    }
  }

  private static void stop(Server server, CountDownLatch done) {
    server.stop();
    try {
      // A stuck terminal must not keep the process from ending.
      boolean inTime = done.await(5, TimeUnit.SECONDS);
      assert inTime || done.getCount() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Listening.Place> places(List<InetSocketAddress> addresses, boolean tls) {
    return addresses.stream().map(address -> Listening.Place.of(address, tls, "/")).toList();
  }

  private void warnIfExposed(InetSocketAddress address) {
    if (!address.getAddress().isLoopbackAddress()) {
      Screen notes = new Screen(stdio.err(), false, stdio.unicode());
      notes.text("note: other machines can reach this server").endLine();
      notes.flush();
    }
  }
}
