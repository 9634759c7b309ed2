package wscope.bench.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntFunction;
import wscope.protocol.Limits;
import wscope.protocol.MixedStreamReader;
import wscope.protocol.rule.Endpoint;
import wscope.report.Detail;
import wscope.report.LiveView;
import wscope.report.Totals;
import wscope.report.ViewOptions;
import wscope.report.text.Screen;
import wscope.report.text.TextReport;

/**
 * The cost of each of n, 2n and 4n things, which must stay the same. CPU time; in memory, the least
 * of many rounds.
 */
final class GrowthRun {
  private static final int ROUNDS = 60;
  private static final int[] TIMES = {1, 2, 4};
  private static final int CONNECTIONS = 1000;
  private static final int CONNECTION_ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Limits HIGH =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, 1 << 28, Integer.MAX_VALUE);

  private GrowthRun() {}

  static void run() throws IOException, InterruptedException {
    System.out.printf(
        "%nGrowth: CPU ns for each of n, 2n and 4n; the last two also as ratios to the first.%n");
    System.out.printf("%-28s %8s %9s %15s %15s%n", "", "n", "n", "2n", "4n");
    byte[] frame = Exchange.of(20, false).request();
    row("frames in a buffer", 5_000, n -> repeated(frame, n), Integer.MAX_VALUE);
    row("fragments of a message", 5_000, n -> Capture.fragments(n, 20), Integer.MAX_VALUE);
    row("one-byte reads", 20_000, n -> Arrays.copyOf(repeated(frame, n / frame.length + 1), n), 1);
    row("header lines", 500, GrowthRun::request, Integer.MAX_VALUE);
    connections();
  }

  private static byte[] repeated(byte[] bytes, int count) {
    ByteBuffer all = ByteBuffer.allocate(count * bytes.length);
    while (all.hasRemaining()) {
      all.put(bytes);
    }
    return all.array();
  }

  private static byte[] request(int lines) {
    return ("GET / HTTP/1.1\r\nHost: localhost\r\n"
            + "X-Something: what nobody asked for\r\n".repeat(lines)
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void row(String name, int n, IntFunction<byte[]> input, int cut) {
    double[] least = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < TIMES.length; i++) {
        int count = n * TIMES[i];
        least[i] = Math.min(least[i], decode(input.apply(count), cut) / count);
      }
    }
    print(name, n, least);
  }

  /** CPU nanoseconds to read and check everything and to print its messages. */
  private static double decode(byte[] bytes, int cut) {
    OutputStream out = OutputStream.nullOutputStream();
    TextReport report =
        new TextReport(
            new Screen(out, false, true),
            LiveView.fixed(new ViewOptions(Detail.MESSAGES, 80, false)));
    MixedStreamReader reader =
        new MixedStreamReader(Endpoint.CLIENT, HIGH, null, report.stream(new Totals()));
    ByteBuffer all = ByteBuffer.wrap(bytes);
    long start = THREADS.getCurrentThreadCpuTime();
    while (all.position() < bytes.length) {
      reader.feed(all.limit(all.position() + Math.min(cut, bytes.length - all.position())));
    }
    long time = THREADS.getCurrentThreadCpuTime() - start;
    reader.close();
    report.flush();
    return time;
  }

  /** The server's cost to open a connection, echo a message and close; means of all rounds. */
  private static void connections() throws IOException, InterruptedException {
    double[] nanos = {0, 0, 0};
    int all = CONNECTION_ROUNDS * TIMES[TIMES.length - 1] * CONNECTIONS;
    try (EchoServer server = EchoServer.wscope(Wire.PLAIN, "--detail", "none")) {
      for (int i = 0; i < CONNECTION_ROUNDS; i++) {
        openAndClose(server, TIMES[TIMES.length - 1] * CONNECTIONS); // until the JIT has finished
      }
      for (int round = 0; round < CONNECTION_ROUNDS; round++) {
        for (int i = 0; i < TIMES.length; i++) {
          double before = server.cpu();
          for (int again = TIMES[TIMES.length - 1] / TIMES[i]; again > 0; again--) {
            openAndClose(server, TIMES[i] * CONNECTIONS);
          }
          nanos[i] += (server.cpu() - before) * 1e9 / all;
        }
      }
    }
    print("connections, opened and used", CONNECTIONS, nanos);
  }

  private static void openAndClose(EchoServer server, int count) throws IOException {
    Exchange exchange = Exchange.of(20, false);
    try (EchoLoad load = new EchoLoad(server.port, Wire.PLAIN, exchange, count)) {
      load.closedLoop(1, 0.001);
    }
    // Once this one has its echo, the server has seen the others end.
    try (EchoLoad last = new EchoLoad(server.port, Wire.PLAIN, exchange, 1)) {
      last.closedLoop(1, 0.001);
    }
  }

  private static void print(String name, int n, double[] nanos) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %8d %9.0f %8.0f (%4.2f) %8.0f (%4.2f)%n",
        name,
        n,
        nanos[0],
        nanos[1],
        nanos[1] / nanos[0],
        nanos[2],
        nanos[2] / nanos[0]);
  }
}
