package wscope.cli.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;
import wscope.report.json.EventSchema;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.CannedServer;
import wscope.support.QuietServer;
import wscope.support.ServerThread;

/** {@code wscope check --idle}: after which time a connection ends, and who ends it. */
@Timeout(60)
class CheckIdleTest {
  private static final String ADVICE =
      "send pings more often than that, or raise the limit: proxy_read_timeout in nginx,"
          + " timeout tunnel in haproxy";

  private static Run check(int port, String path, String... options) {
    List<String> args = new ArrayList<>(List.of("check", "ws://127.0.0.1:" + port + path));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  private static Run served(String path, String... options) throws IOException {
    try (ServerThread server =
        ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start()) {
      return check(server.address().getPort(), path, options);
    }
  }

  /** Everything after the probe, unwrapped, without the times. */
  private static String idle(Run run) {
    return run.out()
        .substring(run.out().indexOf("\nidle\n") + 1)
        .replaceAll("\\n {14}", " ")
        .replaceAll("\\d+(\\.\\d)? m?s\\b", "TIME");
  }

  @Test
  void theServerSendsAClose() throws IOException {
    Run run = served("/?close=1001:bye&after=50ms", "--idle=30s");
    assertEquals(
        "idle\n  idle        after TIME of silence, the server sent a Close with 1001 (going"
            + " away): bye "
            + ADVICE
            + "\n\n",
        idle(run));
    // The probe fails, because this server closes before the client of the probe does.
    assertEquals("", run.err());
  }

  @Test
  void nothingEndsTheConnection() throws IOException {
    Run run = served("/", "--idle=100ms");
    assertEquals("idle\n  idle        nothing ended the connection within TIME\n\n", idle(run));
    assertEquals(0, run.exitCode(), run.out());
  }

  @Test
  void showsPingsAndMessagesOfTheServer() throws IOException {
    Run run = served("/?ping=20ms&greet=hello&every=1h", "--idle=300ms");
    String shown = idle(run).replaceAll("; [2-9]\\d* pings|; 1\\d pings", "; N pings");
    String rest = "; 1 other frame came, so the connection was not idle\n";
    assertEquals(
        "idle\n"
            + "  idle        nothing ended the connection within TIME; N pings came and got pongs"
            + rest
            + "  no pongs    nothing ended the connection within TIME; N pings came and got no pong"
            + rest
            + "\n",
        shown);
  }

  /** What the server does with the connections that are idle. The probe gets a whole WebSocket. */
  private static Run canned(CannedServer.Treatment idle, String... options) throws IOException {
    int[] count = {0};
    try (CannedServer server =
        new CannedServer(
            peer -> {
              peer.open();
              if (count[0]++ > 0) {
                idle.of(peer);
                return;
              }
              // The pong for the ping "probe", and the Close.
              peer.send("\u008a\u0005probe\u0088\u0002\u0003\u00e8");
              peer.rest();
            })) {
      return check(server.port(), "/", options);
    }
  }

  @Test
  void tcpEndsWithoutAClose() throws IOException {
    Run run = canned(peer -> {}, "--idle=30s");
    assertEquals(
        "idle\n  idle        after TIME of silence, TCP ended (FIN) without a Close: by a proxy"
            + " between, or by a server that sends none "
            + ADVICE
            + "\n\n",
        idle(run));
  }

  @Test
  void tcpIsReset() throws IOException {
    Run run = canned(peer -> peer.socket().setSoLinger(true, 0), "--idle=30s");
    assertTrue(idle(run).contains(" of silence, TCP was reset (RST) without a Close: "), run.out());
  }

  /** A middlebox may drop a connection without a word: only the ping shows it. */
  @Test
  void aPingShowsThatTheConnectionIsGone() throws IOException {
    Run run = canned(CannedServer.Peer::rest, "--idle=100ms", "--case-time=300ms");
    assertEquals(
        "idle\n  idle        nothing ended the connection within TIME, but then a ping got no pong:"
            + " something between has dropped the connection, or the server hangs "
            + ADVICE
            + "\n\n",
        idle(run));
  }

  @Test
  void answersThePingsOnOneConnectionOnly() throws IOException {
    List<Integer> replies = Collections.synchronizedList(new ArrayList<>());
    canned(
        peer -> {
          peer.send("\u0089\u0001x");
          replies.add(peer.socket().getInputStream().read());
          peer.send("\u0088\u0000");
        },
        "--idle=200ms");
    Collections.sort(replies);
    // One sends its own ping at the end, the other a pong.
    assertEquals(List.of(0x89, 0x8a), replies);
  }

  @Test
  void writesJson() throws IOException {
    Run run = served("/", "--idle=50ms", "--format", "json");
    List<JsonNode> lines = EventSchema.parse(EventSchema.check(run.out()));
    JsonNode last = lines.get(lines.size() - 1);
    assertEquals("idle", last.path("name").asText());
    assertEquals("done", last.path("state").asText());
    assertEquals("nothing ended the connection within 50 ms", last.path("found").asText());
  }

  /** The columns: what follows {@code check}, and the time that wscope waits, or the error. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--idle=80ms URL | 80 ms",
        "--idle 80ms URL | 80 ms",
        "URL --idle 80ms | 80 ms",
        "--idle --idle=80ms URL | --idle is given twice; give it once",
        "--idle 80 URL | '80' has no unit; add ms, s, m or h",
        "--idle=URL | 'URL' is not a time; write a whole number with a unit",
      })
  void takesATimeButNoUrl(String words, String expected) throws IOException {
    try (ServerThread server =
        ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start()) {
      String url = ":" + server.address().getPort();
      Run run = Run.of(("check " + words.replace("URL", url)).split(" "));
      String shown = run.out() + run.err();
      assertTrue(shown.contains(expected.replace("URL", url)), shown);
      assertEquals(expected.equals("80 ms") ? 0 : 2, run.exitCode(), shown);
    }
  }

  /** The server ends before the usual time is over. */
  @ParameterizedTest
  @ValueSource(strings = {"--idle URL", "URL --idle", "--idle --seed 3 URL"})
  void needsNoTime(String words) throws IOException {
    try (ServerThread server =
        ServerThread.listening(new Server(Settings.DEFAULT, new QuietServer())).start()) {
      String url = ":" + server.address().getPort() + "/?close=1001:bye&after=50ms";
      Run run = Run.of(("check " + words.replace("URL", url)).split(" "));
      assertTrue(idle(run).contains("the server sent a Close with 1001"), run.out() + run.err());
    }
  }

  @Test
  void isNotForClients() {
    assertEquals(
        Run.misused("wscope check", "--idle is about a server; leave it out with --client"),
        Run.of("check", "--client", "--idle=1s", "--", "true", "{url}"));
  }
}
