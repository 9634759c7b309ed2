package wscope.report.text;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much memory is kept for lines that are not written yet. */
class LineBufferTest {
  private static final int HUGE = 4 << 20;

  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @CsvSource({
    "8192, 8193, 16384",
    "8192, 20000, 20000",
    "1073741824, 1073741825, 2147483639",
    "1073741824, 2147483639, 2147483639",
  })
  void doublesUpToTheLongestArray(int length, long needed, int grown) {
    assertEquals(grown, LineBuffer.grown(length, needed));
  }

  @Test
  void throwsForALongerLine() {
    OutOfMemoryError thrown =
        assertThrows(OutOfMemoryError.class, () -> LineBuffer.grown(1 << 30, 1L << 31));
    assertEquals("a line of more than 2 GiB", thrown.getMessage());
  }

  @Test
  void releasesTheMemoryOfAHugeLine() {
    LineBuffer buffer = new LineBuffer();
    byte[] line = "x".repeat(HUGE).getBytes(US_ASCII);
    buffer.bytes(line);
    buffer.clear();
    assertTrue(allocated(() -> buffer.bytes(line)) >= HUGE, "the memory was kept");
  }

  @Test
  void keepsTheMemoryOfUsualLines() {
    LineBuffer buffer = new LineBuffer();
    byte[] lines = "x".repeat(128 << 10).getBytes(US_ASCII);
    buffer.bytes(lines);
    buffer.clear();
    assertTrue(allocated(() -> buffer.bytes(lines)) < lines.length, "memory is allocated again");
  }

  private long allocated(Runnable action) {
    long before = thread.getCurrentThreadAllocatedBytes();
    action.run();
    return thread.getCurrentThreadAllocatedBytes() - before;
  }
}
