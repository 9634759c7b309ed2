package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bounded memory: what a thread allocates on the heap, alive or not. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int MOST_ATTEMPTS = 5;

  private Allocation() {}

  /**
   * Fails if some work allocates more bytes than are allowed, in each of several attempts: an
   * attempt may also load classes.
   */
  public static void assertAtMost(long allowed, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MOST_ATTEMPTS && least > allowed; i++) {
      least = Math.min(least, of(work));
    }
    assertTrue(least <= allowed, least + " bytes allocated of at most " + allowed);
  }

  private static long of(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
