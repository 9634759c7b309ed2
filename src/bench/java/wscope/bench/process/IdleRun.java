package wscope.bench.process;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The cost of each connection that is open and idle. */
final class IdleRun {
  private static final int CONNECTIONS = 10_000;
  private static final int WARM_UP = 200;

  private IdleRun() {}

  static void run() throws IOException, InterruptedException {
    int count = Math.min(CONNECTIONS, mostFiles() - 500);
    System.out.printf(
        """

        Idle: %d open connections; live heap (a class histogram after a full collection), resident
        memory and threads of the server, beyond those without connections.
        wire    shown   heap B each   RSS B each   threads
        """,
        count);
    row(Wire.PLAIN, "none", count);
    row(Wire.PLAIN, "bits", count);
    row(Wire.DEFLATE, "none", count);
    row(Wire.TLS, "none", count);
  }

  private static void row(Wire wire, String detail, int count)
      throws IOException, InterruptedException {
    Exchange exchange = Exchange.of(20, wire == Wire.DEFLATE);
    try (EchoServer server = EchoServer.wscope(wire, "--detail", detail)) {
      try (EchoLoad load = new EchoLoad(server.port, wire, exchange, WARM_UP)) {
        load.closedLoop(1, 1);
      }
      long heap = heap(server.pid());
      long resident = status(server.pid(), "VmRSS:") * 1024;
      long threads = status(server.pid(), "Threads:");
      try (EchoLoad idle = new EchoLoad(server.port, wire, exchange, count)) {
        idle.closedLoop(0, 0.1); // no message; time to finish the handshakes
        System.out.printf(
            Locale.ROOT,
            "%-7s %-6s %12d %12d %9s%n",
            wire,
            detail,
            (heap(server.pid()) - heap) / count,
            (status(server.pid(), "VmRSS:") * 1024 - resident) / count,
            threads + " -> " + status(server.pid(), "Threads:"));
      }
    }
  }

  private static int mostFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? (int) Math.min(Integer.MAX_VALUE, unix.getMaxFileDescriptorCount())
        : 1000;
  }

  /** Bytes of live objects. */
  private static long heap(long pid) throws IOException, InterruptedException {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process jcmd = new ProcessBuilder(tool, Long.toString(pid), "GC.class_histogram").start();
    long bytes = 0;
    for (String line : jcmd.inputReader().lines().toList()) {
      bytes = line.startsWith("Total") ? Long.parseLong(line.trim().split(" +")[2]) : bytes;
    }
    if (jcmd.waitFor() != 0 || bytes == 0) {
      throw new IOException("jcmd shows no heap");
    }
    return bytes;
  }

  /** A number from {@code /proc/PID/status}; 0 if there is none. */
  private static long status(long pid, String name) throws IOException {
    Path file = Path.of("/proc/" + pid + "/status");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith(name)) {
          return Long.parseLong(line.substring(name.length()).replace("kB", "").trim());
        }
      }
    }
    return 0;
  }
}
