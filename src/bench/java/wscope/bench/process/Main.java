package wscope.bench.process;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Benchmarks of whole processes; {@code src/bench/README.md} describes them. */
public final class Main {
  private static final List<String> ALL = List.of("growth", "start", "decode", "idle", "echo");

  private Main() {}

  /**
   * Runs some benchmarks.
   *
   * @param args their names, all if there are none; {@code full} makes those after it longer
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    boolean full = false;
    System.out.println(LocalDate.now() + "; " + Machine.description());
    for (String name : args.length == 0 ? ALL : Arrays.asList(args)) {
      if (name.equals("full")) {
        full = true;
      } else {
        run(name, full);
      }
    }
  }

  private static void run(String name, boolean full) throws IOException, InterruptedException {
    switch (name) {
      case "growth" -> GrowthRun.run();
      case "start" -> StartRun.run(full ? 41 : 11);
      case "decode" -> DecodeRun.run(full ? 5 : 3);
      case "idle" -> IdleRun.run();
      case "echo" -> {
        Machine.pinClients();
        if (full) {
          EchoRun.full();
        } else {
          EchoRun.quick();
        }
      }
      default -> throw new IllegalArgumentException(name + " is not one of " + ALL);
    }
  }
}
