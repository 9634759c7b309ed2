package wscope.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import wscope.protocol.Limits;
import wscope.report.Report;
import wscope.report.Screen;
import wscope.serve.EchoBehaviour;
import wscope.serve.Server;
import wscope.serve.Timeouts;

/** {@code wscope serve}: an echo server that shows everything its clients send. */
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_CONNECTIONS = 1024;

  private final Stdio stdio;
  private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
  private final OptionSpec host;
  private final OptionSpec port;
  private final TlsOptions tls;
  private final ReportOptions report;

  ServeCommand(Stdio stdio) {
    this.stdio = stdio;
    host =
        OptionSpec.builder("--host")
            .paramLabel("ADDRESS")
            .type(String.class)
            .defaultValue("127.0.0.1")
            .description("The address to listen on. Default: 127.0.0.1, this machine only.")
            .build();
    port =
        OptionSpec.builder("-p", "--port")
            .paramLabel("PORT")
            .type(Integer.class)
            .defaultValue("8080")
            .description("The port to listen on; 0 takes any free one. Default: 8080.")
            .build();
    spec.usageMessage()
        .description("Runs a WebSocket echo server that shows every bit its clients send.")
        .footer(
            "",
            "Examples:",
            "  wscope serve",
            "  wscope serve --port 0 --detail messages",
            "  wscope serve --tls",
            "",
            "Limits:",
            "  message, frame   16 MiB",
            "  fragments        131072 in a message",
            "  request head     32 KiB, 128 header fields",
            "  handshake        10 s in total",
            "  close            5 s to finish",
            "  waiting output   4 MiB, then a client's input is paused;",
            "                   30 s without progress, then it is dropped",
            "  connections      " + MOST_CONNECTIONS);
    spec.addOption(host).addOption(port);
    tls = new TlsOptions(spec);
    report = new ReportOptions(spec);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() throws IOException, Failure {
    ServerIdentity identity = tls.identity(stdio);
    Report shown = report.of(stdio);
    ServeEvents events = new ServeEvents(shown);
    try (Server server =
        new Server(
            Limits.SERVER, Timeouts.DEFAULT, MOST_CONNECTIONS, new EchoBehaviour(), events)) {
      InetSocketAddress address = listen(server, identity);
      warnIfExposed(address);
      shown.listening(address, identity != null);
      shown.flush();
      if (identity != null) {
        identity.describe(new Screen(stdio.err(), false, stdio.unicode()), address.getPort());
      }
      serve(server, shown);
    }
    return ExitCode.FINE;
  }

  /** Serves until the process is interrupted; the virtual machine then waits for our last words. */
  private static void serve(Server server, Report shown) throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    Thread farewell = new Thread(() -> stop(server, done), "farewell");
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      server.run();
      shown.stopped(server.accepted());
      shown.flush();
    } finally {
      done.countDown();
    }
  }

  private static void stop(Server server, CountDownLatch done) {
    server.stop();
    try {
      // A stuck terminal must not keep the process from ending.
      boolean inTime = done.await(5, TimeUnit.SECONDS);
      assert inTime || done.getCount() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InetSocketAddress listen(Server server, @Nullable ServerIdentity identity)
      throws IOException, Failure {
    String name = host.getValue();
    int number = port.<Integer>getValue();
    if (number < 0 || number > 65535) {
      throw new Failure(ExitCode.USAGE, "port " + number + " is not between 0 and 65535");
    }
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(name), number);
      return identity == null ? server.listen(address) : server.listen(address, identity.context());
    } catch (UnknownHostException e) {
      throw new Failure(ExitCode.IO, "the host " + name + " is not known; try --host 127.0.0.1");
    } catch (BindException e) {
      boolean foreign = String.valueOf(e.getMessage()).contains("assign");
      throw new Failure(
          ExitCode.IO,
          foreign
              ? name + " is no address of this machine; try --host 127.0.0.1"
              : "port " + number + " of " + name + " is in use; try --port 0 for any free one");
    }
  }

  private void warnIfExposed(InetSocketAddress address) {
    if (!address.getAddress().isLoopbackAddress()) {
      Screen notes = new Screen(stdio.err(), false, stdio.unicode());
      notes.text("note: other machines can reach this server").endLine();
      notes.flush();
    }
  }
}
