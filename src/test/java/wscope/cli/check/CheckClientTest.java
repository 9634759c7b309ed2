package wscope.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.check.Case;
import wscope.check.Cases;
import wscope.cli.LoopedClient;
import wscope.cli.Run;
import wscope.protocol.DeflateRequirement;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** {@code wscope check --client} against wscope's own client, broken ones, and other programs. */
@Timeout(180)
class CheckClientTest {
  private static ServerThread server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  /** Checks wscope's own client. */
  private static Run loop(List<String> options, String... connect) throws Exception {
    return LoopedClient.of(
        options,
        url -> {
          List<String> args = new ArrayList<>(List.of("connect", url));
          args.addAll(Arrays.asList(connect));
          Run.of(args.toArray(String[]::new));
        });
  }

  private static List<JsonNode> cases(Run run) {
    return EventSchema.parse(EventSchema.check(run.out())).stream()
        .filter(line -> line.path("type").asText().equals("case"))
        .toList();
  }

  /** It does not echo; what cannot be told without that is not judgeable, for a known reason. */
  @Test
  void theClientOfWscopePassesEverything() throws Exception {
    // On a busy machine, 16 MiB take longer than the usual time after the input.
    Run run = loop(List.of("--format", "json"), "--subprotocol", "chat", "--linger", "10s");
    Map<String, Integer> others = new TreeMap<>();
    for (JsonNode line : cases(run)) {
      String outcome = line.path("outcome").asText();
      if (outcome.equals("lenient")) {
        // What browsers accept too.
        others.merge(
            "lenient " + line.path("rule").asText(line.path("id").asText()), 1, Integer::sum);
      } else if (!outcome.equals("pass")) {
        others.merge(outcome + ": " + line.path("came").asText(), 1, Integer::sum);
      }
    }
    assertEquals(
        """
        lenient answer-body-announced=1
        lenient answer-field-folded=2
        lenient answer-field-malformed=2
        lenient answer-http-version=4
        lenient answer-line-end-not-crlf=2
        lenient answer-upgrade-repeated=1
        lenient head-too-large=2
        lenient subprotocol-not-selected=1
        lenient too-many-header-fields=1
        not-judgeable: a Close with 1000 (normal closure); the end of TCP (FIN)=8
        not-judgeable: a request without the field that the rule is about=1
        not-judgeable: the client does not end by itself after a connection=16
        not-judgeable: the client does not offer what the response needs to break the rule=3
        """,
        others.entrySet().stream().map(entry -> entry + "\n").collect(Collectors.joining()));
    assertEquals(0, run.exitCode());
  }

  static Stream<Fault> faults() {
    return Faults.of(Endpoint.CLIENT).stream().filter(fault -> fault.rule() != null);
  }

  /** A client that breaks a rule is found by the case of that rule. */
  @ParameterizedTest
  @MethodSource("faults")
  void findsEachFault(Fault fault) throws Exception {
    String id = fault.id();
    String name = fault instanceof FrameFault ? "sending/" + id : "handshake/" + id + "/request";
    List<String> connect = new ArrayList<>(List.of("--fault", id, "-x", MESSAGE, "-x", MESSAGE));
    connect.addAll(List.of("--connect-timeout", "2s"));
    if (fault.deflate() == DeflateRequirement.ABSENT) {
      connect.add("--no-deflate");
    }
    Run run =
        loop(
            List.of("--case", name, "--case-time", "2s", "--format", "json"),
            connect.toArray(String[]::new));
    JsonNode found = cases(run).stream().reduce((first, last) -> last).orElse(null);
    assertTrue(found != null, run.out());
    assertEquals(id, found.path("brokenRule").asText(), run.out());
    boolean error = fault.rule().isError();
    assertEquals(error ? "fail" : "lenient", found.path("outcome").asText(), run.out());
  }

  private static final String MESSAGE = "0123456789abcdef".repeat(40);

  /** Faults of the keys have cases of their own. */
  @ParameterizedTest
  @CsvSource({"masking-key-zero", "masking-key-repeated"})
  void findsMaskingKeysThatAreNotFresh(String fault) throws Exception {
    Run run =
        loop(List.of("--case", "sending/masking-keys"), "--fault", fault, "-x", "a", "-x", "b");
    assertTrue(run.out().contains("\n✗ sending/masking-keys   fail   RFC 6455 §5.3\n"), run.out());
    assertEquals(1, run.exitCode());
  }

