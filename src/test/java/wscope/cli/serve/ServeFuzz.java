package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import wscope.fuzz.FuzzInput;
import wscope.fuzz.SafeOutput;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Report;
import wscope.report.TeeReport;
import wscope.report.ViewOptions;
import wscope.report.json.EventSchema;
import wscope.report.json.JsonReport;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;
import wscope.serve.Server;
import wscope.serve.Settings;

/**
 * A whole server over loopback, and a client that sends it anything in any pieces: the server goes
 * on, tells of each connection from its beginning to one end, in text that is safe for a terminal
 * and in JSON that the schema allows, and breaks no rule unless it was asked to, neither in what it
 * says nor in what the client hears.
 */
public final class ServeFuzz {
  private static final byte[] REQUEST =
      """
      GET / HTTP/1.1\r
      Host: localhost\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      Sec-WebSocket-Extensions: permessage-deflate\r
      \r
      """
          .getBytes(ISO_8859_1);

  /** How long a client waits for a server that was asked to be slow. */
  private static final int PATIENCE_MILLIS = 20;

  private static final long GUARD_MILLIS = 30_000;

  /** What a client reads of an endless answer. */
  private static final int MOST_READ = 1 << 20;

  private static final Served SERVED = Served.start();

  private ServeFuzz() {}

  /** Settings: whether a good request comes first, whether the client resets, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    boolean opens = input.flag();
    boolean resets = input.flag();
    int seed = input.below(256);
    byte[] content = input.rest();
    boolean correct = opens || new String(content, ISO_8859_1).indexOf('?') < 0;
    try {
      Heard heard = converse(opens, resets, content, FuzzInput.cuts(seed, content.length));
      SERVED.checkConnection(correct);
      if (correct) {
        ServerOutput.check(opens ? REQUEST : new byte[0], heard.bytes.toByteArray(), heard.whole);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Heard converse(boolean opens, boolean resets, byte[] content, int... cuts)
      throws IOException {
    Heard heard = new Heard();
    try (Socket socket = new Socket()) {
      socket.connect(SERVED.address);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      send(socket, opens, content, cuts);
      if (resets) {
        socket.setSoLinger(true, 0);
      } else {
        socket.shutdownOutput();
        heard.listen(socket.getInputStream());
      }
    } catch (SocketException | SocketTimeoutException e) {
      // The server has ended first, or was asked to take its time.
    }
    return heard;
  }

  private static void send(Socket socket, boolean opens, byte[] content, int... cuts)
      throws IOException {
    OutputStream out = socket.getOutputStream();
    if (opens) {
      out.write(REQUEST);
    }
    int from = 0;
    for (int cut : cuts) {
      out.write(content, from, cut - from);
      from = cut;
    }
    out.write(content, from, content.length - from);
  }

  /** What a client has got, and whether that is all. */
  private static final class Heard {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole;

    void listen(InputStream in) throws IOException {
      byte[] piece = new byte[1 << 12];
      int count = 0;
      while (count >= 0 && bytes.size() < MOST_READ) {
        bytes.write(piece, 0, count);
        count = in.read(piece);
      }
      whole = count < 0;
    }
  }

  /** The server, on a thread of its own, and what it has told. */
  private static final class Served {
    private final Told text = new Told();
    private final Told plain = new Told();
    private final Told json = new Told();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Server server;
    private final InetSocketAddress address;
    private long connections;

    private Served() throws IOException {
      ViewOptions view = new ViewOptions(Detail.BITS, 4096, true);
      Report report =
          new TeeReport(
              new TeeReport(
                  new TextReport(new Screen(text, true, true), LiveView.fixed(view)),
                  new TextReport(new Screen(plain, false, true), LiveView.fixed(view))),
              new JsonReport(json, LiveView.fixed(view), InstantSource.system()));
      server = new Server(Settings.DEFAULT, new ServeEvents(report, Settings.DEFAULT.timeouts()));
      address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static Served start() {
      try {
        Served served = new Served();
        Thread thread = new Thread(served::run, "server that is fuzzed");
        thread.setDaemon(true);
        thread.start();
        return served;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private void run() {
      try {
        server.run();
      } catch (IOException | RuntimeException | Error e) {
        failure.set(e);
      }
    }

    /**
     * The last connection was told to its end.
     *
     * @param correct whether the server was not asked to break rules
     */
    void checkConnection(boolean correct) throws InterruptedException {
      connections++;
      String end = "{\"type\":\"disconnected\"";
      String lines = new String(json.takeFrom(end), US_ASCII);
      assertEquals(null, failure.get());
      EventSchema.check(lines);
      String mine = "\"connection\":" + connections + ",";
      List<String> events = lines.lines().toList();
      assertTrue(events.stream().allMatch(line -> line.contains(mine)), lines);
      assertTrue(events.get(0).startsWith("{\"type\":\"connected\""), lines);
      assertEquals(1, count(events, end));
      assertTrue(events.get(events.size() - 1).startsWith(end), lines);
      assertFalse(lines.contains("\"trouble\":\"a bug"), lines);
      if (correct) {
        checkServer(events);
      }
      // They were written before the JSON of the same round.
      SafeOutput.assertSafe(text.take(), true, true);
      SafeOutput.assertSafe(plain.take(), false, true);
    }

    /** No violation, in a frame or beside one, and one Close at most. */
    private static void checkServer(List<String> events) {
      List<String> sent =
          events.stream().filter(line -> line.contains("\"sender\":\"server\"")).toList();
      assertTrue(
          sent.stream().noneMatch(line -> line.contains("\"violations\":[\"")), sent::toString);
      assertEquals(0, count(sent, "{\"type\":\"violation\""));
      assertTrue(count(sent, "{\"type\":\"close\"") <= 1, sent::toString);
    }

    private static long count(List<String> events, String start) {
      return events.stream().filter(line -> line.startsWith(start)).count();
    }
  }

  /** What was written, for another thread. */
  private static final class Told extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int length) {
      bytes.write(from, offset, length);
      notifyAll();
    }

    /** Everything, once a line that begins so has come to its end. */
    synchronized byte[] takeFrom(String start) throws InterruptedException {
      long deadline = System.currentTimeMillis() + GUARD_MILLIS;
      while (!hasLine(start)) {
        long left = deadline - System.currentTimeMillis();
        assertTrue(left > 0, () -> "no " + start + " in " + bytes.toString(ISO_8859_1));
        wait(left);
      }
      return take();
    }

    synchronized byte[] take() {
      byte[] taken = bytes.toByteArray();
      bytes.reset();
      return taken;
    }

    private boolean hasLine(String start) {
      String text = bytes.toString(ISO_8859_1);
      int at = text.lastIndexOf(start);
      return at >= 0 && text.indexOf('\n', at) >= 0;
    }
  }
}
