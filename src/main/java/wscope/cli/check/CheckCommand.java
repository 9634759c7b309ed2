package wscope.cli.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import wscope.check.Case;
import wscope.check.Cases;
import wscope.check.CheckSettings;
import wscope.check.ServerSettings;
import wscope.cli.dial.AddressOptions;
import wscope.cli.dial.ProxyOption;
import wscope.cli.dial.RequestOptions;
import wscope.cli.dial.TlsClientOptions;
import wscope.cli.option.Choices;
import wscope.cli.option.ColourOption;
import wscope.cli.option.CommandWords;
import wscope.cli.option.Flag;
import wscope.cli.option.Format;
import wscope.cli.option.OptionSections;
import wscope.cli.option.QuantityOption;
import wscope.cli.option.UsageErrors;
import wscope.cli.process.ExitCode;
import wscope.cli.process.Failure;
import wscope.cli.process.Stdio;
import wscope.connect.DialSettings;
import wscope.connect.InvalidTarget;
import wscope.connect.Route;
import wscope.connect.Target;
import wscope.protocol.rule.Endpoint;
import wscope.report.CheckOutput;
import wscope.report.json.JsonCheck;
import wscope.report.text.CheckReport;
import wscope.report.text.LineTimes;
import wscope.report.text.Screen;

/** {@code wscope check}: which rules does a server or a client keep? */
public final class CheckCommand implements Callable<Integer>, OptionSections.Sectioned {
  private static final int WIDTH = 80;
  private static final int MOST_PARALLEL = 64;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSections sections = new OptionSections(spec);
  private final PositionalParamSpec url;
  private final PositionalParamSpec command;
  private final ClientOptions client;
  private final CaseOptions cases;
  private final OptionSpec yes;
  private final OptionSpec parallel;
  private final OptionSpec caseTime;
  private final OptionSpec totalTime;
  private final RequestOptions request;
  private final AddressOptions addresses;
  private final ProxyOption proxy;
  private final TlsClientOptions tls;
  private final OptionSpec format;
  private final ResultFiles files;
  private final ColourOption colour;

