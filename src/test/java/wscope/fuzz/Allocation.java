package wscope.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bounded memory: what a thread allocates on the heap, alive or not. */
public final class Allocation {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  /**
   * Fails if some work allocates more bytes than are allowed. It is done again if it does, since it
   * may have loaded classes.
   */
  public static void assertAtMost(long allowed, Runnable work) {
    if (of(work) > allowed) {
      long allocated = of(work);
      assertTrue(allocated <= allowed, () -> allocated + " bytes allocated of at most " + allowed);
    }
  }

  private static long of(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
