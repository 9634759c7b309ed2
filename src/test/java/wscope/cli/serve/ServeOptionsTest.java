package wscope.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import wscope.cli.Run;
import wscope.cli.listen.ConnectionLimit;
import wscope.cli.listen.ListenOptions;
import wscope.cli.option.LimitOptions;
import wscope.cli.process.Failure;
import wscope.connection.Behaviour;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.net.tls.LocalIdentity;
import wscope.protocol.Limits;
import wscope.protocol.handshake.OutgoingHeaderField;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.json.JsonReport;
import wscope.serve.Policy;
import wscope.serve.Queries;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.serve.SubprotocolRule;

/** The settings that the options of {@code wscope serve} produce. */
class ServeOptionsTest {
  private final CommandSpec spec = CommandSpec.create();

  @Test
  void defaultsAreThePromisedLimits() {
    LimitOptions limits = new LimitOptions(spec, Endpoint.SERVER);
    ConnectionLimit connections = new ConnectionLimit(spec);
    parse();
    assertEquals(new Limits(16 << 20, 131_072, 32 << 10, 128), limits.protocol());
    assertEquals(new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(5)), limits.timeouts());
    assertEquals(new LinkLimits(4 << 20, Duration.ofSeconds(30)), limits.output());
    assertEquals(1024, connections.most());
  }

  /** The detail none shows no event, so a note says where the server listens. */
  @ParameterizedTest
  @CsvSource({"none, text, true", "messages, text, false", "none, json, false"})
  void notesTheUrlWhereTheReportHasNone(String detail, String format, boolean noted) {
    Run run =
        Run.of(
            "serve",
            "--host=127.0.0.1",
            "--port=0",
            "--detail=" + detail,
            "--format=" + format,
            "--ready-file=/nowhere/ready");
    assertEquals(3, run.exitCode());
    assertEquals(
        (noted ? "note: listening on ws://127.0.0.1:PORT/\n" : "")
            + "wscope: cannot write /nowhere/ready for --ready-file: No such file or directory\n",
        run.err().replaceAll(":[0-9]+/", ":PORT/"));
  }

  @Test
  void byDefaultTheServerSendsOnlyReplies() throws Failure {
    BehaviourOptions options = new BehaviourOptions(spec);
    parse();
    Behaviour behaviour = options.behaviour();
    assertEquals(Duration.ZERO, behaviour.ping());
    assertEquals(Duration.ZERO, behaviour.every());
    assertEquals("", behaviour.greet());
    assertNull(behaviour.close());
    assertEquals("reply: echo", options.words(behaviour));
  }

  @Test
  void everyLimitHasAnOption() {
    LimitOptions limits = new LimitOptions(spec, Endpoint.SERVER);
    ConnectionLimit connections = new ConnectionLimit(spec);
    parse(
        "--max-message=64KiB",
        "--max-fragments=9",
        "--max-head=1MiB",
        "--max-fields=8",
        "--max-connections=7",
        "--handshake-timeout=500ms",
        "--close-timeout=2m",
        "--max-backlog=4096",
        "--stall-timeout=1h");
    assertEquals(new Limits(65536, 9, 1048576, 8), limits.protocol());
    assertEquals(new Timeouts(Duration.ofMillis(500), Duration.ofMinutes(2)), limits.timeouts());
    assertEquals(new LinkLimits(4096, Duration.ofHours(1)), limits.output());
    assertEquals(7, connections.most());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '§',
      value = {
        "--max-message=0 § '0' is not between 1B and 1024MiB",
        "--max-message=1025MiB § '1025MiB' is not between 1B and 1024MiB",
        "--max-message=16MB § '16MB' is not a number of bytes; write a whole number, such as 100, 100B, 2KiB or 1MiB",
        "--max-fragments=0 § '0' is not between 1 and 1000000000",
        "--max-head=255 § '255' is not between 256B and 16MiB",
        "--max-fields=-1 § '-1' is not a whole number",
        "--max-connections=x § 'x' is not a whole number",
        "--handshake-timeout=10 § '10' has no unit; add ms, s, m or h",
        "--close-timeout=0s § '0s' is not between 1ms and 24h",
        "--max-backlog=1023 § '1023' is not between 1KiB and 1024MiB",
        "--stall-timeout=25h § '25h' is not between 1ms and 24h",
        "--path=ws § 'ws': a path must begin with / and contain only visible ASCII except ? and #,"
            + " as in /ws",
        "--path=/ws?x § '/ws?x': a path must begin with / and contain only visible ASCII except ?"
            + " and #, as in /ws",
        "--origin=evil.example § 'evil.example': an origin is a scheme, a host and an optional port, such as https://app.example",
        "--host-name=box:80 § 'box:80': a host is a name or an address without a port, such as box.example or [fd00::1]",
        "--subprotocol=a,b/c § 'b/c': a subprotocol may contain only letters, digits and"
            + " !#$%&'*+-.^_`|~",
        "--header=X § a header field must be 'Name: value', with a colon",
        "--header=X Y: z § the name of a header field may contain only letters, digits and"
            + " !#$%&'*+-.^_`|~",
        "--header=: z § the name of a header field may contain only letters, digits and"
            + " !#$%&'*+-.^_`|~",
        "--header=Connection: close § the handshake itself sets Connection; --subprotocol,"
            + " --no-compress and --fault can change it",
        "--header=UPGRADE: x § the handshake itself sets UPGRADE; --subprotocol, --no-compress and"
            + " --fault can change it",
        "--header=sec-websocket-protocol: x § the handshake itself sets sec-websocket-protocol;"
            + " --subprotocol, --no-compress and --fault can change it",
        "--header=Content-Length: 1 § a 101 response cannot contain Content-Length",
        "--header=Transfer-Encoding: x § a 101 response cannot contain Transfer-Encoding",
      },
      quoteCharacter = '"')
  void reportsAnInvalidValue(String argument, String message) {
    String option = argument.substring(0, argument.indexOf('='));
    Run run = Run.of("serve", argument);
    assertEquals(Run.misused("wscope serve", option + ": " + message), run);
  }

  /** S12: even a field that the user sets cannot add a line. */
  @ParameterizedTest
  @ValueSource(strings = {"\r\nEvil: x", "\nEvil: x", "\0", "\u001b[31m", "\u00e9", "\u0085"})
  void rejectsAFieldWithALineEnd(String tail) {
    Run run = Run.of("serve", "--header", "X: y" + tail + "z");
    assertEquals(2, run.exitCode());
    assertTrue(
        run.err().contains("the value of a header field must be visible ASCII\n"), run.err());
  }

  /** S20: an error message shows no password. */
  @Test
  void doesNotShowPasswords() {
    for (String[] args :
        new String[][] {
          {"serve", "--auth", "secret"},
          {"serve", "--auth", "secret\u0007:secret"},
          {"serve", "--auth", "a:secret", "--auth", "b:secret"},
        }) {
      Run run = Run.of(args);
      assertEquals(2, run.exitCode());
      assertFalse(run.err().contains("secret"), run.err());
    }
  }

  @Test
  void rejectsARepeatedLimit() {
    Run run = Run.of("serve", "--max-head", "1KiB", "--max-head", "2KiB");
    assertEquals(Run.misused("wscope serve", "--max-head is given twice; give it once"), run);
  }

  @Test
  void byDefaultThePolicyHasNoRestrictions() throws Failure {
    PolicyOptions options = new PolicyOptions(spec);
    parse();
    Policy policy = options.policy();
    assertEquals(List.of(), policy.paths());
    assertEquals(SubprotocolRule.ANY, policy.subprotocols());
    assertEquals(List.of(), policy.fields());
    assertNull(policy.credentials());
  }

  @Test
  void repeatedOptionsKeepTheirOrder() throws Failure {
    PolicyOptions options = new PolicyOptions(spec);
    parse(
        "--path", "/b", "-s", "x,y", "-H", "A: 1", "--path", "/a", "-s", "w", "-H", "a:  2 ",
        "--auth", "u:p");
    Policy policy = options.policy();
    assertEquals(List.of("/b", "/a"), policy.paths());
    assertEquals(SubprotocolRule.of(List.of("x", "y", "w")), policy.subprotocols());
    assertEquals(
        List.of(new OutgoingHeaderField("A", "1"), new OutgoingHeaderField("a", "2")),
        policy.fields());
    assertNotNull(policy.credentials());
  }

  /** S14: by default, no other machine can connect. */
  @Test
  void listensOnBothLoopbackAddressesWithOnePort() throws Exception {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress ipv6 = InetAddress.getByAddress(one);
    Assumptions.assumeTrue(NetworkInterface.getByInetAddress(ipv6) != null);
    ListenOptions options = new ListenOptions(spec);
    parse("--port", "0");
    try (Server server = server()) {
      List<InetSocketAddress> listening = options.listen(server::listen, options.addresses(), null);
      int port = listening.get(0).getPort();
      assertEquals(
          List.of(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
              new InetSocketAddress(ipv6, port)),
          listening);
      assertTrue(port > 0);
    }
  }

  @Test
  void listensOnTheGivenAddressOnly() throws Exception {
    ListenOptions options = new ListenOptions(spec);
    parse("--host", "127.0.0.1", "--port", "0");
    try (Server server = server()) {
      List<InetSocketAddress> listening = options.listen(server::listen, options.addresses(), null);
      assertEquals(1, listening.size());
      assertEquals("127.0.0.1", listening.get(0).getAddress().getHostAddress());
    }
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0, false", "'::', true"})
  void showsEveryAddressOfTheMachine(String host, boolean both) throws Exception {
    List<InetSocketAddress> own = new ArrayList<>();
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress address : Collections.list(each.getInetAddresses())) {
        boolean ipv4 = address.getAddress().length == 4;
        if (ipv4 || (both && !address.isLinkLocalAddress())) {
          own.add(new InetSocketAddress(InetAddress.getByAddress(address.getAddress()), 80));
        }
      }
    }
    List<InetSocketAddress> reachable =
        ListenOptions.reachable(new InetSocketAddress(InetAddress.getByName(host), 80));
    assertEquals(Set.copyOf(own), Set.copyOf(reachable));
    assertEquals("127.0.0.1", reachable.get(0).getAddress().getHostAddress());
    assertTrue(reachable.stream().noneMatch(it -> it.toString().contains("%")), own::toString);
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    assertEquals(List.of(loopback), ListenOptions.reachable(loopback));
  }

  @ParameterizedTest
  @CsvSource({
    "any, true, ''",
    "none, false, ''",
    "'a,b', false, 'a,b'",
    "Any, false, Any",
  })
  void theSubprotocolsHaveTwoWords(String value, boolean any, String names) throws Failure {
    PolicyOptions options = new PolicyOptions(spec);
    parse("--subprotocol", value);
    List<String> listed = names.isEmpty() ? List.of() : List.of(names.split(",", -1));
    assertEquals(new SubprotocolRule(any, listed), options.policy().subprotocols());
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "none"})
  void aWordForSubprotocolsStandsAlone(String word) {
    PolicyOptions options = new PolicyOptions(spec);
    parse("-s", "chat," + word);
    assertEquals(
        "--subprotocol " + word + " cannot be combined with other names",
        assertThrows(Failure.class, options::policy).getMessage());
  }

  @Test
  void queriesAreEitherStrictOrIgnored() throws Failure {
    BehaviourOptions options = new BehaviourOptions(spec);
    parse();
    assertEquals(Queries.LENIENT, options.queries());
    parse("--strict-query");
    assertEquals(Queries.STRICT, options.queries());
    parse("--ignore-query");
    assertEquals(Queries.IGNORED, options.queries());
    parse("--ignore-query", "--strict-query");
    assertEquals(
        "--strict-query cannot be combined with --ignore-query",
        assertThrows(Failure.class, options::queries).getMessage());
  }

  @Test
  @Timeout(10)
  void reportsAPortThatIsBusyAtTheSecondAddress() throws IOException {
    byte[] one = new byte[16];
    one[15] = 1;
    InetAddress ipv6 = InetAddress.getByAddress(one);
    Assumptions.assumeTrue(NetworkInterface.getByInetAddress(ipv6) != null);
    try (ServerSocket busy = new ServerSocket(0, 1, ipv6)) {
      int port = busy.getLocalPort();
      assertEquals(
          new Run(
              3,
              "",
              "wscope: port " + port + " of [::1] is in use; try --port 0 for any free port\n"),
          Run.of("serve", "--port", Integer.toString(port)));
    }
  }

  @Test
  void reportsAKeystoreThatNeedsAPassword(@TempDir Path directory) throws Exception {
    Assumptions.assumeTrue(System.getenv("WSCOPE_TLS_PASSWORD") == null);
    LocalIdentity.in(directory, () -> {});
    String file = directory.resolve("localhost.p12").toString();
    assertEquals(
        new Run(
            3,
            "",
            "wscope: "
                + file
                + " needs a password; set WSCOPE_TLS_PASSWORD or give --tls-password\n"),
        Run.of("serve", "--tls-keystore", file));
    assertEquals(
        new Run(3, "", "wscope: the password does not open " + file + "\n"),
        Run.of("serve", "--tls-keystore", file, "--tls-password", "other"));
  }

  @Test
  void helpDoesNotBreakPaths() {
    String help = Run.of("help", "serve").out();
    for (String path : List.of("~/.local/state/wscope", "/?reply=none&close=1011")) {
      assertTrue(help.contains(path), help);
    }
    String decode = Run.of("help", "decode").out();
    assertTrue(decode.contains("~/.local/state/wscope"), decode);
  }

  @Test
  void helpGroupsOptionsUnderHeadings() {
    Run help = Run.of("help", "serve");
    List<String> headings =
        help.out().lines().filter(line -> line.endsWith(":") && !line.startsWith(" ")).toList();
    assertEquals(
        List.of(
            "Examples:",
            "How to read the output:",
            "Arguments:",
            "Address:",
            "Who may connect:",
            "Behaviour:",
            "Output:",
            "Input:",
            "Limits:",
            "Other options:",
            "Exit codes:",
            "Environment:"),
        headings);
    String options =
        help.out().substring(help.out().indexOf("\nAddress:"), help.out().indexOf("\nExit codes:"));
    assertTrue(options.contains("\n  -o, --origin=ORIGIN "), options);
    for (String option : new String[] {"--port", "--auth", "--detail", "--max-head", "--version"}) {
      assertEquals(2, options.split("\n  (    |-., )" + option + "[=\\s]", -1).length, options);
    }
  }

  private Server server() throws IOException {
    LiveView view = LiveView.fixed(new ViewOptions(Detail.NONE, 0, false));
    JsonReport report =
        new JsonReport(OutputStream.nullOutputStream(), view, InstantSource.system());
    return new Server(Settings.DEFAULT, new ServeEvents(report, Timeouts.DEFAULT, 0));
  }

  private void parse(String... args) {
    new CommandLine(spec).parseArgs(args);
  }
}
