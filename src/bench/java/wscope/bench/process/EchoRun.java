package wscope.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** {@code serve} and Node's {@code ws} side by side: the same clients and messages, in turn. */
final class EchoRun {
  /** More bytes than these in flight at one time would measure memory, not the servers. */
  private static final long MOST_IN_FLIGHT = 256 << 20;

  /** CPU seconds of a server before it is measured, including those of the JIT. */
  private static final double WARM_UP = 4;

  private static final int ROUNDS = 3;

  /** How long a round lasts. */
  private static final double SECONDS = 0.5;

  /** The rate at which latencies are measured, as a share of what the slower server can do. */
  private static final double PACE = 0.5;

  /**
   * One row of the table.
   *
   * @param detail of {@code serve}; {@code ws} never prints
   * @param inFlight messages in flight on each connection
   */
  record Case(Wire wire, String detail, int connections, int bytes, int inFlight) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%-7s %-4s %5d x %7d B x %2d", wire, detail, connections, bytes, inFlight);
    }
  }

  private static final List<Case> QUICK =
      List.of(
          new Case(Wire.PLAIN, "none", 1, 20, 1),
          new Case(Wire.PLAIN, "none", 100, 20, 1),
          new Case(Wire.PLAIN, "none", 100, 20, 16),
          new Case(Wire.PLAIN, "none", 1000, 20, 1),
          new Case(Wire.PLAIN, "none", 100, 1 << 10, 1),
          new Case(Wire.PLAIN, "none", 100, 64 << 10, 1),
          new Case(Wire.PLAIN, "none", 1, 1 << 20, 1),
          new Case(Wire.PLAIN, "bits", 100, 20, 1),
          new Case(Wire.PLAIN, "bits", 100, 64 << 10, 1),
          new Case(Wire.TLS, "none", 100, 20, 1),
          new Case(Wire.TLS, "none", 100, 64 << 10, 1),
          new Case(Wire.DEFLATE, "none", 100, 1 << 10, 1));

  private EchoRun() {}

  /** A few cases. */
  static void quick() throws IOException, InterruptedException {
    table(QUICK);
  }

  /** All cases that fit into memory; several messages in flight if they are small. */
  static void full() throws IOException, InterruptedException {
    List<Case> cases = new ArrayList<>();
    for (Wire wire : Wire.values()) {
      for (String detail : List.of("none", "bits")) {
        for (int connections : new int[] {1, 100, 1000}) {
          cases.add(new Case(wire, detail, connections, 20, 16));
          for (int bytes : new int[] {20, 1 << 10, 64 << 10, 1 << 20}) {
            if ((long) connections * bytes <= MOST_IN_FLIGHT) {
              cases.add(new Case(wire, detail, connections, bytes, 1));
            }
          }
        }
      }
    }
    table(cases);
  }

  private static void table(List<Case> cases) throws IOException, InterruptedException {
    System.out.println(
        """

        Echo: serve next to ws, medians of rounds in turn. "by CPU" compares echoes per second of the
        server's CPU time; "latency" is p50/p99/p99.9 in µs at half the rate of the slower server,
        with one message in flight.
        wire    shown  connections x bytes x in flight   serve/s       ws/s   ratio  by CPU\
           latency of serve      of ws""");
    if (!EchoServer.hasWs()) {
      System.out.println(
          "without ws: npm ci --prefix src/test/interop --ignore-scripts installs it");
    }
    for (Case each : cases) {
      row(each);
    }
  }

  private static void row(Case each) throws IOException, InterruptedException {
    Exchange exchange = Exchange.of(each.bytes, each.wire == Wire.DEFLATE);
    try (EchoServer serve = EchoServer.wscope(each.wire, "--detail", each.detail);
        EchoLoad load = new EchoLoad(serve.port, each.wire, exchange, each.connections)) {
      Contender ours = new Contender(serve, load);
      if (!EchoServer.hasWs()) {
        rounds(each, List.of(ours));
        System.out.printf(Locale.ROOT, "%s %11.0f%n", each, ours.perSecond());
        return;
      }
      try (EchoServer ws = EchoServer.ws(each.wire);
          EchoLoad loadOfWs = new EchoLoad(ws.port, each.wire, exchange, each.connections)) {
        Contender theirs = new Contender(ws, loadOfWs);
        rounds(each, List.of(ours, theirs));
        System.out.printf(
            Locale.ROOT,
            "%s       %11.0f %10.0f %7s %7s%s%n",
            each,
            ours.perSecond(),
            theirs.perSecond(),
            ratio(ours.perSecond(), theirs.perSecond()),
            ratio(ours.perCpuSecond(), theirs.perCpuSecond()),
            each.inFlight == 1 ? latencies(ours, theirs) : "");
      }
    }
  }

  private static void rounds(Case each, List<Contender> contenders) throws IOException {
    for (Contender contender : contenders) {
      contender.warmUp(each.inFlight);
    }
    for (int i = 0; i < ROUNDS; i++) {
      for (Contender contender : contenders) {
        contender.round(each.inFlight);
      }
    }
  }

  /** A dash if a server has echoed nothing in most rounds. */
  private static String ratio(double ours, double theirs) {
    return ours == 0 || theirs == 0 ? "-" : String.format(Locale.ROOT, "%.2f", ours / theirs);
  }

  /** Only with one message in flight: bursts cannot be sent as fast one by one. */
  private static String latencies(Contender ours, Contender theirs) throws IOException {
    double rate = PACE * Math.min(ours.perSecond(), theirs.perSecond());
    return String.format(
        Locale.ROOT,
        "   %-20s  %s",
        percentiles(ours.load.paced(rate, SECONDS)),
        percentiles(theirs.load.paced(rate, SECONDS)));
  }

  private static String percentiles(EchoLoad.Result result) {
    Latencies all = result.latencies();
    return String.format(
        Locale.ROOT,
        "%d/%d/%d",
        all.percentile(0.5) / 1000,
        all.percentile(0.99) / 1000,
        all.percentile(0.999) / 1000);
  }

  /** A server and the results of its rounds. */
  private static final class Contender {
    private final EchoServer server;
    private final EchoLoad load;
    private final List<Double> perSecond = new ArrayList<>();
    private final List<Double> perCpuSecond = new ArrayList<>();

    Contender(EchoServer server, EchoLoad load) {
      this.server = server;
      this.load = load;
    }

    /** Runs until the server has used enough CPU time, on a busy machine too, but not forever. */
    void warmUp(int inFlight) throws IOException {
      double start = server.cpu();
      for (int i = 0; i < 20 && !(server.cpu() - start >= WARM_UP); i++) {
        load.closedLoop(inFlight, SECONDS);
      }
    }

    void round(int inFlight) throws IOException {
      double before = server.cpu();
      EchoLoad.Result result = load.closedLoop(inFlight, SECONDS);
      perSecond.add(result.perSecond());
      perCpuSecond.add(result.echoes() / (server.cpu() - before));
    }

    double perSecond() {
      return median(perSecond);
    }

    double perCpuSecond() {
      return median(perCpuSecond);
    }
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
