package wscope.report.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
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
  void writesNumbersAsJavaDoes() throws IOException {
    List<Long> numbers = new ArrayList<>(List.of(0L, Long.MAX_VALUE, (long) Integer.MAX_VALUE));
    for (long power = 1; power <= Long.MAX_VALUE / 10; power *= 10) {
      numbers.addAll(List.of(power - 1, power, power + 1, 10 * power - 1));
    }
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      numbers.add(random.nextLong() >>> (1 + random.nextInt(62)));
    }
    LineBuffer buffer = new LineBuffer();
    StringBuilder expected = new StringBuilder();
    for (long number : numbers) {
      assertEquals(Long.toString(number).length(), buffer.number(number));
      buffer.codePoint(' ');
      expected.append(number).append(' ');
    }
    assertEquals(expected.toString(), content(buffer));
  }

  @Test
  void writesBytesInHexAndAsCharacters() throws IOException {
    byte[] bytes = new byte[600];
    new Random(5).nextBytes(bytes);
    for (ByteBuffer from :
        List.of(ByteBuffer.wrap(bytes), ByteBuffer.allocateDirect(600).put(bytes).flip())) {
      for (int count = 0; count < 300; count++) {
        String part = new String(bytes, count, count, ISO_8859_1);
        LineBuffer buffer = new LineBuffer();
        buffer.codePoint('<');
        String hex = HexFormat.ofDelimiter(" ").formatHex(part.getBytes(ISO_8859_1));
        assertEquals(hex.length(), buffer.hex(from, count, count));
        buffer.codePoint('|');
        buffer.characters(from, count, count);
        buffer.spaces(count);
        buffer.codePoint('>');
        String characters = part.replaceAll("[^ -~]", ".");
        String expected = "<" + hex + "|" + characters + " ".repeat(count) + ">";
        assertEquals(expected, content(buffer));
      }
    }
  }

  private static String content(LineBuffer buffer) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    buffer.writeTo(out);
    return out.toString(US_ASCII);
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
