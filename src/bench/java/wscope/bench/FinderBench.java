package wscope.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import wscope.input.Finder;
import wscope.input.spelling.InvalidSpelling;

/** The cost of a byte of log text without frames: nanoseconds; 1000 divided by them are MB/s. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx64m")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class FinderBench {
  private static final int LENGTH = 4_000_000;

  private byte[] log = {};

  /** Lines with what looks like bytes at first sight: times, ports, digests, addresses, lists. */
  @Setup
  public void make() {
    Random random = new Random(1);
    StringBuilder text = new StringBuilder();
    while (text.length() < LENGTH) {
      String line =
          switch (random.nextInt(5)) {
            case 0 ->
                "INFO [http-8080-exec-%3$d] request %1$016x took %4$d ms from 10.0.%3$d.7:%4$d";
            case 1 ->
                "GET /api/v1/items/%4$d HTTP/1.1\" 200 %3$d \"-\" \"Mozilla/5.0 (X11; Linux)\"";
            case 2 -> "DEBUG worker %3$d: {\"hash\":\"%1$016x%2$016x\",\"list\":[%3$d,%4$d,36]}";
            case 3 -> "WARN cache miss key=user:%4$d size=%4$d mac=7f:1a:%3$02x:39:be:f0";
            default -> "INFO The job number %4$d ended after %3$d times, and nobody asked why.";
          };
      text.append(LocalTime.ofSecondOfDay(random.nextInt(86_400))).append(' ');
      text.append(
          String.format(
              Locale.ROOT,
              line,
              random.nextLong(),
              random.nextLong(),
              random.nextInt(256),
              random.nextInt(65_536)));
      text.append('\n');
    }
    log = text.substring(0, LENGTH).getBytes(StandardCharsets.US_ASCII);
  }

  @Benchmark
  @OperationsPerInvocation(LENGTH)
  public long log() throws IOException, InvalidSpelling {
    Finder finder = new Finder(new ByteArrayInputStream(log));
    long found = 0;
    while (finder.next() != null) {
      found++;
    }
    return found;
  }
}
