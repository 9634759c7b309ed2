package wscope.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of an echo server in its own process, on the core of the clients. */
final class ClientProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader counts;
  private final OutputStream times;
  private final List<Double> perSecond = new ArrayList<>();
  private final List<Double> perCpuSecond = new ArrayList<>();

  private ClientProcess(List<String> command, int port, int bytes, int inFlight)
      throws IOException {
    List<String> all = new ArrayList<>(command);
    for (int argument : new int[] {port, bytes, inFlight}) {
      all.add(Integer.toString(argument));
    }
    process = new ProcessBuilder(all).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    counts = process.inputReader(StandardCharsets.US_ASCII);
    times = process.getOutputStream();
  }

  /** The engine of {@code connect}. */
  static ClientProcess wscope(int port, int bytes, int inFlight) throws IOException {
    String classPath = System.getProperty("java.class.path");
    return new ClientProcess(
        List.of(Machine.java(), "-cp", classPath, EngineClient.class.getName()),
        port,
        bytes,
        inFlight);
  }

  /** Node's {@code ws}. */
  static ClientProcess ws(int port, int bytes, int inFlight) throws IOException {
    return new ClientProcess(
        List.of("node", "src/bench/node/ws-client.mjs"), port, bytes, inFlight);
  }

  /**
   * Runs a round that does not count.
   *
   * @return the CPU seconds that the client has used so far; infinity if unknown
   */
  double runFree(double seconds) throws IOException {
    echoes(seconds);
    double cpu = Machine.cpu(process.pid());
    return Double.isNaN(cpu) ? Double.POSITIVE_INFINITY : cpu;
  }

  void round(double seconds) throws IOException {
    double before = Machine.cpu(process.pid());
    long start = System.nanoTime();
    long echoes = echoes(seconds);
    perSecond.add(echoes * 1e9 / (System.nanoTime() - start));
    perCpuSecond.add(echoes / (Machine.cpu(process.pid()) - before));
  }

  private long echoes(double seconds) throws IOException {
    times.write(((long) (seconds * 1000) + "\n").getBytes(StandardCharsets.US_ASCII));
    times.flush();
    String count = counts.readLine();
    if (count == null) {
      throw new IOException("a client ended within a round");
    }
    return Long.parseLong(count);
  }

  double perSecond() {
    return EchoRun.median(perSecond);
  }

  double perCpuSecond() {
    return EchoRun.median(perCpuSecond);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
