package wscope;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ForkJoinPool;
import java.util.function.IntConsumer;

/**
 * Asserts that work takes linear time: for 16 times the input, about 16 times as long. Quadratic
 * work would take 256 times as long. Compares the shortest CPU times of several tries, of which two
 * are enough if they show it.
 */
public final class LinearTime {
  /** The size of the larger input, in multiples of the smaller one. */
  public static final int FACTOR = 16;

  private static final int LIMIT = 2 * FACTOR;
  private static final int FEWEST_TRIES = 2;
  private static final int MOST_TRIES = 7;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private LinearTime() {}

  /**
   * Measures the work for a size and for {@link #FACTOR} times that size.
   *
   * @param work does work of the given size, in its thread or in the common pool
   */
  public static void assertLinear(int size, IntConsumer work) {
    // In a pool of one thread, parallel streams use that thread alone.
    ForkJoinPool pool = new ForkJoinPool(1);
    try {
      pool.submit(() -> measure(size, work)).join();
    } finally {
      pool.shutdown();
    }
  }

  private static void measure(int size, IntConsumer work) {
    // Compiles the code before it is measured.
    work.accept(FACTOR * size);
    long few = Long.MAX_VALUE;
    long many = Long.MAX_VALUE;
    for (int i = 0; i < FEWEST_TRIES || (i < MOST_TRIES && many >= LIMIT * few); i++) {
      few = Math.min(few, nanos(size, work));
      many = Math.min(many, nanos(FACTOR * size, work));
    }
    String times = few + " ns, and " + many + " ns for " + FACTOR + " times the input";
    assertTrue(many < LIMIT * few, times);
  }

  private static long nanos(int size, IntConsumer work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.accept(size);
    return THREADS.getCurrentThreadCpuTime() - before;
  }
}
