package wscope.cli.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
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
import wscope.support.RawClient;
import wscope.support.ServerThread;

/**
 * A whole server over loopback, and a client that sends it anything in any pieces: the server goes
 * on, tells of each connection from its beginning to one end, in text that is safe for a terminal
 * and in JSON that the schema allows, and breaks no rule unless it was asked to, neither in what it
 * says nor in what the client hears.
 */
public final class ServeFuzz {
  private static final byte[] REQUEST = RawClient.requestWithDeflate("");

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
    try (RawClient client = new RawClient(SERVED.running.address(), PATIENCE_MILLIS)) {
      send(client, opens, content, cuts);
      if (resets) {
        client.reset();
      } else {
        client.shutdownOutput();
        heard.listen(client);
      }
    } catch (SocketException | SocketTimeoutException e) {
      // The server has ended first, or was asked to take its time.
    }
    return heard;
  }

  private static void send(RawClient client, boolean opens, byte[] content, int... cuts)
      throws IOException {
    if (opens) {
      client.send(REQUEST);
    }
    int from = 0;
    for (int cut : cuts) {
      client.send(Arrays.copyOfRange(content, from, cut));
      from = cut;
    }
    client.send(Arrays.copyOfRange(content, from, content.length));
  }

  /** What a client has got, and whether that is all. */
  private static final class Heard {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean whole;

    void listen(RawClient client) throws IOException {
      byte[] piece = new byte[1 << 12];
      int count = 0;
      while (count >= 0 && bytes.size() < MOST_READ) {
        bytes.write(piece, 0, count);
        count = client.read(piece);
      }
      whole = count < 0;
    }
  }

  /** The server, on a thread of its own, and what it has told. */
  private static final class Served {
    private final Told text = new Told();
    private final Told plain = new Told();
    private final Told json = new Told();
    private final ServerThread running;
    private long connections;

    private Served() throws IOException {
      ViewOptions view = new ViewOptions(Detail.BITS, 4096, true);
      Report report =
          new TeeReport(
              new TeeReport(
                  new TextReport(new Screen(text, true, true), LiveView.fixed(view)),
                  new TextReport(new Screen(plain, false, true), LiveView.fixed(view))),
              new JsonReport(json, LiveView.fixed(view), InstantSource.system()));
      ServeEvents events = new ServeEvents(report, Settings.DEFAULT.timeouts());
      running = ServerThread.listening(new Server(Settings.DEFAULT, events)).start();
    }

    static Served start() {
      try {
        return new Served();
      } catch (IOException e) {
        throw new IllegalStateException(e);
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
      assertNull(running.takeFailure());
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
