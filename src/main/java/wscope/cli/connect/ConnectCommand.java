package wscope.cli.connect;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;
import wscope.cli.dial.AddressOptions;
import wscope.cli.dial.CertificateView;
import wscope.cli.dial.ProxyOption;
import wscope.cli.dial.RequestOptions;
import wscope.cli.dial.TlsClientOptions;
import wscope.cli.option.Converter;
import wscope.cli.option.EventOptions;
import wscope.cli.option.Flag;
import wscope.cli.option.LimitOptions;
import wscope.cli.option.MaskingKeys;
import wscope.cli.option.OptionSections;
import wscope.cli.option.Recordings;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.cli.process.WatchedOutput;
import wscope.cli.prompt.HistoryOption;
import wscope.cli.prompt.LivePrompt;
import wscope.cli.prompt.PromptReader;
import wscope.connect.ClientSettings;
import wscope.connect.InvalidTarget;
import wscope.connect.Redirects;
import wscope.connect.Target;
import wscope.connection.Behaviour;
import wscope.connection.ConnectionSettings;
import wscope.net.TlsClient;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.PayloadReport;
import wscope.report.Report;
import wscope.report.TeeReport;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** {@code wscope connect}: a client that shows every frame. */
public final class ConnectCommand implements Callable<Integer>, OptionSections.Sectioned {
  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final PositionalParamSpec url;
  private final RequestOptions request;
  private final SocketOptions socket;
  private final ProxyOption proxy;
  private final TlsClientOptions tls;
  private final ScriptOptions script;
  private final MisbehaviourOptions misbehaviour;
  private final LimitOptions limits;
  private final EventOptions events;
  private final OptionSpec payloadOnly;
  private final HistoryOption history;

