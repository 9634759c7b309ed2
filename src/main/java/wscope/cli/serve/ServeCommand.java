package wscope.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.listen.ClientCommand;
import wscope.cli.listen.ConnectionLimit;
import wscope.cli.listen.ListenOptions;
import wscope.cli.listen.LiveOutput;
import wscope.cli.listen.QueuedOutput;
import wscope.cli.listen.ReadyFile;
import wscope.cli.listen.ServerIdentity;
import wscope.cli.listen.ServerUrl;
import wscope.cli.listen.StuckOption;
import wscope.cli.listen.TlsOptions;
import wscope.cli.option.EventOptions;
import wscope.cli.option.FileConverter;
import wscope.cli.option.LimitOptions;
import wscope.cli.option.OptionSections;
import wscope.cli.option.Recordings;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.ShutdownHook;
import wscope.cli.process.Stdio;
import wscope.cli.process.WatchedOutput;
import wscope.cli.prompt.LivePrompt;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.ViewOptions;
import wscope.report.text.Screen;
import wscope.serve.Server;
import wscope.serve.Settings;

/** {@code wscope serve}: an echo server that shows everything its clients send. */
public final class ServeCommand implements Callable<Integer>, OptionSections.Sectioned {
  /** The interval at which a file of replies is checked for changes, apart from messages. */
  private static final Duration REPLY_CHECK = Duration.ofSeconds(1);

  /** The time in which the process ends after a signal, in milliseconds. */
  private static final long END_MILLIS = 700;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final ListenOptions place;
  private final TlsOptions tls;
  private final PolicyOptions policy;
  private final ConnectionLimit connections;
  private final LimitOptions limits;
  private final BehaviourOptions behaviour;
  private final ReplyOptions reply;
  private final EventOptions events;
  private final StuckOption stuck;
  private final LiveOutput live;
  private final ServeInput input;
  private final ClientCommand client;
  private final OptionSpec readyFile;

