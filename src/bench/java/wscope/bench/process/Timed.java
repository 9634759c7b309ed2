package wscope.bench.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs of one command as whole processes, whose output goes to the null device. */
final class Timed {
  private final List<String> command;
  private final List<Double> wall = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();

  Timed(List<String> command) {
    this.command = command;
  }

  Timed(String... command) {
    this(List.of(command));
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
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int exit = process.waitFor();
    wall.add((System.nanoTime() - start) / 1e9);
    cpu.add(Machine.cpuOfChildren() - cpuBefore);
    if (exit != 0) {
      throw new IOException(String.join(" ", command) + " ended with " + exit);
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
}
