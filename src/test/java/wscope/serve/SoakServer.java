package wscope.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import wscope.net.TlsKeys;
import wscope.support.RawClient;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/** The real jar as a server with a small heap, and the resources that it uses. */
final class SoakServer implements AutoCloseable {
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

  /** How the last event of a connection reports an unexpected exception. */
  private static final String A_BUG = "a bug in wscope: ";

  private static final String HEALTH_CHECK = "health check";

  private final SocketFactory sockets;
  private final ServerProcess process;
  private final InetSocketAddress address;
  private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
  private volatile Consumer<String> listener = line -> {};
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();

  /** A permit for each reported message with the text of the health check. */
  private final Semaphore healthChecks = new Semaphore(0);

  /**
   * The resources that the process uses.
   *
   * @param heap live objects, in KiB
   * @param rss resident memory, in KiB
   */
  record Resources(long threads, long descriptors, long heap, long rss) {
    /**
     * Fails if the process keeps more after each round of the same work.
     *
     * <p>The JIT compilers allocate up to 30 MiB at any time and keep them, so one round may grow
     * the resident memory by that much. A leak grows it in every round: the least growth counts.
     *
     * @param rounds the resources after each round; the first round warms the process up
     * @param heap how much the live objects may grow over all rounds, in KiB
     * @param rss how much the resident memory may grow in every round, in KiB
     */
    static void assertNoLeak(List<Resources> rounds, long heap, long rss, String message) {
      Resources first = rounds.get(0);
      Resources last = rounds.get(rounds.size() - 1);
      assertTrue(last.threads() <= first.threads() + 2, message);
      assertTrue(last.descriptors() <= first.descriptors(), message);
      assertTrue(last.heap() <= first.heap() + heap, message);
      long leastGrowth =
          IntStream.range(1, rounds.size())
              .mapToLong(round -> rounds.get(round).rss() - rounds.get(round - 1).rss())
              .min()
              .orElseThrow();
      assertTrue(leastGrowth <= rss, message);
    }
  }

  /**
   * @param tls whether it serves wss
   * @param options further options of {@code serve}
   */
  SoakServer(boolean tls, String... options) throws IOException {
    this(64, tls, options);
  }

  /** A server without TLS and with this many MiB of heap. */
  static SoakServer withHeap(int heap) throws IOException {
    return new SoakServer(heap, false);
  }

  private SoakServer(int heap, boolean tls, String... options) throws IOException {
    sockets = tls ? TlsKeys.trustingAll().getSocketFactory() : SocketFactory.getDefault();
    List<String> args = new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0"));
    args.addAll(List.of("--format", "json", "--detail", "messages", "--preview", "16"));
    args.addAll(tls ? List.of("--tls") : List.of());
    args.addAll(List.of(options));
    process =
        WscopeCommand.ofJar("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:+AlwaysPreTouch")
            // One certificate for all tests, outside the user's cache directory.
            .with("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath())
            .serve(args.toArray(String[]::new));
    assertTrue(process.listening().startsWith("{\"type\":\"listening\""), process.listening());
    address = process.address();
    process.onLine(this::event, errors::add);
  }

  /** A client that is connected, with TLS if the server uses it, and has sent no request. */
  RawClient connect() throws IOException {
    return connect(address.getAddress());
  }

  /**
   * The same, from another local address.
   *
   * @param from an address of this machine
   */
  RawClient connect(InetAddress from) throws IOException {
    return new RawClient(sockets.createSocket(address.getAddress(), address.getPort(), from, 0));
  }

  /** Adds TLS to a connected socket if the server uses TLS. */
  Socket secured(Socket connected) throws IOException {
    return sockets instanceof SSLSocketFactory tls
        ? tls.createSocket(connected, "localhost", address.getPort(), true)
        : connected;
  }

  /** A client that has opened a WebSocket with a query. */
  RawClient open(String query) throws IOException {
    RawClient client = connect();
    client.send(RawClient.request(query));
    client.expectUpgrade();
    return client;
  }

  /** Whether {@link #nextDisconnected} can return without waiting. */
  boolean hasDisconnected() {
    return !disconnected.isEmpty();
  }

  /** Waits for the next event that reports the end of a connection. */
  String nextDisconnected() throws InterruptedException {
    String event = disconnected.poll(30, SECONDS);
    assertNotNull(event, () -> "no connection has ended; errors: " + errors);
    return event;
  }

  /** Fails unless the server still works and has reported no error, on stderr or in an event. */
  void assertHealthy() throws Exception {
    // A page of another site receives no broadcasts, which could come before the echo.
    try (RawClient client = connect()) {
      client.send(RawClient.crossOriginRequest());
      client.head();
      client.send(RawClient.text(HEALTH_CHECK));
      client.expect(RawClient.echo(HEALTH_CHECK));
    }
    // The message is reported twice, as received and as sent, after all earlier events.
    assertTrue(healthChecks.tryAcquire(2, 30, SECONDS), "the health check is not reported");
    assertEquals(List.of(), List.copyOf(errors));
  }

  /** The resources in use now, after a garbage collection. */
  Resources resources() throws Exception {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    jcmd("GC.run");
    long heap = number(HEAP, jcmd("GC.heap_info"));
    long rss = number(RSS, Files.readString(proc.resolve("status")));
    return new Resources(count(proc.resolve("task")), count(proc.resolve("fd")), heap, rss);
  }

  @Override
  public void close() {
    process.close();
  }

  /** Passes each further event to a consumer, as a line of JSON. */
  void onEvent(Consumer<String> consumer) {
    listener = consumer;
  }

  InetSocketAddress address() {
    return address;
  }

  private void event(String line) {
    listener.accept(line);
    if (line.contains(A_BUG)) {
      errors.add(line);
    }
    if (line.startsWith("{\"type\":\"message\"") && line.contains(HEALTH_CHECK)) {
      healthChecks.release();
    }
    if (line.startsWith("{\"type\":\"disconnected\"")) {
      disconnected.add(line);
    }
  }

  private String jcmd(String command) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process jcmd = new ProcessBuilder(tool, String.valueOf(process.pid()), command).start();
    String output = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, jcmd.waitFor(), output);
    return output;
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertTrue(matcher.find(), text);
    return Long.parseLong(matcher.group(1));
  }

  private static long count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.count();
    }
  }
}