  public CheckCommand(Stdio stdio) {
    this.stdio = stdio;
    spec.usageMessage()
        .customSynopsis(
            "wscope check [OPTION]... URL",
            "       wscope check --client [OPTION]... [-- COMMAND [ARGUMENT]...]")
        .description("Checks which rules of RFC 6455 and RFC 7692 a server or a client keeps.")
        .footer(
            "",
            "Examples:",
            "  wscope check ws://localhost:8080/",
            "  wscope check :8080 --probe",
            "  wscope check :8080 --idle=2m",
            "  wscope check :8080 --group framing,utf8",
            "  wscope check :8080 --case 'close/*' --format json",
            "  wscope check :8080 --html check.html",
            "  wscope check --client -- node client.mjs {url}",
            "  wscope check --client --browser",
            "  wscope check --client --wait --port 9001",
            "  wscope check --client --list");
    url =
        PositionalParamSpec.builder()
            .paramLabel("URL")
            .index("0")
            .arity("0..1")
            .type(String.class)
            .description(
                "The server: ws://HOST[:PORT]/PATH, wss:// for TLS, or a short form such as"
                    + " :8080/PATH for localhost.")
            .build();
    command =
        PositionalParamSpec.builder()
            .paramLabel("COMMAND")
            .index("1..*")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "With --client, after --: the client, with the URL to connect to in place of"
                    + " {url} and in the variable WSCOPE_URL. What it prints is not shown.")
            .build();
    spec.addPositional(url).addPositional(command);
    sections.begin("Client");
    client = new ClientOptions(spec);
    sections.begin("Cases");
    cases = new CaseOptions(spec);
    sections.begin("Run");
    yes =
        Flag.of(
            "--yes",
            "Allow a server on another machine. You need the permission of its owner; wscope"
                + " leaves out cases that send much.");
    parallel =
        QuantityOption.count("--parallel", MOST_PARALLEL, 1, "Let up to COUNT cases run at once.");
    caseTime =
        QuantityOption.time("--case-time", Duration.ofSeconds(3), "Allow at most TIME for a case.");
    totalTime =
        QuantityOption.time(
            "--total-time", Duration.ofMinutes(10), "Allow at most TIME for all cases.");
    spec.addOption(yes).addOption(parallel).addOption(caseTime).addOption(totalTime);
    sections.begin("Request");
    request = new RequestOptions(spec, false);
    sections.begin("Connection");
    addresses = new AddressOptions(spec);
    proxy = new ProxyOption(spec);
    tls = new TlsClientOptions(spec);
    sections.begin("Output");
    format =
        Choices.of(Format.class, OptionSpec.builder("--format"))
            .paramLabel("FORMAT")
            .defaultValue("text")
            .description(
                "Show the results as text for people (text), or as JSON, one object per line"
                    + " (json). Default: text.")
            .build();
    spec.addOption(format);
    files = new ResultFiles(spec);
    colour = new ColourOption(spec);
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
    client.check(
        spec.commandLine().getParseResult(), namesOf("Request", "Connection", "--yes", "--idle"));
    Endpoint checked = client.isGiven() ? Endpoint.CLIENT : Endpoint.SERVER;
    List<Case> chosen = cases.chosen(Cases.of(checked, cases.seed()));
    if (cases.onlyLists()) {
      new CaseList(screen()).show(chosen);
      return ExitCode.FINE;
    }
    List<String> leftOut = new ArrayList<>(cases.leftOut());
    CheckedPeer peer = client.isGiven() ? client() : server();
    if (peer instanceof CheckedServer server
        && !isThisMachine(server.settings().target(), server.settings().dial())) {
      permit(server.settings().target());
      int before = chosen.size();
      chosen = chosen.stream().filter(one -> !one.flood()).toList();
      if (chosen.size() < before) {
        leftOut.add(
            (before - chosen.size())
                + " cases that send much, because the server is on another machine");
      }
    }
    if (cases.onlyProbes()) {
      chosen = List.of();
      leftOut.clear();
    }
    return run(peer, chosen, leftOut, files.read());
  }

  private int run(
      CheckedPeer peer, List<Case> chosen, List<String> leftOut, ResultFiles.Chosen chosenFiles)
      throws IOException, Failure {
    boolean json = format.getValue() == Format.JSON;
    List<CheckOutput> outputs = new ArrayList<>();
    outputs.add(json ? new JsonCheck(stdio.out()) : new CheckReport(screen()));
    Progress progress = new Progress(stdio, !json);
    try (HtmlFile html = html(chosenFiles.html(), peer)) {
      if (html != null) {
        outputs.add(html.page());
      }
      int exitCode =
          new CheckRun(peer, settings(), chosen, leftOut, chosenFiles, outputs, progress).run(html);
      return html != null && html.file().hasFailed() ? ExitCode.IO : exitCode;
    }
  }

  private @Nullable HtmlFile html(@Nullable Path file, CheckedPeer peer) throws Failure {
    Screen notes = Screen.ofNotes(stdio.err(), stdio.unicode(), stdio.columns());
    return file == null ? null : HtmlFile.of(file, CommandWords.of(spec, true), peer, notes);
  }

  /** The names of the options in these sections, and of further options. */
  private Set<String> namesOf(String... sectionsAndNames) {
    Set<String> wanted = Set.of(sectionsAndNames);
    Set<String> names = new HashSet<>(wanted);
    for (OptionSections.Section section : OptionSections.of(spec)) {
      if (wanted.contains(section.heading())) {
        section.options().forEach(option -> names.add(option.longestName()));
      }
    }
    return names;
  }

  private CheckedClient client() throws Failure {
    List<String> words = new ArrayList<>();
    if (url.getValue() != null) {
      words.add(url.getValue());
    }
    words.addAll(commandWords());
    return client.client(
        words, spec.commandLine().getParseResult(), parallel.<Long>getValue(), stdio);
  }

  private List<String> commandWords() {
    @Nullable List<String> words = command.getValue();
    return words == null ? List.of() : words;
  }

  private CheckedServer server() throws Failure {
    if (!commandWords().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), UsageErrors.unexpected(commandWords().get(0), spec));
    }
    @Nullable String text = url.getValue();
    if (text == null) {
      throw new Failure(
          ExitCode.USAGE,
          "a URL is missing; write one such as ws://localhost:8080/, or --client to check a"
              + " client");
    }
    Target target = target(text);
    addresses.check();
    AddressOptions.exclude(addresses.hasUnix() && proxy.isGiven(), AddressOptions.UNIX, "--proxy");
    ProxyOption.Choice choice = proxy.choose(target, System::getenv);
    ServerSettings settings =
        new ServerSettings(
            target,
            new DialSettings(
                addresses.route(choice == null ? null : choice.proxy()),
                addresses.timeout(),
                tls.tls(target)),
            () -> request.request(target, target.credentials(), true, false));
    return new CheckedServer(
        settings, new Reproduction(target, spec.commandLine().getParseResult()));
  }

  private Screen screen() {
    int columns = stdio.columns() > 0 ? stdio.columns() : WIDTH;
    return new Screen(stdio.out(), colour.isOn(stdio), stdio.unicode(), LineTimes.OFF, columns);
  }

  private void permit(Target target) throws Failure {
    if (!Flag.isSet(yes)) {
      throw new Failure(
          ExitCode.USAGE,
          target.host() + " is not this machine; if you may send broken requests to it, add --yes");
    }
  }

  /** Whether all addresses of a server are of this machine; true if there is none. */
  private static boolean isThisMachine(Target target, DialSettings dial) throws IOException {
    if (!(dial.route() instanceof Route.Tcp tcp)) {
      return true;
    }
    if (tcp.proxy() != null) {
      return false;
    }
    try {
      for (InetAddress address : tcp.resolver().resolve(target.host())) {
        if (!address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null) {
          return false;
        }
      }
    } catch (UnknownHostException e) {
      // The probe reports it.
    }
    return true;
  }

  private CheckSettings settings() {
    return new CheckSettings(
        parallel.<Long>getValue().intValue(),
        caseTime.getValue(),
        totalTime.getValue(),
        cases.seed(),
        cases.idle());
  }

  private static Target target(String text) throws Failure {
    try {
      return Target.parse(text);
    } catch (InvalidTarget e) {
      throw new Failure(
          ExitCode.USAGE,
          "URL: '" + text + "', at character " + (e.place() + 1) + ": " + e.getMessage());
    }
  }
}
