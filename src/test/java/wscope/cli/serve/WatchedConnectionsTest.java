package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import wscope.connection.Timeouts;
import wscope.net.LinkLimits;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.ViewOptions;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.ServerThread;

/** What a watcher is told, over real connections, and what the report shows meanwhile. */
@Timeout(60)
class WatchedConnectionsTest {
  private static final String TOKEN = "00112233445566778899aabbccddeeff";
  private static final LinkLimits SMALL = new LinkLimits(64 << 10, Duration.ofSeconds(30));

  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private ServerThread server;

  @BeforeEach
  void start() throws IOException {
    ViewOptions view = new ViewOptions(Detail.FRAMES, 4096, false);
    JsonReport report = new JsonReport(out, LiveView.fixed(view), InstantSource.system());
    Settings usual = Settings.DEFAULT;
    Server served =
        new Server(
            new Settings(
                usual.limits(),
                usual.timeouts(),
                SMALL,
                usual.maxConnections(),
                usual.policy(),
                usual.parameters(),
                usual.behaviour(),
                false,
                usual.wording()),
            new ServeEvents(report, Timeouts.DEFAULT));
    server = ServerThread.listening(served).start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void aWatcherIsToldWhatTheReportShows() throws Exception {
    Heard told = new Heard(true);
    Heard heard = new Heard(true);
    WebSocket watcher = connect("watch=" + TOKEN, told);
    WebSocket client = connect("watched=" + TOKEN, heard);
    client.sendText("h\u00e9", true).join();
    heard.await("h\u00e9");
    client.sendClose(4001, "bye").join();
    String feed = told.await("\"disconnected\"");
    watcher.sendClose(1000, "").join();
    told.closed.get(10, SECONDS);
    stop();

    String shown = EventSchema.check(out.toString(UTF_8));
    assertEquals(
        lines(shown, "\"connection\":2", "\"type\":\"watched\""),
        lines(EventSchema.check(feed), "", "none"));
    assertEquals("connected watches disconnected", types(lines(shown, "\"connection\":1", "none")));
    assertEquals(
        "connected watched handshake handshake frame message frame message frame close frame close"
            + " end end disconnected",
        types(lines(shown, "\"connection\":2", "none")));
  }

  @Test
  void aRefusedHandshakeIsTold() throws Exception {
    Heard told = new Heard(true);
    connect("watch=" + TOKEN, told);
    CompletionException refused = null;
    try {
      connect("status=503&watched=" + TOKEN, new Heard(true));
    } catch (CompletionException e) {
      refused = e;
    }
    assertTrue(refused != null && refused.getCause() instanceof WebSocketHandshakeException);
    String feed = EventSchema.check(told.await("\"disconnected\""));
    assertEquals("connected handshake handshake disconnected", types(feed));
    assertTrue(feed.contains("\"status\":503"), feed);
  }

  @Test
  void nobodyIsToldOfAnotherToken() throws Exception {
    Heard told = new Heard(true);
    WebSocket watcher = connect("watch=" + TOKEN, told);
    Heard heard = new Heard(true);
    WebSocket other = connect("watched=" + TOKEN.replace('0', '1'), heard);
    other.sendText("secret", true).join();
    heard.await("secret");
    WebSocket unwatched = connect("reply=echo", heard);
    unwatched.sendText("secret too", true).join();
    heard.await("secret too");
    watcher.sendClose(1000, "").join();
    told.closed.get(10, SECONDS);
    assertEquals("", told.all());
  }

  @Test
  void whenTheWatcherLeavesTheConnectionGoesOn() throws Exception {
    Heard told = new Heard(true);
    Heard heard = new Heard(true);
    WebSocket watcher = connect("watch=" + TOKEN, told);
    WebSocket client = connect("watched=" + TOKEN, heard);
    told.await("\"handshake\"");
    watcher.sendClose(1000, "").join();
    told.closed.get(10, SECONDS);
    client.sendText("still there", true).join();
    heard.await("still there");
    Heard later = new Heard(true);
    connect("watch=" + TOKEN, later);
    client.sendText("who is told", true).join();
    heard.await("who is told");
    WebSocket second = connect("watched=" + TOKEN, new Heard(true));
    second.sendClose(1000, "").join();
    String feed = later.await("\"disconnected\"");
    assertEquals("", lines(feed, "\"connection\":2", "none"), "decided at the handshake");
  }

  @Test
  void aWatcherThatLagsIsToldHowMuchItMissed() throws Exception {
    int messages = 2000;
    Heard told = new Heard(false);
    Heard heard = new Heard(true);
    WebSocket watcher = connect("watch=" + TOKEN, told);
    WebSocket client = connect("watched=" + TOKEN, heard);
    String large = "x".repeat(4096);
    for (int i = 0; i < messages; i++) {
      client.sendText(large, true).join();
      heard.await(large);
      heard.forget();
    }
    watcher.request(Long.MAX_VALUE);
    // connected, two heads, and of each message and of its echo a frame and a message
    long expected = 3 + 4L * messages;
    long whole = 0;
    long missed = 0;
    while (whole + missed < expected) {
      String line = told.line();
      if (line.contains("\"type\":\"missed\"")) {
        EventSchema.check(line + "\n");
        missed += Long.parseLong(line.replaceAll(".*\"events\":(\\d+).*", "$1"));
      } else {
        whole++;
      }
    }
    assertEquals(expected, whole + missed);
    assertTrue(missed > 0 && whole > 10, "missed: " + missed);
  }

  private WebSocket connect(String query, Heard heard) {
    URI uri = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/?" + query);
    return http.newWebSocketBuilder().buildAsync(uri, heard).join();
  }

  /** The lines with one text and without another, their times left out. */
  private static String lines(String all, String with, String without) {
    return all.lines()
        .filter(line -> line.contains(with) && !line.contains(without))
        .map(line -> line.replaceAll("\"time\":\"[^\"]*\",", "") + "\n")
        .collect(Collectors.joining());
  }

  private static String types(String lines) {
    return lines
        .lines()
        .map(line -> line.replaceAll("^\\{\"type\":\"([a-z-]+)\".*", "$1"))
        .collect(Collectors.joining(" "));
  }

  /** A client that remembers all texts. */
  private static final class Heard implements WebSocket.Listener {
    private final boolean reads;
    private final StringBuilder all = new StringBuilder();
    private final StringBuilder partial = new StringBuilder();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    /**
     * @param reads whether it takes what comes from the start
     */
    private Heard(boolean reads) {
      this.reads = reads;
    }

    /** All that came up to the message that holds a text. */
    String await(String text) throws InterruptedException {
      while (all.indexOf(text) < 0) {
        String message = messages.poll(20, SECONDS);
        assertTrue(message != null, () -> text + " has not come, but " + all);
        all.append(message);
      }
      return all();
    }

    String all() {
      return all.toString();
    }

    void forget() {
      all.setLength(0);
    }

    /** The next line. */
    String line() throws InterruptedException {
      while (lines.isEmpty()) {
        String message = messages.poll(20, SECONDS);
        assertTrue(message != null, "no line has come");
        assertTrue(message.endsWith("\n"), "a message holds whole lines");
        lines.addAll(List.of(message.split("\n")));
      }
      return lines.remove();
    }

    @Override
    public void onOpen(WebSocket client) {
      if (reads) {
        client.request(Long.MAX_VALUE);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket client, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        messages.add(partial.toString());
        partial.setLength(0);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
