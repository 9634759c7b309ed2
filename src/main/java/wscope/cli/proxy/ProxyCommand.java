package wscope.cli.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.cli.listen.AccessOptions;
import wscope.cli.listen.ClientCommand;
import wscope.cli.listen.ConnectionLimit;
import wscope.cli.listen.ListenOptions;
import wscope.cli.listen.LiveOutput;
import wscope.cli.listen.ReadyFile;
import wscope.cli.listen.ServerIdentity;
import wscope.cli.listen.StuckOption;
import wscope.cli.listen.TlsOptions;
import wscope.cli.option.EventOptions;
import wscope.cli.option.FileConverter;
import wscope.cli.option.Flag;
import wscope.cli.option.MaskingKeys;
import wscope.cli.option.OptionSections;
import wscope.cli.option.Recordings;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.ShutdownHook;
import wscope.cli.process.Stdio;
import wscope.cli.prompt.HistoryOption;
import wscope.cli.prompt.LivePrompt;
import wscope.cli.prompt.PromptReader;
import wscope.protocol.event.Event;
import wscope.protocol.rule.Endpoint;
import wscope.proxy.Proxy;
import wscope.proxy.ProxySettings;
import wscope.report.Detail;
import wscope.report.Report;
import wscope.report.Summary;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;
import wscope.serve.Policy;

/** {@code wscope proxy}: stands between a client and a server, and shows what both send. */
public final class ProxyCommand implements Callable<Integer>, OptionSections.Sectioned {
  /** The time in which the process ends after a signal, in milliseconds. */
  private static final long END_MILLIS = 700;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final RouteOptions routes;
  private final ForwardOptions forward;
  private final ListenOptions place;
  private final OptionSpec readyFile;
  private final TlsOptions tls;
  private final AccessOptions access;
  private final ChangeOptions changes;
  private final EventOptions events;
  private final StuckOption stuck;
  private final LiveOutput live;
  private final OptionSpec summary;
  private final OptionSpec payloadOnly;
  private final ClientCommand client;
  private final HistoryOption history;
  private final ConnectionLimit connections;
  private final ProxyLimits limits;

