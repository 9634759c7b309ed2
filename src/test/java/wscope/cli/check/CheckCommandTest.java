package wscope.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import wscope.check.Case;
import wscope.check.Cases;
import wscope.cli.Run;
import wscope.protocol.Fault;
import wscope.protocol.Faults;
import wscope.protocol.FrameFault;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;
import wscope.report.json.EventSchema;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** {@code wscope check} against correct servers, broken ones, and those that are no WebSocket. */
@Timeout(120)
class CheckCommandTest {
  private static ServerThread server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Run check(int port, String path, String... options) {
    List<String> args = new ArrayList<>(List.of("check", "ws://127.0.0.1:" + port + path));
    args.addAll(Arrays.asList(options));
    return Run.of(args.toArray(String[]::new));
  }

  private static Run check(String path, String... options) {
    return check(server.address().getPort(), path, options);
  }

  @Test
  void theServerOfWscopePassesEverything() {
    Run run = check("/", "--parallel", "8", "--format", "json");
    assertEquals("", run.err());
    List<String> others =
        EventSchema.parse(EventSchema.check(run.out())).stream()
            .filter(line -> line.path("type").asText().equals("case"))
            .filter(line -> !line.path("outcome").asText().equals("pass"))
            .map(JsonNode::toString)
            .toList();
    assertEquals(List.of(), others);
    assertEquals(0, run.exitCode());
  }

  /** Without an echo, every case can still be judged, except what the server would send. */
  @Test
  void theServerOfWscopePassesEverythingWithoutAnEcho() {
    Run run = check("/?reply=none", "--group", "framing,fragments,close", "--parallel", "8");
    assertTrue(run.out().contains("\n  echo        messages do not come back;"), run.out());
    assertEquals(0, run.exitCode(), run.out());
    assertTrue(!run.out().contains("not judgeable\n  "), run.out());
  }

  static Stream<Fault> faults() {
    return Faults.of(Endpoint.SERVER).stream()
        .filter(fault -> fault.rule() != null && fault.rule() != Rule.STATUS_LINE_MALFORMED);
  }

  /** A server that breaks a rule is found by the case of that rule. */
  @ParameterizedTest
  @MethodSource("faults")
  void findsEachFault(Fault fault) {
    String id = fault.id();
    String name = fault instanceof FrameFault ? "sending/" + id : "handshake/" + id + "/response";
    String path = id.startsWith("subprotocol") ? "/?protocol=any&fault=" : "/?fault=";
    Run run = check(path + id, "--case", name, "--case-time", "500ms", "--format", "json");
    JsonNode found = null;
    for (JsonNode line : EventSchema.parse(EventSchema.check(run.out()))) {
      found = line.path("type").asText().equals("case") ? line : found;
    }
    assertTrue(found != null, run.out() + run.err());
    assertEquals(id, found.path("brokenRule").asText(), run.out());
    boolean error = fault.rule().isError();
    assertEquals(error ? "fail" : "lenient", found.path("outcome").asText(), run.out());
    assertEquals(error ? 1 : 0, run.exitCode(), run.out());
  }

  /** The columns: the fault of the server, a case of another rule, which it fails. */
  @ParameterizedTest
  @CsvSource({
    "frame-unfinished, framing/length/text/1, hang",
    "server-frame-masked, framing/length/text/1, fail",
    "accept-wrong, handshake/names/lower, fail",
  })
  void findsFaultsInOtherCases(String fault, String name, String outcome) {
    Run run = check("/?fault=" + fault, "--case", name, "--case-time", "300ms");
    assertTrue(run.out().contains("\n✗ " + name + "   " + outcome + "   "), run.out());
    assertEquals(1, run.exitCode());
  }

  static Stream<Case> reproducible() {
    return Cases.of(Endpoint.SERVER, 1).stream().filter(one -> one.fault() != null);
  }

  /** The commands of these cases, by the names of the cases. */
  private static Map<String, String> commands() {
    List<String> options = new ArrayList<>(List.of("--format", "json"));
    reproducible().forEach(one -> options.addAll(List.of("--case", one.id())));
    Map<String, String> commands = new HashMap<>();
    for (JsonNode line : EventSchema.parse(check("/", options.toArray(String[]::new)).out())) {
      commands.put(line.path("id").asText(), line.path("command").asText());
    }
    return commands;
  }

