package wscope.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machine that runs the benchmarks: its cores, its load, the CPU time of processes. */
final class Machine {
  private static final int SERVER_CORE = 0;
  private static final int CLIENT_CORE = 1;

  /** Ticks of {@code /proc/PID/stat} in a second, the same on every current Linux. */
  private static final double TICKS = 100;

  private static final boolean PINS =
      Runtime.getRuntime().availableProcessors() > 1 && isInstalled("taskset");

  private Machine() {}

  /** The command, pinned to the core of the servers if this machine can do that. */
  static List<String> pinned(List<String> command) {
    return pinned(command, SERVER_CORE);
  }

  /** The command, pinned to the core of the clients. */
  static List<String> withClients(List<String> command) {
    return pinned(command, CLIENT_CORE);
  }

  private static List<String> pinned(List<String> command, int core) {
    List<String> all = new ArrayList<>();
    if (PINS) {
      all.addAll(List.of("taskset", "-c", Integer.toString(core)));
    }
    all.addAll(command);
    return all;
  }

  /** Pins all threads of this process to the other core. */
  static void pinClients() throws IOException, InterruptedException {
    if (PINS) {
      String pid = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("taskset", "-a", "-c", "-p", Integer.toString(CLIENT_CORE), pid)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  static boolean isInstalled(String program) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }

  /** CPU seconds of all threads of a process until now; NaN if unknown. */
  static double cpu(long pid) {
    return cpu(Path.of("/proc/" + pid + "/stat"), 11);
  }

  /** CPU seconds of this process's children that have ended; NaN if unknown. */
  static double cpuOfChildren() {
    return cpu(Path.of("/proc/self/stat"), 13);
  }

  /** The sum of two fields, counted from the one after the name: user and system time. */
  private static double cpu(Path stat, int field) {
    try {
      String text = Files.readString(stat);
      String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
      return (Long.parseLong(fields[field]) + Long.parseLong(fields[field + 1])) / TICKS;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  /** The conditions of a measurement. */
  static String description() throws IOException {
    Path load = Path.of("/proc/loadavg");
    return "Java "
        + System.getProperty("java.version")
        + "; "
        + cores()
        + (PINS ? ", servers pinned to one, clients to another" : ", nothing pinned")
        + (Files.exists(load) ? "; load " + Files.readString(load).split(" ")[0] : "");
  }

  private static String cores() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    long count =
        Files.exists(info)
            ? Files.readAllLines(info).stream().filter(line -> line.startsWith("processor")).count()
            : Runtime.getRuntime().availableProcessors();
    return count + " cores";
  }

  /** The path of this Java's own command. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