  public ServeCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis("wscope serve [OPTION]... [-- COMMAND [ARGUMENT]...]")
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
            "  wscope serve --port 0 --fault accept-wrong -- node client.js {url}",
            "",
            "How to read the output:",
            "  #1     the number of the connection that a line is about",
            "  <      what the client sent",
            "  >      what the server sent",
            "  =      an event of the connection",
            "  ✗ !    a broken rule or a warning: its section, what was found, and a hint");
    sections.begin("Address");
    place = new ListenOptions(spec);
    readyFile =
        FileConverter.option("--ready-file")
            .description(
                "Write the URL of the server to this file when the server listens, and remove the"
                    + " file at the end. Wait for the file to know that clients can connect.")
            .build();
    spec.addOption(readyFile);
    tls = new TlsOptions(spec);
    sections.begin("Who may connect");
    policy = new PolicyOptions(spec);
    sections.begin("Behaviour");
    behaviour = new BehaviourOptions(spec);
    reply = new ReplyOptions(spec);
    sections.begin("Output");
    events = new EventOptions(spec, Endpoint.SERVER, Detail.BITS);
    stuck = new StuckOption(spec);
    live = new LiveOutput(stdio, stuck, events);
    sections.begin("Input");
    input = new ServeInput(spec);
    client = new ClientCommand(spec, "server", "a client");
    sections.begin("Limits");
    connections = new ConnectionLimit(spec);
    limits = new LimitOptions(spec, Endpoint.SERVER);
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
    if (reply.print(stdio.out())) {
      return ExitCode.FINE;
    }
    try (LivePrompt<ServeActions> prompt = client.isGiven() ? null : input.prompt(stdio)) {
      int exitCode = record(prompt);
      return exitCode == ExitCode.FINE && prompt != null ? prompt.exitCode() : exitCode;
    }
  }

  private int record(@Nullable LivePrompt<ServeActions> prompt) throws IOException, Failure {
    ViewOptions options = events.view();
    LiveView view = prompt == null ? LiveView.fixed(options) : LiveView.changeable(options);
    if (prompt != null) {
      return record(new WatchedOutput(prompt.report()), null, view, prompt);
    }
    QueuedOutput queue = live.queue(view);
    return record(new WatchedOutput(queue), queue, view, null);
  }

  private static void stop(Server server, @Nullable QueuedOutput queue, long nanos) {
    server.stop();
    if (queue != null) {
      queue.endBefore(nanos);
    }
  }

  /** The streams on the terminal of a prompt, whose width may change. */
  private Stdio on(@Nullable LivePrompt<ServeActions> prompt) {
    return prompt == null ? stdio : stdio.with(stdio.out(), prompt::columns);
  }

  private int record(
      WatchedOutput output,
      @Nullable QueuedOutput queue,
      LiveView view,
      @Nullable LivePrompt<ServeActions> prompt)
      throws IOException, Failure {
    Report shown = events.shown(on(prompt).with(output), view);
    try (Recordings recordings = events.recordings()) {
      Report report = events.recorded(shown, recordings, limits.protocol());
      int exitCode = serve(report, output, queue, view, prompt);
      return recordings.haveFailed() ? ExitCode.IO : exitCode;
    }
  }

  private int serve(
      Report report,
      WatchedOutput output,
      @Nullable QueuedOutput queue,
      LiveView view,
      @Nullable LivePrompt<ServeActions> prompt)
      throws IOException, Failure {
    int exitCode = ExitCode.FINE;
    List<InetAddress> addresses = place.addresses();
    ServerIdentity identity = tls.identity(stdio);
    ReplyScript script = reply.script(behaviour.behaviour());
    script.onChange(report::event);
    Settings settings = settings(script);
    ServeEvents listener = new ServeEvents(report, settings.timeouts(), events.copies());
    try (Server server = new Server(settings, listener)) {
      output.onFailure(server::stop);
      server.every(REPLY_CHECK, script::check);
      if (queue != null) {
        queue.onFailure(server::stop);
      }
      ShutdownHook shutdownHook =
          new ShutdownHook(
              stuck.waitsForReader() ? ShutdownHook.USUAL_MILLIS : END_MILLIS,
              nanos -> stop(server, queue, nanos),
              client::kill);
      ReadyFile ready = null;
      try {
        String url =
            announce(place.listen(server::listen, addresses, identity), identity, settings, report);
        ready = readyFile.getValue() == null ? null : ReadyFile.of(readyFile.getValue(), url);
        client.start(server::stop, url, stdio, !input.readsLines(), !events.isJson());
        input.start(stdio, server);
        sayHowToSeeLess(prompt);
        if (prompt != null) {
          Screen replies = events.screen(on(prompt).with(prompt.replies()));
          ServeActions actions =
              new ServeActions(server, replies, view, prompt.report(), script, listener::numbers);
          prompt.start(actions, server::execute, server::stop, report::flush);
        }
        server.run();
        if (prompt != null) {
          prompt.end();
        }
        report.event(new Event.Stopped(server.accepted()));
        report.flush();
        if (queue != null) {
          live.tellMissing(queue.finish());
        }
      } finally {
        exitCode = client.end();
        if (ready != null) {
          ready.close();
        }
        shutdownHook.finished();
      }
      output.check();
    }
    return client.isGiven() ? verdict(listener, exitCode) : ExitCode.FINE;
  }

  /** The exit code of the command, or 1 if a client broke a rule. */
  private int verdict(ServeEvents listener, int exitCode) {
    String broken = listener.brokenRule();
    if (broken == null) {
      return exitCode;
    }
    note(broken);
    return ExitCode.BROKEN;
  }

  /** Says once at a terminal how to see less than every bit. */
  private void sayHowToSeeLess(@Nullable LivePrompt<ServeActions> prompt) {
    if (stdio.outputIsTerminal() && !events.isJson() && events.view().detail() == Detail.BITS) {
      Screen screen = events.screen(prompt == null ? stdio : stdio.with(prompt.replies()));
      screen.words(0).text("Every bit of each frame is shown; to see less: ");
      screen.text(prompt == null ? "--detail frames" : "/detail frames").endLine();
      screen.flush();
    }
  }

  private Settings settings(ReplyScript script) throws Failure {
    return new Settings(
        limits.protocol(),
        limits.timeouts(),
        limits.output(),
        connections.most(),
        policy.policy(),
        behaviour.parameters(),
        behaviour.behaviour().replies(script),
        behaviour.queries(),
        new ServeWording());
  }

  /**
   * Reports the first event: the addresses that the server listens on.
   *
   * @return the URL for clients
   */
  private String announce(
      List<InetSocketAddress> listening,
      @Nullable ServerIdentity identity,
      Settings settings,
      Report report)
      throws IOException {
    warnIfExposed(listening.get(0));
    List<Event.ListeningAddress> addresses =
        listeningAddresses(listening, identity != null, settings.policy().webSocketPath());
    report.event(
        new Event.Listening(
            "serve",
            addresses,
            behaviour.words(settings.behaviour()),
            identity == null ? List.of() : identity.notes(listening.get(0))));
    report.flush();
    noteUrls(addresses);
    return addresses.get(0).url();
  }

  /** Shows the URLs if the report does not, unless a command gets its URL in another way. */
  private void noteUrls(List<Event.ListeningAddress> addresses) {
    if (events.view().detail() == Detail.NONE && !events.isJson() && !client.isGiven()) {
      List<String> urls = addresses.stream().map(Event.ListeningAddress::url).toList();
      note("listening on " + String.join(" and ", urls));
    }
  }

  private static List<Event.ListeningAddress> listeningAddresses(
      List<InetSocketAddress> listening, boolean tls, String path) throws IOException {
    List<Event.ListeningAddress> addresses = new ArrayList<>();
    for (InetSocketAddress each : listening) {
      for (InetSocketAddress reachable : ListenOptions.reachable(each)) {
        addresses.add(ServerUrl.listeningAddress(reachable, tls, path));
      }
    }
    return addresses;
  }

  private void warnIfExposed(InetSocketAddress address) {
    if (!address.getAddress().isLoopbackAddress()) {
      boolean any = address.getAddress().isAnyLocalAddress();
      note("other machines can reach this server" + (any ? ", at any address of this one" : ""));
    }
  }

  private void note(String text) {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    notes.text("note: ").text(text).endLine();
    notes.flush();
  }
}
