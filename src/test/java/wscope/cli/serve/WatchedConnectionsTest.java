package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
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
import wscope.serve.Queries;
import wscope.serve.Server;
import wscope.serve.Settings;
import wscope.support.ServerThread;

/** The events that a watcher receives over real connections, compared with the report. */
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
                Queries.LENIENT,
                usual.wording()),
            new ServeEvents(report, Timeouts.DEFAULT, 0));
    server = ServerThread.listening(served).start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void sendsTheEventsOfTheReport() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket watcher = connect("watch=" + TOKEN, feed);
    WebSocket client = connect("watched=" + TOKEN, echoes);
    client.sendText("h\u00e9", true).join();
    echoes.await("h\u00e9");
    client.sendClose(4001, "bye").join();
    String events = feed.await("\"disconnected\"");
    watcher.sendClose(1000, "").join();
    feed.closed.get(10, SECONDS);
    stop();

    String shown = EventSchema.check(out.toString(UTF_8));
    assertEquals(
        lines(shown, "\"connection\":2", "\"type\":\"watched\""),
        lines(EventSchema.check(events), "", "none"));
    assertEquals("connected watches disconnected", types(lines(shown, "\"connection\":1", "none")));
    assertEquals(
        "connected watched handshake handshake frame message frame message frame close frame close"
            + " end end disconnected",
        types(lines(shown, "\"connection\":2", "none")));
  }

  @Test
  void sendsTheEventsOfARejectedHandshake() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    connect("watch=" + TOKEN, feed);
    CompletionException rejected = null;
    try {
      connect("status=503&watched=" + TOKEN, new MessageRecorder(true));
    } catch (CompletionException e) {
      rejected = e;
    }
    assertTrue(rejected != null && rejected.getCause() instanceof WebSocketHandshakeException);
    String events = EventSchema.check(feed.await("\"disconnected\""));
    assertEquals("connected handshake handshake body disconnected", types(events));
    assertTrue(events.contains("The status parameter requests this response."), events);
    assertTrue(events.contains("\"status\":503"), events);
  }

  @Test
  void sendsNoEventsOfAnotherToken() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    WebSocket watcher = connect("watch=" + TOKEN, feed);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket other = connect("watched=" + TOKEN.replace('0', '1'), echoes);
    other.sendText("secret", true).join();
    echoes.await("secret");
    WebSocket unwatched = connect("reply=echo", echoes);
    unwatched.sendText("secret too", true).join();
    echoes.await("secret too");
    watcher.sendClose(1000, "").join();
    feed.closed.get(10, SECONDS);
    assertEquals("", feed.all());
  }

  @Test
  void theConnectionContinuesWhenTheWatcherDisconnects() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket watcher = connect("watch=" + TOKEN, feed);
    WebSocket client = connect("watched=" + TOKEN, echoes);
    feed.await("\"handshake\"");
    watcher.sendClose(1000, "").join();
    feed.closed.get(10, SECONDS);
    client.sendText("still there", true).join();
    echoes.await("still there");
    MessageRecorder later = new MessageRecorder(true);
    connect("watch=" + TOKEN, later);
    client.sendText("unwatched", true).join();
    echoes.await("unwatched");
    WebSocket second = connect("watched=" + TOKEN, new MessageRecorder(true));
    second.sendClose(1000, "").join();
    String events = later.await("\"disconnected\"");
    assertEquals(
        "", lines(events, "\"connection\":2", "none"), "the watcher is assigned at the handshake");
  }

  @Test
  void countsTheEventsThatALaggingWatcherMissed() throws Exception {
    int messages = 2000;
    MessageRecorder feed = new MessageRecorder(false);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket watcher = connect("watch=" + TOKEN, feed);
    WebSocket client = connect("watched=" + TOKEN, echoes);
    String large = "x".repeat(4096);
    for (int i = 0; i < messages; i++) {
      client.sendText(large, true).join();
      echoes.await(large);
      echoes.clear();
    }
    watcher.request(Long.MAX_VALUE);
    // "connected", two heads, and a frame and a message for each message and each echo.
    long expected = 3 + 4L * messages;
    long received = 0;
    long missed = 0;
    while (received + missed < expected) {
      String line = feed.line();
      if (line.contains("\"type\":\"missed\"")) {
        EventSchema.check(line + "\n");
        missed += Long.parseLong(line.replaceAll(".*\"events\":(\\d+).*", "$1"));
      } else {
        received++;
      }
    }
    assertEquals(expected, received + missed);
    assertTrue(missed > 0 && received > 10, "missed: " + missed);
  }

  @Test
  void thePageReceivesTheEventsOfAllConnections() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket page = connectPage(feed);
    WebSocket client = connect("", echoes);
    client.sendText("h\u00e9", true).join();
    echoes.await("h\u00e9");
    client.sendClose(4001, "bye").join();
    String events = feed.await("\"disconnected\"");
    page.sendClose(1000, "").join();
    feed.closed.get(10, SECONDS);
    stop();
    String shown = EventSchema.check(out.toString(UTF_8));
    assertEquals(
        lines(shown, "\"connection\":2,\"all\":true}", "none")
            + lines(shown, "\"connection\":3", "none"),
        lines(EventSchema.check(events), "", "none"));
    assertEquals("connected watches disconnected", types(lines(shown, "\"connection\":2", "none")));
  }

  /** The page begins with the next frame, and shows no message whose start it has missed. */
  @Test
  void thePageFollowsAConnectionThatIsAlreadyOpen() throws Exception {
    MessageRecorder feed = new MessageRecorder(true);
    MessageRecorder again = new MessageRecorder(true);
    MessageRecorder echoes = new MessageRecorder(true);
    WebSocket client = connect("", echoes);
    client.sendText("before", true).join();
    echoes.await("before");
    client.sendText("the start ", false).join();
    client.sendPing(ByteBuffer.wrap(new byte[] {1})).join();
    echoes.pong.get(10, SECONDS);
    WebSocket page = connectPage(feed);
    client.sendText("and the end", true).join();
    echoes.await("the start and the end");
    String first = feed.await("the start and the end");
    assertEquals(
        "watches watched frame frame", types(lines(EventSchema.check(first), "", "\"message\"")));
    assertTrue(first.contains("\"watcher\":3,\"late\":true}"), first);
    page.sendClose(1000, "").join();
    feed.closed.get(10, SECONDS);

    connectPage(again);
    client.sendText("after", true).join();
    client.sendClose(1000, "").join();
    String second = EventSchema.check(again.await("\"disconnected\""));
    assertEquals(
        "watches watched frame message frame message frame close frame close end end disconnected",
        types(second));
    stop();
    String shown = EventSchema.check(out.toString(UTF_8));
    String all = lines(shown, "\"connection\":1,", "\"end\"");
    String seen = lines(second, "\"connection\":1,", "\"watched\"");
    assertTrue(all.endsWith(lines(seen, "", "\"end\"")), all);
  }

  /** Connects as the test page does. */
  private WebSocket connectPage(MessageRecorder feed) throws Exception {
    String origin = "http://127.0.0.1:" + server.address().getPort();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Accept", "text/html")
            .build();
    String page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    String token = page.replaceAll("(?s).* data-token=\"([0-9a-f]{32})\".*", "$1");
    URI uri = URI.create(origin.replace("http", "ws") + "/?watch=" + token);
    return http.newWebSocketBuilder().header("Origin", origin).buildAsync(uri, feed).join();
  }

  private WebSocket connect(String query, MessageRecorder echoes) {
    URI uri = URI.create("ws://127.0.0.1:" + server.address().getPort() + "/?" + query);
    return http.newWebSocketBuilder().buildAsync(uri, echoes).join();
  }

  /** The lines that contain one text and not the other, without their times. */
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

  /** Records the text messages of a client. */
  private static final class MessageRecorder implements WebSocket.Listener {
    private final boolean reads;
    private final StringBuilder all = new StringBuilder();
    private final StringBuilder partial = new StringBuilder();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final CompletableFuture<ByteBuffer> pong = new CompletableFuture<>();

    /**
     * @param reads whether the client reads from the start
     */
    private MessageRecorder(boolean reads) {
      this.reads = reads;
    }

    /** Waits for a message that contains a text; returns all messages so far. */
    String await(String text) throws InterruptedException {
      while (all.indexOf(text) < 0) {
        String message = messages.poll(20, SECONDS);
        assertTrue(message != null, () -> text + " is missing in " + all);
        all.append(message);
      }
      return all();
    }

    String all() {
      return all.toString();
    }

    void clear() {
      all.setLength(0);
    }

    /** The next line. */
    String line() throws InterruptedException {
      while (lines.isEmpty()) {
        String message = messages.poll(20, SECONDS);
        assertTrue(message != null, "no line has arrived");
        assertTrue(message.endsWith("\n"), "a message ends inside a line");
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
    public CompletionStage<?> onPong(WebSocket client, ByteBuffer data) {
      pong.complete(data);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket client, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
