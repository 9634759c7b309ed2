package wscope.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static wscope.LinearTime.assertLinear;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.input.spelling.InvalidSpelling;

/** Hostile texts take linear time, and long ones bounded memory. */
class LinearFinderTest {
  private static final int SIZE = 2 << 10;
  private static final int LONG_SIZE = 64 << 10;

  /** Less than the text that is read. */
  private static final String HEAP = "-Xmx4m";

  private static final int TEXT_MEGABYTES = 5;

  /** In one line or many; the larger text has more than one window. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\n",
        "(",
        "[129,",
        "\\x81",
        "\"\\x81",
        "0000: ",
        "00000010  81\n",
        "0x0000:  8105 4865\n",
        "HTTP/1.1 101 x\r\n",
        "*\n",
        "00000000: 8105 4865  ..He\n*\n",
        "gYU3gYU3gYU3gYU3\n",
        "data: \"gYU3gYU3gYU3\"\n",
        "81\n",
        "x 81\n",
        "a 81 05 b 81 05 ",
        "81,82;83:",
        "82 7f 00 00 00 00 00 ff ff ff ",
        "81 05 48 65 6c 6c 6f 81 05 48 65 6c 6c 6f x\n",
        "\u2502",
        "|81|",
        "12:34:56.789 IP 10.0.0.1.80 > 10.0.0.2.90: Flags [P.], seq 1:7, ack 1, length 6\n",
      })
  void repetitionsTakeLinearTime(String unit) {
    assertLinear(SIZE, size -> read(unit.repeat(size / unit.length())));
  }

  /** The longer line has a megabyte. */
  @ParameterizedTest
  @ValueSource(strings = {"'", "x ", "gYU3", "81 05 "})
  void longLinesTakeLinearTime(String unit) {
    assertLinear(LONG_SIZE, size -> read("text " + unit.repeat(size / unit.length())));
  }

  /** S1: a process with a heap that is smaller than the text. */
  @Test
  void readsALongTextInBoundedMemory() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                LinearFinderTest.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertEquals("0 bytes\n", output);
  }

  /** Reads a log without frames. */
  public static void main(String... args) throws IOException, InvalidSpelling {
    Finder finder = new Finder(new Log());
    long count = 0;
    for (Found found = finder.next(); found != null; found = finder.next()) {
      count += found.bytes().remaining();
    }
    System.out.print(count + " bytes\n");
  }

  private static void read(String text) {
    Finder finder = new Finder(new ByteArrayInputStream(text.getBytes(UTF_8)));
    try {
      while (finder.next() != null) {
        // Only the time counts.
      }
    } catch (InvalidSpelling e) {
      // The text ends here.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Lines of a log, again and again. */
  private static final class Log extends InputStream {
    private static final byte[] LINES =
        String.join(
                "\n",
                List.of(
                    "2024-03-05 12:34:56,789 INFO  [http-nio-8080-exec-3] Feed - user 17 joined",
                    "2024-03-05 12:34:56,791 DEBUG [http-nio-8080-exec-3] Feed - 420 bytes, 12 ms",
                    "2024-03-05 12:34:57,003 WARN  [pool-1-thread-2] Hub - lost 10.0.0.7:51234",
                    ""))
            .getBytes(UTF_8);

    private long left = (long) TEXT_MEGABYTES << 20;
    private int at;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(left, Math.min(length, LINES.length - at));
      System.arraycopy(LINES, at, into, offset, count);
      at = (at + count) % LINES.length;
      left -= count;
      return count;
    }
  }
}
