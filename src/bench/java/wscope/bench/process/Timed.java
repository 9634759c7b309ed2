package wscope.bench.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs of one command as whole processes, whose output goes to the null device. */
final class Timed {
  private final List<String> command;

  /** The text on standard output that ends the time; null for the end of the process. */
  private final @Nullable String end;

  /** The highest exit code of a run that counts. */
  private final int highestExit;

  private final List<Double> wall = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  private Timed(@Nullable String end, int highestExit, List<String> command) {
    this.end = end;
    this.highestExit = highestExit;
    this.command = command;
  }

  Timed(List<String> command) {
    this(null, 0, command);
  }

  Timed(String... command) {
    this(List.of(command));
  }

  /** Runs a command only until it has written a text. */
  static Timed until(String end, String... command) {
    return new Timed(end, 0, List.of(command));
  }

  /** Runs a command that may exit with 1, because it finds something. */
  static Timed withFindings(String... command) {
    return new Timed(null, 1, List.of(command));
  }

  /** Runs the commands in turn, so that other load on the machine affects all of them. */
  static void inTurn(int rounds, List<Timed> all) throws IOException, InterruptedException {
    for (int i = 0; i < rounds; i++) {
      for (Timed each : all) {
        each.run();
      }
    }
  }

  private void run() throws IOException, InterruptedException {
    double cpuBefore = Machine.cpuOfChildren();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(Machine.pinned(command))
            .redirectOutput(
                end == null ? ProcessBuilder.Redirect.DISCARD : ProcessBuilder.Redirect.PIPE)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (end != null) {
      awaitText(process, end);
      wall.add((System.nanoTime() - start) / 1e9);
      cpu.add(Machine.cpu(process.pid()));
      process.destroyForcibly().waitFor();
      return;
    }
    int exit = process.waitFor();
    wall.add((System.nanoTime() - start) / 1e9);
    cpu.add(Machine.cpuOfChildren() - cpuBefore);
    if (exit > highestExit) {
      throw new IOException(this + " ended with " + exit);
    }
  }

  private static void awaitText(Process process, String text) throws IOException {
    InputStream out = process.getInputStream();
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf(text) < 0) {
      int next = out.read();
      if (next < 0) {
        throw new IOException("a command ended before it wrote " + text + ": " + seen);
      }
      seen.append((char) next);
    }
  }

  /** The median time, in seconds. */
  double wall() {
    return EchoRun.median(wall);
  }

  /** The median CPU time, in seconds; NaN if unknown. */
  double cpu() {
    return EchoRun.median(cpu);
  }

  /** The number of bytes that it writes to standard output, in a run of its own. */
  long outputSize() throws IOException {
    try (InputStream out = start().getInputStream()) {
      return out.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** What it writes to standard output, in a run of its own. */
  String output() throws IOException {
    try (InputStream out = start().getInputStream()) {
      return new String(out.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  @Override
  public String toString() {
    return String.join(" ", command);
  }
}