  /** The command that a failure names shows the reaction of the case again. */
  @TestFactory
  Stream<DynamicTest> theCommandsShowTheSameAgain() {
    Map<String, String> commands = commands();
    return reproducible()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.id(), () -> showsTheSameAgain(one, commands.get(one.id()))));
  }

  private static void showsTheSameAgain(Case one, String command) {
    String url = "ws://127.0.0.1:" + server.address().getPort() + "/";
    assertTrue(command.startsWith("wscope connect " + url), command);
    Run again = Run.of(command.substring("wscope ".length()).split(" "));
    Rule rule = one.rule();
    if (!rule.isError()) {
      assertEquals(0, again.exitCode(), again.out());
    } else if (rule.isOfHandshake()) {
      assertTrue(again.out().contains("\n< HTTP/1.1 " + rule.httpStatus() + " "), again.out());
    } else {
      assertTrue(
          again.out().contains("close code " + rule.closeCode())
              || again.out().contains("\"" + rule.title())
              || again.out().contains(rule.closeCode() + " "),
          again.out());
    }
  }

  @Test
  void showsTheProbe() {
    Run run = check("/", "--probe");
    assertEquals(
        """
        probe
          TCP         connected in TIME ms
          handshake   101, and the response fits the request
          offers      accepted: permessage-deflate
          ping        the pong came in TIME ms
          echo        messages come back unchanged
          close       a Close with 1000 (normal closure), then the end of TCP

        """,
        steady(run.out()));
    assertEquals(0, run.exitCode());
  }

  @Test
  void showsAFailureWithWhatToDo() {
    int port = server.address().getPort();
    Run run =
        check(
            "/?fault=server-frame-masked", "--case", "sending/server-frame-masked", "--seed", "5");
    assertEquals(
        """
        ✗ sending/server-frame-masked   fail   RFC 6455 §5.1
            sent       messages, a ping and a Close
            expected   nothing that breaks server-frame-masked
            came       A frame from a server is masked: MASK 1, in TIME ms
            rule       server-frame-masked
            look at    the line that writes the second byte of a frame: a server leaves
                       MASK (0x80) clear and writes no key
            again      wscope check 'ws://127.0.0.1:PORT/?fault=server-frame-masked' --case sending/server-frame-masked

        group      cases  pass  lenient  fail  hang  not judgeable
        sending    1      0     0        1     0     0              xxxxxxxxxxxxxxxxxxxx

        seed: 5
        """,
        steady(run.out().substring(run.out().indexOf("✗ sending"))).replace(":" + port, ":PORT"));
  }

  private static String steady(String out) {
    return out.replaceAll("in \\d+\\.\\d+ ms", "in TIME ms");
  }

  @Test
  void nothingListens() throws IOException {
    int port;
    try (CannedServer gone = new CannedServer(peer -> {})) {
      port = gone.port();
    }
    Run run = check(port, "/");
    assertEquals(3, run.exitCode());
    assertTrue(
        run.out().contains("cannot connect to 127.0.0.1 port " + port + ": nothing listens there"),
        run.out());
  }

  /** The columns: what the server sends, and the step of the probe. */
  @ParameterizedTest
  @CsvSource({
    "'', handshake   ✗ the server sent nothing",
    "SSH-2.0-OpenSSH_9.6, 'handshake   ✗ no HTTP response, but: SSH-2.0-OpenSSH_9.6'",
    "HTTP/1.1 404 Not Found, handshake   ✗ the response is 404 Not Found instead of 101",
  })
  void noWebSocketIsThere(String line, String step) throws IOException {
    try (CannedServer other =
        new CannedServer(
            peer -> {
              if (!line.isEmpty()) {
                peer.send(line + "\r\nContent-Length: 0\r\n\r\n");
              }
              peer.rest();
            })) {
      Run run = check(other.port(), "/", "--case-time", "300ms");
      assertEquals(4, run.exitCode());
      assertTrue(run.out().contains("\n  " + step + "\n"), run.out());
      assertTrue(!run.out().contains("group  "), run.out());
    }
  }

  /** A server that ends during a case: the report names that case and what did not run. */
  @Test
  void theServerEnds() throws IOException {
    AtomicReference<CannedServer> ended = new AtomicReference<>();
    AtomicInteger count = new AtomicInteger();
    try (CannedServer server =
        new CannedServer(
            peer -> {
              if (count.incrementAndGet() == 2) {
                ended.get().close();
              }
              peer.open();
              peer.rest();
            })) {
      ended.set(server);
      Run run = check(server.port(), "/", "--case", "framing/length/*", "--case-time", "200ms");
      assertEquals(1, run.exitCode(), run.out());
      assertTrue(
          run.out()
              .replaceAll("\\n +", " ")
              .contains("; the last case that reached the server was framing/length/text/0,"),
          run.out());
      assertTrue(
          run.out()
              .contains("\nleft out: 14 cases, because the server accepts no more connections\n"),
          run.out());
    }
  }

  @Test
  void theTimeIsOver() {
    Run run = check("/", "--total-time", "1ms", "--case", "close/*");
    assertEquals(1, run.exitCode(), run.out());
    assertTrue(run.out().contains(" because the time is over (--total-time)\n"), run.out());
  }

  @Test
  void anotherMachineNeedsConsent() {
    assertEquals(
        Run.misused(
            "wscope check",
            "192.0.2.1 is not this machine; if you may send broken requests to it, add --yes"),
        Run.of("check", "ws://192.0.2.1/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--case nothing/* | no case matches 'nothing/*'; --list shows all names",
      })
  void rejectsWrongOptions(String options, String error) {
    List<String> args = new ArrayList<>(List.of("check", ":1"));
    args.addAll(List.of(options.split(" ")));
    assertEquals(Run.misused("wscope check", error), Run.of(args.toArray(String[]::new)));
  }

  @Test
  void needsAUrl() {
    assertEquals(
        Run.misused(
            "wscope check",
            "a URL is missing; write one such as ws://localhost:8080/, or --client to check a client"),
        Run.of("check"));
  }

  @Test
  void listsTheChosenCases() {
    Run run = Run.of("check", "--list", "--case", "close/code/100*");
    assertEquals(
        """
        close/code/1000                                     must    a Close with 1000
        close/code/1001                                     must    a Close with 1001
        close/code/1002                                     must    a Close with 1002
        close/code/1003                                     must    a Close with 1003
        close/code/1007                                     must    a Close with 1007
        close/code/1008                                     must    a Close with 1008
        close/code/1009                                     must    a Close with 1009
        7 cases
        """,
        run.out());
  }

  @Test
  void separatesEvenTheLongestNameFromItsStrictness() {
    List<String> lines = Run.of("check", "--list", "--all").out().lines().toList();
    for (String line : lines.subList(0, lines.size() - 1)) {
      assertTrue(line.matches("\\S+ {2,}(must|should|open) {2,}\\S.*"), line);
    }
    assertEquals(Cases.of(Endpoint.SERVER, 1).size() + 1, lines.size());
  }

  @Test
  void writesAFileForCi(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("results.xml");
    String url = "ws://127.0.0.1:" + server.address().getPort() + "/?fault=accept-wrong";
    Run run =
        check(
            "/?fault=accept-wrong",
            "--case",
            "handshake/accept-*/response",
            "--junit",
            file.toString());
    assertEquals(1, run.exitCode());
    String xml = Files.readString(file);
    assertTrue(
        xml.contains(
            "<testsuite name=\"handshake\" tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"0\">"),
        xml);
    assertTrue(
        xml.startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"" + url),
        xml);
  }

  @Test
  void failsOnlyOnWhatIsWorseThanTheBaseline(@TempDir Path folder) throws IOException {
    String[] broken = {"--case", "handshake/accept-*/response", "--format", "json"};
    Path before = folder.resolve("before.json");
    Files.writeString(before, check("/?fault=accept-wrong", broken).out());
    Run same =
        check(
            "/?fault=accept-wrong",
            "--case",
            "handshake/accept-*/response",
            "--baseline",
            before.toString());
    assertEquals(0, same.exitCode(), same.out());
    assertTrue(same.out().contains("\nnothing is worse than in the baseline\n"), same.out());
    Run other =
        check(
            "/?fault=accept-missing",
            "--case",
            "handshake/accept-*/response",
            "--baseline",
            before.toString());
    assertEquals(1, other.exitCode(), other.out());
    assertTrue(
        other.out().contains("\nworse than in the baseline: handshake/accept-missing/response\n"),
        other.out());
  }

  @Test
  void rejectsABaselineThatIsNone(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("none.json");
    Files.writeString(file, "{\"type\":\"stopped\"}\n");
    assertEquals(
        Run.misused(
            "wscope check",
            file
                + " holds no results: line 1 of the recording: no line is the result of a case;"
                + " make it with --format json"),
        check("/", "--baseline", file.toString()));
  }

  /** The lines of a page that JSON has too, without their times. */
  private static List<String> results(String lines) {
    return lines
        .lines()
        .filter(line -> line.matches("\\{\"type\":\"(probe-step|case|check)\".*"))
        .toList();
  }

  @Test
  void thePageHasTheEventsOfTheJson(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("check.html");
    Run run =
        check(
            "/?fault=accept-wrong",
            "--case",
            "handshake/accept-*/response",
            "--format",
            "json",
            "--html",
            file.toString(),
            "--auth",
            "ann:pass",
            "--cookie=sid=12");
    assertEquals(1, run.exitCode(), run.err());
    String page = Files.readString(file);
    assertEquals(6, results(run.out()).stream().filter(one -> one.contains("probe-step")).count());
    assertEquals(results(run.out()), results(page));
    assertTrue(page.contains("\"--auth\",\"[redacted]\",\"--cookie=[redacted]\"]"), page::toString);
    assertTrue(!page.contains("ann:pass") && !page.contains("sid=12"));
    assertTrue(page.contains("{\"type\":\"report-end\",\"finished\":true ,\"reason\":\"\""));
  }

  @Test
  void thePageSaysWhyNoCaseRan(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("check.html");
    try (CannedServer other = new CannedServer(peer -> peer.rest())) {
      Run run = check(other.port(), "/", "--case-time", "100ms", "--html", file.toString());
      assertEquals(4, run.exitCode());
    }
    String page = Files.readString(file);
    assertTrue(page.contains("\"found\":\"the server sent nothing\""), page::toString);
    assertTrue(page.contains("\"reason\":\"the probe failed\""), page::toString);
  }

  @Test
  void keepsAnEarlierPage(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("check.html"), "mine");
    Run run = check("/", "--probe", "--html", file.toString());
    assertEquals(
        new Run(
            3,
            "",
            "wscope: " + file + " already exists; choose another name for --html, or remove it\n"),
        run);
    assertEquals("mine", Files.readString(file));
  }
}
