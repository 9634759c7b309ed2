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
import java.util.stream.Stream;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import wscope.net.TlsKeys;
import wscope.support.RawClient;
import wscope.support.ServerProcess;
import wscope.support.WscopeCommand;

/** The jar that people run, serving with 64 MiB of heap, and what it takes of the machine. */
final class JarServer implements AutoCloseable {
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern HEAP = Pattern.compile("used (\\d+)K");

  /** How the event of the end of a connection tells of an exception that nobody expected. */
  private static final String A_BUG = "a bug in wscope: ";

  private static final String WELL = "well?";

  private final SocketFactory sockets;
  private final ServerProcess process;
  private final InetSocketAddress address;
  private final BlockingQueue<String> disconnected = new LinkedBlockingQueue<>();
  private volatile Consumer<String> listener = line -> {};
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();

  /** One for each event of a message that asks whether all is well. */
  private final Semaphore told = new Semaphore(0);

  /**
   * What the process takes.
   *
   * @param heap what is live, in KiB
   * @param rss resident memory, in KiB
   */
  record Figures(long threads, long descriptors, long heap, long rss) {}

  /**
   * @param tls whether it serves wss
   * @param options of serve, beside those for its port and its events
   */
  JarServer(boolean tls, String... options) throws IOException {
    sockets = tls ? TlsKeys.trustingAll().getSocketFactory() : SocketFactory.getDefault();
    List<String> args = new ArrayList<>(List.of("--host", "127.0.0.1", "--port", "0"));
    args.addAll(List.of("--format", "json", "--detail", "messages", "--preview", "16"));
    args.addAll(tls ? List.of("--tls") : List.of());
    args.addAll(List.of(options));
    process =
        WscopeCommand.ofJar("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch")
            // A certificate is made once for all tests, and not among the user's files.
            .with("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath())
            .serve(args.toArray(String[]::new));
    assertTrue(process.listening().startsWith("{\"type\":\"listening\""), process.listening());
    address = process.address();
    process.onLine(this::event, errors::add);
  }

  /** A client that has sent nothing but what TLS needs. */
  RawClient connect() throws IOException {
    return connect(address.getAddress());
  }

  /**
   * The same, from an address of its own.
   *
   * @param from one of this machine
   */
  RawClient connect(InetAddress from) throws IOException {
    return new RawClient(sockets.createSocket(address.getAddress(), address.getPort(), from, 0));
  }

  /** A connected socket, with TLS around it if the server wants that. */
  Socket through(Socket connected) throws IOException {
    return sockets instanceof SSLSocketFactory tls
        ? tls.createSocket(connected, "localhost", address.getPort(), true)
        : connected;
  }

  /** A client that has opened a WebSocket with a query. */
  RawClient open(String query) throws IOException {
    RawClient client = connect();
    client.send(RawClient.request(query));
    client.expectSwitch();
    return client;
  }

  /** Whether there is an event of a connection that has ended. */
  boolean hasGone() {
    return !disconnected.isEmpty();
  }

  /** The next event of a connection that has ended. */
  String gone() throws InterruptedException {
    String event = disconnected.poll(30, SECONDS);
    assertNotNull(event, () -> "no connection has ended; errors: " + errors);
    return event;
  }

  /** It still serves, and has nothing to complain of, be it on stderr or in an event. */
  void assertWell() throws Exception {
    // As a page of another site it does not hear what others say.
    try (RawClient client = connect()) {
      client.send(RawClient.requestOfAnotherSite());
      client.head();
      client.send(RawClient.text(WELL));
      client.expect(RawClient.echo(WELL));
    }
    // It is told of twice, as received and as sent, behind everything that came before.
    assertTrue(told.tryAcquire(2, 30, SECONDS), "the report tells of the last message");
    assertEquals(List.of(), List.copyOf(errors));
  }

  /** What it takes now, its garbage aside. */
  Figures figures() throws Exception {
    Path proc = Path.of("/proc", String.valueOf(process.pid()));
    jcmd("GC.run");
    long heap = number(HEAP, jcmd("GC.heap_info"));
    long rss = number(RSS, Files.readString(proc.resolve("status")));
    return new Figures(count(proc.resolve("task")), count(proc.resolve("fd")), heap, rss);
  }

  @Override
  public void close() {
    process.close();
  }

  /** Tells each event from now on, as its line of JSON. */
  void onEvent(Consumer<String> told) {
    listener = told;
  }

  InetSocketAddress address() {
    return address;
  }

  private void event(String line) {
    listener.accept(line);
    if (line.contains(A_BUG)) {
      errors.add(line);
    }
    if (line.startsWith("{\"type\":\"message\"") && line.contains(WELL)) {
      told.release();
    }
    if (line.startsWith("{\"type\":\"disconnected\"")) {
      disconnected.add(line);
    }
  }

  private String jcmd(String command) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked = new ProcessBuilder(tool, String.valueOf(process.pid()), command).start();
    String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, asked.waitFor(), answer);
    return answer;
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