  public ProxyCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis(
            "wscope proxy --to URL [OPTION]... [-- COMMAND [ARGUMENT]...]",
            "       wscope proxy --forward --only HOST [OPTION]... [-- COMMAND [ARGUMENT]...]")
        .description(
            "Passes every byte between WebSocket clients and a server, and shows what both send.")
        .footer(
            "",
            "Examples:",
            "  wscope proxy --to ws://localhost:9000",
            "  wscope proxy --to wss://server.example --port 8081",
            "  wscope proxy --to /chat=ws://localhost:9000 --to /=http://localhost:3000",
            "  wscope proxy --to wss://server.example/v2/socket --rewrite path,origin",
            "  wscope proxy --to :9000 --record session.jsonl --detail messages",
            "  wscope proxy --to :9000 --delay server:200ms --rate client:10KiB",
            "  wscope proxy --to :9000 --fault server:reserved-opcode@3",
            "  wscope proxy --to :9000 --replace 'server:hello (.*)=bye $1'",
            "  wscope proxy --to :9000 --port 0 -- node client.js {url}",
            "  wscope proxy --forward --only server.example --only '*.example.com'",
            "",
            "How to read the output:",
            "  #1     the number of the connection that a line is about",
            "  C>     what the client sent",
            "  S>     what the server sent",
            "  =      an event of the connection",
            "  ✗ !    a broken rule or a warning: its section, what was found, and a hint");
    sections.begin("Server");
    routes = new RouteOptions(spec);
    sections.begin("Forward proxy");
    forward = new ForwardOptions(spec);
    sections.begin("Address");
    place = new ListenOptions(spec);
    readyFile =
        FileConverter.option("--ready-file")
            .description(
                "Write the URL of the proxy to this file when the proxy listens, and remove the"
                    + " file at the end. Wait for the file to know that clients can connect.")
            .build();
    spec.addOption(readyFile);
    tls = new TlsOptions(spec);
    sections.begin("Who may connect");
    access = new AccessOptions(spec, "Repeatable. Default: pages of this machine.");
    sections.begin("On purpose");
    changes = new ChangeOptions(spec);
    sections.begin("Output");
    events = new EventOptions(spec, null, Detail.FRAMES);
    stuck = new StuckOption(spec);
    live = new LiveOutput(stdio, stuck, events);
    summary =
        Flag.of(
            "--summary",
            "Show totals of all connections at the end: frames by opcode, messages, bytes and"
                + " broken rules of both ends. With --format json or --payload-only, the totals go"
                + " to standard error.");
    payloadOnly =
        Flag.of(
            "--payload-only",
            "Write only the messages of both ends to standard output, in the order in which they"
                + " end, text messages as lines and binary ones as they are, and everything else"
                + " to standard error. No message is dropped: the proxy waits for the reader.");
    spec.addOption(summary).addOption(payloadOnly);
    sections.begin("Input");
    client = new ClientCommand(spec, "proxy", "either end");
    history = new HistoryOption(spec);
    sections.begin("Limits");
    connections = new ConnectionLimit(spec);
    limits = new ProxyLimits(spec);
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
    client.isGiven();
    boolean payloads = Flag.isSet(payloadOnly);
    if (payloads && stdio.outputIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE,
          "--payload-only can garble a terminal; write the messages to a file or a pipe");
    }
    Course course = forward.course(routes, stdio);
    try (LivePrompt<ProxyActions> prompt = prompt()) {
      int exitCode = record(course, new ProxyOutput(stdio, events, live, payloads, prompt), prompt);
      return exitCode == ExitCode.FINE && prompt != null ? prompt.exitCode() : exitCode;
    }
  }

  /** Creates the prompt if there can be one; otherwise null. */
  private @Nullable LivePrompt<ProxyActions> prompt() throws IOException {
    return client.isGiven() || !LivePrompt.isPossible(stdio)
        ? null
        : new LivePrompt<>(
            PromptReader.terminal(), ProxyActions.TABLE, history.file(stdio, "proxy-history"));
  }

  private int record(Course course, ProxyOutput output, @Nullable LivePrompt<ProxyActions> prompt)
      throws IOException, Failure {
    try (Recordings recordings = events.recordings()) {
      Report report = events.recorded(output.report(), recordings, limits.protocol());
      int exitCode = run(course, report, output, prompt);
      return recordings.haveFailed() ? ExitCode.IO : exitCode;
    }
  }

  private int run(
      Course course, Report report, ProxyOutput output, @Nullable LivePrompt<ProxyActions> prompt)
      throws IOException, Failure {
    int exitCode = ExitCode.FINE;
    List<InetAddress> addresses = place.addresses();
    ServerIdentity identity = tls.identity(stdio);
    Summary counts = Flag.isSet(summary) ? new Summary() : null;
    ProxyEvents listener = new ProxyEvents(report, counts);
    try (Proxy proxy = new Proxy(settings(course, prompt != null), listener)) {
      output.onFailure(proxy::stop);
      ShutdownHook shutdownHook =
          new ShutdownHook(
              stuck.waitsForReader() ? ShutdownHook.USUAL_MILLIS : END_MILLIS,
              nanos -> {
                proxy.stop();
                output.endBefore(nanos);
              },
              client::kill);
      ReadyFile ready = null;
      try {
        List<InetSocketAddress> listening = place.listen(proxy::listen, addresses, identity);
        String url = announce(listening, identity, course, report);
        ready = readyFile.getValue() == null ? null : ReadyFile.of(readyFile.getValue(), url);
        client.start(proxy::stop, url, stdio, true, output.isShared());
        if (prompt != null) {
          ProxyActions actions =
              new ProxyActions(
                  proxy, output.screen(prompt.replies()), output.view(), listener::numbers);
          prompt.start(actions, proxy::execute, proxy::stop, report::flush);
        }
        proxy.run();
        if (prompt != null) {
          prompt.end();
        }
        report.event(new Event.Stopped(proxy.connections()));
        report.flush();
        if (counts != null) {
          output.show(counts);
        }
        output.finish();
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

  private ProxySettings settings(Course course, boolean prompts) {
    return new ProxySettings(
        course.routes(),
        course.forward(),
        Policy.ofProxy(access.hosts(), access.origins()),
        limits.protocol(),
        limits.timeouts(),
        limits.output(),
        connections.most(),
        events.copies() + (Flag.isSet(payloadOnly) ? 1 : 0),
        changes.of(Endpoint.CLIENT),
        changes.of(Endpoint.SERVER),
        prompts,
        new MaskingKeys(),
        course.wording());
  }

  /** The exit code of the command, or 1 if an end broke a rule. */
  private int verdict(ProxyEvents listener, int exitCode) {
    String broken = listener.brokenRule();
    if (broken == null) {
      return exitCode;
    }
    note(broken);
    return ExitCode.BROKEN;
  }

  /**
   * Reports the addresses that the proxy listens on, and its servers.
   *
   * @return the URL for clients
   */
  private String announce(
      List<InetSocketAddress> listening,
      @Nullable ServerIdentity identity,
      Course course,
      Report report)
      throws IOException {
    warnIfExposed(listening.get(0), course);
    List<Event.ListeningAddress> addresses = new ArrayList<>();
    for (InetSocketAddress each : listening) {
      for (InetSocketAddress reachable : ListenOptions.reachable(each)) {
        addresses.add(course.address(reachable, identity != null));
      }
    }
    List<String> notes = new ArrayList<>(course.notes(addresses.get(0).url()));
    notes.addAll(changes.notes());
    if (identity != null) {
      notes.addAll(identity.notes(listening.get(0)));
    }
    report.event(new Event.Listening("proxy", addresses, course.behaviour(), notes));
    report.flush();
    if (events.view().detail() == Detail.NONE && !events.isJson() && !client.isGiven()) {
      List<String> urls = addresses.stream().map(Event.ListeningAddress::url).toList();
      note("listening on " + String.join(" and ", urls));
    }
    return addresses.get(0).url();
  }

  private void warnIfExposed(InetSocketAddress address, Course course) {
    if (!address.getAddress().isLoopbackAddress()) {
      boolean any = address.getAddress().isAnyLocalAddress();
      note(course.exposure() + (any ? ", at any address of this one" : ""));
    }
  }

  private void note(String text) {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    notes.text("note: ");
    SafeText.sentence(notes, text);
    notes.endLine();
    notes.flush();
  }
}
