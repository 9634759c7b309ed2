package wscope.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code serve} and a rival side by side, by default Node's {@code ws}: the same clients and
 * messages, in turn.
 */
final class EchoRun {
  /** More bytes than these in flight at one time would measure memory, not the servers. */
  private static final long MOST_IN_FLIGHT = 256 << 20;

  /** CPU seconds of a server before it is measured, including those of the JIT. */
  private static final double WARM_UP = 4;

  /** The same beside a rival that is about as fast. */
  private static final double LONG_WARM_UP = 10;

  /** The maximum number of rounds to warm up, on a busy machine too. */
  private static final int MOST_WARM_UPS = 60;

  private static final int ROUNDS = 3;

  /** The same beside a rival that is about as fast. */
  private static final int MANY_ROUNDS = 9;

  /** How long a round lasts. */
  private static final double SECONDS = 0.5;

  /** The rate at which latencies are measured, as a share of what the slower server can do. */
  private static final double PACE = 0.5;

  /**
   * One row of the table.
   *
   * @param detail of {@code serve}; the others never print
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

  private static final List<Case> PROXY =
      List.of(
          new Case(Wire.PLAIN, "none", 100, 20, 1),
          new Case(Wire.PLAIN, "none", 10, 64 << 10, 1),
          new Case(Wire.PLAIN, "frames", 100, 20, 1),
          new Case(Wire.PLAIN, "frames", 10, 64 << 10, 1));

  private static final List<Case> BESIDE =
      List.of(
          new Case(Wire.PLAIN, "none", 100, 20, 1),
          new Case(Wire.PLAIN, "none", 100, 20, 16),
          new Case(Wire.PLAIN, "none", 10, 64 << 10, 1),
          new Case(Wire.PLAIN, "none", 1, 1 << 20, 1),
          new Case(Wire.PLAIN, "none", 4, 1 << 20, 1));

  /** Starts the other server. */
  interface Rival {
    EchoServer start(Wire wire) throws IOException, InterruptedException;
  }

  /** Starts the server of wscope. */
  private interface Ours {
    EchoServer start(Case each) throws IOException, InterruptedException;
  }

  private final Ours ours;
  private final @Nullable Rival rival;
  private final double warmUp;
  private final int rounds;

  private EchoRun(@Nullable Rival rival, double warmUp, int rounds) {
    this(each -> EchoServer.wscope(each.wire, "--detail", each.detail), rival, warmUp, rounds);
  }

  private EchoRun(Ours ours, @Nullable Rival rival, double warmUp, int rounds) {
    this.ours = ours;
    this.rival = rival;
    this.warmUp = warmUp;
    this.rounds = rounds;
  }

  private static EchoRun besideWs() {
    if (EchoServer.hasWs()) {
      return new EchoRun(EchoServer::ws, WARM_UP, ROUNDS);
    }
    System.out.println("without ws: npm ci --prefix src/test/interop --ignore-scripts installs it");
    return new EchoRun(null, WARM_UP, ROUNDS);
  }

  /** A few cases. */
  static void quick() throws IOException, InterruptedException {
    besideWs().table("serve", "ws", QUICK);
  }

  /** Plain echoes that are not shown, beside any rival. */
  static void beside(String name, Rival rival) throws IOException, InterruptedException {
    new EchoRun(rival, LONG_WARM_UP, MANY_ROUNDS).table("serve", name, BESIDE);
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
    besideWs().table("serve", "ws", cases);
  }

  /**
   * {@code proxy} and haproxy before the same {@code serve}, which shares the core of the clients.
   */
  static void proxy() throws IOException, InterruptedException {
    try (EchoServer backend = EchoServer.backend()) {
      Rival haproxy = Machine.isInstalled("haproxy") ? wire -> EchoServer.haproxy(backend) : null;
      Ours proxy = each -> EchoServer.proxy(backend, "--detail", each.detail);
      new EchoRun(proxy, haproxy, WARM_UP, ROUNDS).table("proxy", "haproxy", PROXY);
    }
  }

  private void table(String ours, String name, List<Case> cases)
      throws IOException, InterruptedException {
    System.out.printf(
        """

        Echo: %1$s next to %2$s, medians of rounds in turn. "by CPU" compares echoes per second of
        CPU time, "µs" is the CPU time of an echo, "latency" is p50/p99/p99.9 in µs at half the rate
        of the slower one, with one message in flight.
        wire    shown  connections x bytes x in flight   %1$s/s      other   ratio  by CPU\
             µs  other   latency of %1$s   of other
        """,
        ours, name);
    for (Case each : cases) {
      row(each);
    }
  }

  private void row(Case each) throws IOException, InterruptedException {
    Exchange exchange = Exchange.of(each.bytes, each.wire == Wire.DEFLATE);
    try (EchoServer server = ours.start(each);
        EchoLoad load = new EchoLoad(server.port, each.wire, exchange, each.connections)) {
      Contender ours = new Contender(server, load);
      if (rival == null) {
        rounds(each, List.of(ours));
        System.out.printf(
            Locale.ROOT, "%s %11.0f %6.1f µs%n", each, ours.perSecond(), ours.micros());
        return;
      }
      try (EchoServer other = rival.start(each.wire);
          EchoLoad loadOfOther = new EchoLoad(other.port, each.wire, exchange, each.connections)) {
        Contender theirs = new Contender(other, loadOfOther);
        rounds(each, List.of(ours, theirs));
        System.out.printf(
            Locale.ROOT,
            "%s       %11.0f %10.0f %7s %7s %6.1f %6.1f%s%n",
            each,
            ours.perSecond(),
            theirs.perSecond(),
            ratio(ours.perSecond(), theirs.perSecond()),
            ratio(ours.perCpuSecond(), theirs.perCpuSecond()),
            ours.micros(),
            theirs.micros(),
            each.inFlight == 1 ? latencies(ours, theirs) : "");
      }
    }
  }

  private void rounds(Case each, List<Contender> contenders) throws IOException {
    boolean warm = false;
    for (int i = 0; i < MOST_WARM_UPS && !warm; i++) {
      warm = true;
      for (Contender contender : contenders) {
        warm &= contender.runFree(each.inFlight) >= warmUp;
      }
    }
    for (int i = 0; i < rounds; i++) {
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
  private String latencies(Contender ours, Contender theirs) throws IOException {
    double rate = PACE * Math.min(ours.perSecond(), theirs.perSecond());
    Latencies all = new Latencies();
    Latencies allOfTheirs = new Latencies();
    // The first round of each does not count: the clients' code for a fixed rate is not compiled.
    for (int i = 0; i <= rounds; i++) {
      Latencies round = ours.load.paced(rate, SECONDS).latencies();
      Latencies roundOfTheirs = theirs.load.paced(rate, SECONDS).latencies();
      if (i > 0) {
        all.add(round);
        allOfTheirs.add(roundOfTheirs);
      }
    }
    return String.format(Locale.ROOT, "   %-20s  %s", percentiles(all), percentiles(allOfTheirs));
  }

  private static String percentiles(Latencies all) {
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

    /**
     * Runs a round that does not count. No server may idle for long: some then send a ping.
     *
     * @return the CPU seconds that the server has used so far; infinity if unknown
     */
    double runFree(int inFlight) throws IOException {
      load.closedLoop(inFlight, SECONDS);
      double cpu = server.cpu();
      return Double.isNaN(cpu) ? Double.POSITIVE_INFINITY : cpu;
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

    /** The CPU time of an echo. */
    double micros() {
      return 1e6 / perCpuSecond();
    }
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
