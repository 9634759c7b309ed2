package wscope.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The engine of {@code connect} and the client of Node's {@code ws}, at the same echo server. */
final class ConnectRun {
  private static final int IN_FLIGHT = 16;

  /** CPU seconds of a client before it is measured, including those of the JIT. */
  private static final double WARM_UP = 4;

  /** The maximum number of rounds to warm up, on a busy machine too. */
  private static final int MOST_WARM_UPS = 15;

  /** How long a round lasts: long enough for CPU times of 10 ms on a busy machine. */
  private static final double SECONDS = 2;

  private static final Path WSCAT = Path.of("src/test/interop/node_modules/.bin/wscat");

  private ConnectRun() {}

  static void run(int rounds) throws IOException, InterruptedException {
    if (!EchoServer.hasWs()) {
      System.out.println(
          "connect needs ws: npm ci --prefix src/test/interop --ignore-scripts installs it");
      return;
    }
    System.out.printf(
        Locale.ROOT,
        """

        Connect: the engine of connect next to the client of ws, %d messages in flight on one
        connection, medians of %d rounds in turn. "by CPU" compares echoes per second of the client's
        CPU time.
        server        bytes   connect/s       ws/s   ratio  by CPU
        """,
        IN_FLIGHT,
        rounds);
    for (int bytes : new int[] {20, 64 << 10}) {
      try (EchoServer serve = EchoServer.wscope(Wire.PLAIN, "--detail", "none")) {
        row("serve", serve.port, bytes, rounds);
      }
      try (EchoServer ws = EchoServer.ws(Wire.PLAIN)) {
        row("ws", ws.port, bytes, rounds);
      }
    }
    first(rounds);
  }

  private static void row(String server, int port, int bytes, int rounds) throws IOException {
    try (ClientProcess ours = ClientProcess.wscope(port, bytes, IN_FLIGHT);
        ClientProcess theirs = ClientProcess.ws(port, bytes, IN_FLIGHT)) {
      List<ClientProcess> both = List.of(ours, theirs);
      boolean warm = false;
      for (int i = 0; i < MOST_WARM_UPS && !warm; i++) {
        warm = true;
        for (ClientProcess client : both) {
          warm &= client.runFree(SECONDS) >= WARM_UP;
        }
      }
      for (int i = 0; i < rounds; i++) {
        for (ClientProcess client : both) {
          client.round(SECONDS);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%-6s %12d %11.0f %10.0f %7.2f %7.2f%n",
          server,
          bytes,
          ours.perSecond(),
          theirs.perSecond(),
          ours.perSecond() / theirs.perSecond(),
          ours.perCpuSecond() / theirs.perCpuSecond());
    }
  }

  /** From the command to the first message of the server on its standard output. */
  private static void first(int rounds) throws IOException, InterruptedException {
    StartRun.makeArchive();
    try (EchoServer serve = EchoServer.wscope(Wire.PLAIN, "--detail", "none")) {
      String url = "ws://127.0.0.1:" + serve.port + "/";
      Timed connect =
          Timed.until(
              "= matched",
              StartRun.executable(),
              "connect",
              url,
              "-x",
              "hello",
              "--expect",
              "hello");
      Timed wscat = Timed.until("hello", WSCAT.toString(), "-c", url, "-x", "hello");
      Timed.inTurn(1, List.of(connect, wscat));
      Timed.inTurn(rounds, List.of(connect, wscat));
      System.out.printf(
          Locale.ROOT,
          "%nStart to the first message on standard output: connect %.0f ms, wscat %.0f ms,"
              + " ratio %.2f, by CPU %.2f%n",
          connect.wall() * 1000,
          wscat.wall() * 1000,
          connect.wall() / wscat.wall(),
          connect.cpu() / wscat.cpu());
    }
  }
}