  public ConnectCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis("wscope connect [OPTION]... URL")
        .description("Runs a WebSocket client that shows every frame.")
        .footer(
            "",
            "Examples:",
            "  wscope connect ws://localhost:8080/",
            "  wscope connect :8080/chat --subprotocol chat --origin http://localhost",
            "  wscope connect wss://example.com/ -x hello --expect hello",
            "  echo hello | wscope connect :8080",
            "  wscope connect :8080 --for 10s --format json",
            "  wscope connect :8080 -x a -x b --fault client-frame-unmasked@2",
            "",
            "How to read the output:",
            "  >      what the client sent",
            "  <      what the server sent",
            "  =      an event of the connection",
            "  ✗ !    a broken rule or a warning: its section, what was found, and a hint");
    url =
        PositionalParamSpec.builder()
            .paramLabel("URL")
            .index("0")
            .arity("1")
            .required(true)
            .type(Target.class)
            .converters(new Converter<>(ConnectCommand::target))
            .description(
                "The server: ws://HOST[:PORT]/PATH, wss:// for TLS, or a short form such as"
                    + " :8080/PATH for localhost.")
            .build();
    spec.addPositional(url);
    sections.begin("Request");
    request = new RequestOptions(spec, true);
    sections.begin("Connection");
    socket = new SocketOptions(spec);
    proxy = new ProxyOption(spec);
    tls = new TlsClientOptions(spec);
    sections.begin("Messages");
    script = new ScriptOptions(spec);
    sections.begin("Misbehaviour");
    misbehaviour = new MisbehaviourOptions(spec);
    sections.begin("Output");
    events = new EventOptions(spec, Endpoint.CLIENT, Detail.FRAMES);
    payloadOnly =
        Flag.of(
            "--payload-only",
            "Write only the messages of the server to standard output, text messages as lines and"
                + " binary ones as they are, and everything else to standard error.");
    spec.addOption(payloadOnly);
    history = new HistoryOption(spec);
    sections.begin("Limits");
    limits = new LimitOptions(spec, Endpoint.CLIENT);
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
    Target target = url.getValue();
    boolean payloads = Flag.isSet(payloadOnly);
    if (payloads && stdio.outputIsTerminal()) {
      throw new Failure(
          ExitCode.USAGE,
          "--payload-only can garble a terminal; write the messages to a file or a pipe");
    }
    boolean prompts = !script.sends() && !script.closes() && LivePrompt.isPossible(stdio);
    ClientSettings settings = settings(target, prompts);
    note(target);
    try (LivePrompt<ConnectActions> prompt = prompts ? prompt() : null;
        Recordings recordings = events.recordings()) {
      LiveView view =
          prompt == null ? LiveView.fixed(events.view()) : LiveView.changeable(events.view());
      WatchedOutput output = new WatchedOutput(prompt == null ? stdio.out() : prompt.report());
      Stdio screen = prompt == null ? stdio : stdio.with(stdio.out(), prompt::columns);
      Report shown = shown(screen, payloads, output, view);
      Report report = events.recorded(shown, recordings, limits.protocol());
      Screen replies = events.screen(prompt == null ? stdio : screen.with(prompt.replies()));
      int exitCode = new ClientRun(stdio, settings, report, output, view).run(prompt, replies);
      return recordings.haveFailed() ? ExitCode.IO : exitCode;
    }
  }

  private LivePrompt<ConnectActions> prompt() throws IOException {
    return new LivePrompt<>(
        PromptReader.terminal(), ConnectActions.TABLE, history.file(stdio, "connect-history"));
  }

  /** Creates the report on standard output, or that of the messages, with the rest on error. */
  private Report shown(Stdio screen, boolean payloads, WatchedOutput output, LiveView view) {
    return payloads
        ? new TeeReport(
            PayloadReport.lines(output, Endpoint.SERVER),
            events.shown(stdio.with(stdio.err()), view))
        : events.shown(screen.with(output), view);
  }

  private ClientSettings settings(Target target, boolean prompts) throws Failure {
    request.check();
    AddressOptions addresses = socket.addresses();
    addresses.check();
    AddressOptions.exclude(addresses.hasUnix() && proxy.isGiven(), AddressOptions.UNIX, "--proxy");
    // A Unix domain socket has no RST.
    AddressOptions.exclude(
        addresses.hasUnix() && misbehaviour.drops(), AddressOptions.UNIX, "--drop");
    ClientSettings settings = settings(target, prompts, true);
    misbehaviour.check(settings.script());
    note(proxyChoice(target));
    return settings;
  }

  /**
   * The settings for a target.
   *
   * @param trusted whether the target gets credentials, cookies and the user's Host
   */
  private ClientSettings settings(Target target, boolean prompts, boolean trusted) throws Failure {
    TlsClient secured = tls.tls(target);
    ProxyOption.Choice choice = proxyChoice(target);
    // Without messages on the command line, the lines of standard input are the messages.
    boolean reads = !script.sends() && !stdio.inputIsTerminal();
    boolean stays = !script.sends() && stdio.inputIsTerminal();
    return new ClientSettings(
        target,
        socket.addresses().route(choice == null ? null : choice.proxy()),
        socket.addresses().timeout(),
        secured,
        new CertificateView(InstantSource.system(), tls.isInsecure() ? tls.host(target) : null),
        () -> request.request(target, url.<Target>getValue().credentials(), trusted),
        new ConnectionSettings(limits.protocol(), limits.timeouts(), limits.output().highWater()),
        limits.output(),
        misbehaviour.behaviour(script.behaviour(Behaviour.DEFAULT.reply(Behaviour.Reply.NONE))),
        new MaskingKeys(),
        script.script(reads, stays, misbehaviour.halfCloses()),
        socket.retries(),
        socket.follows() ? new Followed(prompts) : null,
        prompts);
  }

  /** Creates the settings for the targets of redirects. */
  private final class Followed implements Redirects {
    private final boolean prompts;

    Followed(boolean prompts) {
      this.prompts = prompts;
    }

    @Override
    public ClientSettings settings(Target next, boolean trusted) throws IOException {
      Target first = url.getValue();
      boolean same = next.secure() == first.secure() && next.authority().equals(first.authority());
      if (socket.addresses().hasUnix() && !same) {
        throw new IOException("it names another server than the URL, and --unix only that one");
      }
      try {
        return ConnectCommand.this.settings(next, prompts, trusted);
      } catch (Failure e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public boolean haveSecrets() {
      return request.haveSecrets(url.getValue());
    }
  }

  private ProxyOption.@Nullable Choice proxyChoice(Target target) throws Failure {
    return socket.addresses().hasUnix() ? null : proxy.choose(target, System::getenv);
  }

  /** Names the proxy, because the output shows its address instead of the server's. */
  private void note(ProxyOption.@Nullable Choice choice) {
    if (choice == null) {
      return;
    }
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    notes.text("note: connecting through the proxy ");
    SafeText.sentence(notes, choice.proxy().host() + " port " + choice.proxy().port());
    notes.text(choice.origin().isEmpty() ? "" : " (" + choice.origin() + ")").endLine();
    notes.flush();
  }

  /** Shows what was assumed about the URL. */
  private void note(Target target) {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    for (String note : target.notes()) {
      notes.text("note: ");
      SafeText.sentence(notes, note);
      notes.endLine();
    }
    notes.flush();
  }

  private static Target target(String text) {
    try {
      return Target.parse(text);
    } catch (InvalidTarget e) {
      throw new TypeConversionException(
          "'" + text + "', at character " + (e.place() + 1) + ": " + e.getMessage());
    }
  }
}
