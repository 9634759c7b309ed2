package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Asserts how much a thread allocates on the heap, including garbage. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int MAX_ATTEMPTS = 5;

  private Allocation() {}

  /**
   * Fails if the work allocates too much in each of several attempts. A single attempt may also
   * load classes.
   */
  public static void assertAtMost(long allowed, Runnable work) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MAX_ATTEMPTS && least > allowed; i++) {
      least = Math.min(least, of(work));
    }
    assertTrue(least <= allowed, least + " bytes allocated, more than " + allowed);
  }

  private static long of(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
