package wscope.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code check} of a server, and a run of Autobahn's client against the same one. */
final class CheckRun {
  /** All cases but those of 9, which measure speed. */
  private static final List<String> CASES =
      List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "10.*");

  /** The row of all groups, or what {@link AutobahnClient} prints. */
  private static final Pattern COUNT = Pattern.compile("(?m)^all +(\\d+) |^(\\d+) cases$");

  private CheckRun() {}

  static void run(int rounds) throws IOException, InterruptedException {
    StartRun.makeArchive();
    System.out.printf(
        """

        Check: whole processes in turn, medians of %d rounds. Autobahn's client runs its cases without
        9.*, which measure speed. The last two: our time divided by Autobahn's, in all and for a case.
        server   cases       s  Autobahn's       s   ratio  a case
        """,
        rounds);
    try (EchoServer serve = EchoServer.wscope(Wire.PLAIN, "--detail", "none")) {
      row("serve", serve.port, rounds);
    }
    if (EchoServer.hasWs()) {
      try (EchoServer ws = EchoServer.ws(Wire.PLAIN)) {
        row("ws", ws.port, rounds);
      }
    }
  }

  private static void row(String server, int port, int rounds)
      throws IOException, InterruptedException {
    String url = "ws://127.0.0.1:" + port + "/";
    Timed check = Timed.withFindings(StartRun.executable(), "check", url);
    List<String> client =
        new ArrayList<>(
            List.of(
                Machine.java(),
                "-cp",
                System.getProperty("java.class.path"),
                AutobahnClient.class.getName(),
                url));
    client.addAll(CASES);
    Timed autobahn = new Timed(client);
    Timed.inTurn(rounds, List.of(check, autobahn));
    int ours = cases(check);
    int theirs = cases(autobahn);
    double ratio = check.wall() / autobahn.wall();
    System.out.printf(
        Locale.ROOT,
        "%-6s %7d %7.1f %11d %7.1f %7.2f %7.2f%n",
        server,
        ours,
        check.wall(),
        theirs,
        autobahn.wall(),
        ratio,
        ratio * theirs / ours);
  }

  /** The number of cases that a command says it has run. */
  private static int cases(Timed command) throws IOException {
    Matcher count = COUNT.matcher(command.output());
    if (!count.find()) {
      throw new IOException(command + " did not say how many cases it has run");
    }
    return Integer.parseInt(count.group(1) == null ? count.group(2) : count.group(1));
  }
}