  @Test
  void findsAKeyThatIsUsedAgain() throws Exception {
    Run run =
        loop(
            List.of("--case", "handshake/key/fresh"),
            "-H",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    assertTrue(
        run.out()
            .contains(
                """
                ✗ handshake/key/fresh   fail   RFC 6455 §4.1
                    sent       a correct response to each of several requests
                    expected   16 random bytes as the key, fresh for each connection
                    came       the key is that of an earlier connection, in \
                """),
        run.out());
    assertEquals(1, run.exitCode());
  }

  static Stream<Case> reproducible() {
    return Cases.of(Endpoint.CLIENT, 1).stream()
        .filter(one -> one.fault() != null && one.rule().isError());
  }

  /** The query has the options of the command that a failure names; a client detects the fault. */
  @ParameterizedTest
  @MethodSource("reproducible")
  void theCommandsShowTheSameAgain(Case one) {
    Fault fault = Faults.find(Endpoint.SERVER, one.fault());
    String plain = fault.deflate() == DeflateRequirement.ABSENT ? "&compress=off" : "";
    String url =
        "ws://127.0.0.1:"
            + server.address().getPort()
            + "/?reply=none&greet=Hello&after=1s&fault="
            + fault.id()
            + plain;
    List<String> args = new ArrayList<>(List.of("connect", url, "--subprotocol", "chat"));
    Rule rule = one.rule();
    if (rule == Rule.DEFLATE_PARAMETER_NOT_OFFERED) {
      args.addAll(List.of("--deflate", ""));
    } else if (rule == Rule.DEFLATE_OFFER_IGNORED || rule == Rule.DEFLATE_CLIENT_WINDOW_RAISED) {
      args.addAll(List.of("--deflate", "server_max_window_bits=10; client_max_window_bits=10"));
    }
    Run run = Run.of(args.toArray(String[]::new));
    assertTrue(run.out().contains("✗ " + rule.id()) || run.out().contains(rule.title()), run.out());
  }

  @Test
  void aCommandThatDoesNotConnect() {
    Run run = Run.of("check", "--client", "--", "sh", "-c", "echo no luck; exit 3", "{url}");
    assertEquals(
        """
        probe
          connection  ✗ the client did not connect; it exited with 3 and said: no luck
                      the command has to open the URL that replaces {url}, also in the
                      variable WSCOPE_URL; run it by itself against wscope serve to see
                      what it does

        """,
        run.out());
    assertEquals(3, run.exitCode());
  }

  /** Node ends a stack trace with its version, so the last line alone says nothing. */
  @Test
  void showsTheLastLinesOfACommandThatDoesNotConnect() {
    String script = "seq 20 31; printf '\\033[31mred\\n\\n  at x.js:1\\n'; exit 1";
    Run run = Run.of("check", "--client", "--", "sh", "-c", script, "{url}");
    assertEquals(
        """
        probe
          connection  ✗ the client did not connect; it exited with 1 and said: at x.js:1
                      the command has to open the URL that replaces {url}, also in the
                      variable WSCOPE_URL; run it by itself against wscope serve to see
                      what it does
          output      22
          output      23
          output      24
          output      25
          output      26
          output      27
          output      28
          output      29
          output      30
          output      31
          output      \\x1b[31mred
          output      at x.js:1

        """,
        run.out());
    assertEquals(3, run.exitCode());
  }

  @Test
  void aCommandThatCannotBeStarted() {
    Run run = Run.of("check", "--client", "--", "./no-such-client", "{url}");
    assertTrue(
        run.out().contains("✗ cannot run './no-such-client': No such file or directory\n"),
        run.out());
    assertEquals(3, run.exitCode());
  }

  /** The columns: what the client writes, and what the probe says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n | no request for a WebSocket, but: GET /",
        "SSH-2.0-x\\r\\n\\r\\n | no request for a WebSocket, but: SSH-2.0-x",
        "HELO x\\r\\n\\r\\n | no request for a WebSocket, but: HELO x",
      })
  void aClientThatSpeaksSomethingElse(String sent, String said) throws Exception {
    String text = sent.replace("\\r", "\r").replace("\\n", "\n");
    Run run =
        LoopedClient.of(
            List.of(),
            url -> {
              try (Socket socket =
                  new Socket(InetAddress.getLoopbackAddress(), URI.create(url).getPort())) {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
                socket.getInputStream().readAllBytes();
              } catch (IOException e) {
                // The check has ended.
              }
            });
    assertEquals(4, run.exitCode());
    assertTrue(run.out().contains("  request     ✗ " + said + "\n"), run.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--client | a COMMAND is missing; write one such as -- ./client {url}, or use --wait or --browser",
        "--client ./x {url} | './x': write -- before the command, as in -- ./client {url}",
        "--client -- ./x | the command has no {url}; write it where the URL belongs, as in -- ./x {url}",
        "--client --wait -- ./x {url} | --wait takes no command; start the client yourself, or omit --wait",
        "--client --wait --browser | --browser cannot be combined with --wait",
        "--client --wait --parallel 2 | --parallel cannot be combined with --wait: cases run in turn",
        "--client --header A:b -- ./x {url} | --header is about a server; leave it out with --client",
        "--client --yes -- ./x {url} | --yes is about a server; leave it out with --client",
        "--wait :8080 | --wait is about a client; add --client",
        "--port 1 :8080 | --port is about a client; add --client",
        "--client --port 99999 --wait | --port: '99999' is not a port from 0 to 65535",
        ":8080 :8081 | unexpected argument ':8081'",
        "--client --case nothing/* --wait | no case matches 'nothing/*'; --list shows all names",
      })
  void rejectsWrongOptions(String options, String error) {
    List<String> args = new ArrayList<>(List.of("check"));
    args.addAll(List.of(options.split(" ")));
    assertEquals(Run.misused("wscope check", error), Run.of(args.toArray(String[]::new)));
  }

  @Test
  void listsTheChosenCases() {
    Run run =
        Run.of(
            "check",
            "--client",
            "--list",
            "--case",
            "handshake/redirect/30[]*",
            "--case",
            "handshake/redirect/*");
    assertTrue(
        run.out().contains("the response 302 to another path, then the end of TCP\n"), run.out());
    assertTrue(run.out().endsWith("\n5 cases\n"), run.out());
  }
}
