package wscope.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/** Benchmarks of whole processes; {@code src/bench/README.md} describes them. */
public final class Main {
  private static final List<String> ALL =
      List.of("growth", "start", "decode", "packets", "idle", "echo", "connect", "proxy", "check");

  private Main() {}

  /**
   * Runs some benchmarks.
   *
   * @param args their names, all if there are none; {@code full} makes those after it longer;
   *     {@code echo=PROGRAM:PORT} and {@code echo=JAR} compare with another server
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
      case "packets" -> PacketsRun.run(full ? 5 : 3);
      case "idle" -> IdleRun.run();
      case "echo" -> {
        Machine.pinClients();
        if (full) {
          EchoRun.full();
        } else {
          EchoRun.quick();
        }
      }
      case "connect" -> {
        Machine.pinClients();
        ConnectRun.run(full ? 15 : 5);
      }
      case "proxy" -> {
        Machine.pinClients();
        EchoRun.proxy();
      }
      case "check" -> CheckRun.run(full ? 3 : 1);
      default -> {
        Machine.pinClients();
        beside(name);
      }
    }
  }

  private static void beside(String name) throws IOException, InterruptedException {
    String other = name.startsWith("echo=") ? name.substring("echo=".length()) : "";
    int colon = other.lastIndexOf(':');
    if (other.endsWith(".jar")) {
      Path jar = Path.of(other);
      EchoRun.beside(other, wire -> EchoServer.wscope(jar, wire, "--detail", "none"));
    } else if (colon > 0) {
      Path program = Path.of(other.substring(0, colon));
      int port = Integer.parseInt(other.substring(colon + 1));
      EchoRun.beside(other, wire -> EchoServer.program(program, port));
    } else {
      throw new IllegalArgumentException(name + " is not one of " + ALL);
    }
  }
}
