package wscope;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntConsumer;

/**
 * Sixteen times the input takes about sixteen times as long; squared it would be 256. Times are
 * those of the processor, and of several tries the shortest counts.
 */
public final class LinearTime {
  /** How many times the input is, in the longer of both measurements. */
  public static final int FACTOR = 16;

  private static final int MOST = 2 * FACTOR;
  private static final int TRIES = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LinearTime() {}

  /**
   * Does some work of a size, and of {@link #FACTOR} times it, and compares.
   *
   * @param work of a given size, all in the calling thread
   */
  public static void assertLinear(int size, IntConsumer work) {
    // So that both are compiled when the first counts.
    work.accept(FACTOR * size);
    long few = Long.MAX_VALUE;
    long many = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      few = Math.min(few, nanos(size, work));
      many = Math.min(many, nanos(FACTOR * size, work));
    }
    String told = few + " ns, and " + many + " for " + FACTOR + " times it";
    assertTrue(many < MOST * few, told);
  }

  private static long nanos(int size, IntConsumer work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.accept(size);
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
