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
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import wscope.connection.Timeouts;
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
 * A whole server over loopback, and a client that sends any bytes in any pieces. The server keeps
 * running and reports each connection from its start to a single end, as text that is safe for a
 * terminal and as JSON that matches the schema. Its output breaks no rule unless the client asked
 * for a fault.
 */
public final class ServeFuzz {
  private static final byte[] REQUEST = RawClient.requestWithDeflate("");

  /** How long the client waits; it may have asked the server to be slow. */
  private static final int TIMEOUT_MILLIS = 20;

  /** The server ends what it withholds soon after the client has stopped waiting. */
  private static final int LONGEST_WITHHOLDING_MILLIS = 40;

  private static final long REPORT_TIMEOUT_MILLIS = 30_000;

  /** In bytes; a response may be endless. */
  private static final int MAX_READ = 1 << 20;

  private static final Served SERVED = Served.start();

  private ServeFuzz() {}

  /** Settings: whether a valid request precedes the bytes, whether the client resets, cuts. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    FuzzInput input = new FuzzInput(bytes);
    boolean opens = input.flag();
    boolean resets = input.flag();
    int seed = input.below(256);
    byte[] content = input.rest();
    boolean correct = opens || new String(content, ISO_8859_1).indexOf('?') < 0;
    try {
      Received received = converse(opens, resets, content, FuzzInput.cuts(seed, content.length));
      SERVED.checkConnection(correct);
      if (correct) {
        ServerOutput.check(
            opens ? REQUEST : new byte[0], received.bytes.toByteArray(), received.complete);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Received converse(boolean opens, boolean resets, byte[] content, int... cuts)
      throws IOException {
    Received received = new Received();
    try (RawClient client = new RawClient(SERVED.running.address(), TIMEOUT_MILLIS)) {
      send(client, opens, content, cuts);
      if (resets) {
        client.reset();
      } else {
        client.shutdownOutput();
        received.readFrom(client);
      }
    } catch (SocketException | SocketTimeoutException e) {
      // The server ended the connection first, or is slow on request.
    }
    return received;
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

  /** The bytes that the client received. */
  private static final class Received {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean complete;

    void readFrom(RawClient client) throws IOException {
      byte[] piece = new byte[1 << 12];
      int count = 0;
      while (count >= 0 && bytes.size() < MAX_READ) {
        bytes.write(piece, 0, count);
        count = client.read(piece);
      }
      complete = count < 0;
    }
  }

  /** The server, on its own thread, and its reports. */
  private static final class Served {
    private final Output text = new Output();
    private final Output plain = new Output();
    private final Output json = new Output();
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
      Settings usual = Settings.DEFAULT;
      Timeouts timeouts =
          new Timeouts(
              usual.timeouts().handshake(),
              usual.timeouts().close(),
              Duration.ofMillis(LONGEST_WITHHOLDING_MILLIS));
      Settings settings =
          new Settings(
              usual.limits(),
              timeouts,
              usual.link(),
              usual.maxConnections(),
              usual.policy(),
              usual.parameters(),
              usual.behaviour(),
              usual.queries(),
              usual.wording());
      ServeEvents events = new ServeEvents(report, timeouts, 0);
      running = ServerThread.listening(new Server(settings, events)).start();
    }

    static Served start() {
      try {
        return new Served();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    /**
     * Checks the report of the last connection.
     *
     * @param correct whether the client did not ask for faults
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
      // The text was written before the JSON of the same round.
      SafeOutput.assertSafe(text.take(), true, true);
      SafeOutput.assertSafe(plain.take(), false, true);
    }

    /** Fails if the server broke a rule or sent more than one Close. */
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

  /** Output of another thread. */
  private static final class Output extends OutputStream {
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

    /** Waits for a complete line that begins like this, and takes all output. */
    synchronized byte[] takeFrom(String start) throws InterruptedException {
      long deadline = System.currentTimeMillis() + REPORT_TIMEOUT_MILLIS;
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
