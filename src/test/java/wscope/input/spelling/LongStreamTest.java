package wscope.input.spelling;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long texts in bounded memory, and texts that come line by line. */
class LongStreamTest {
  private static final long LENGTH = 16 << 20;
  private static final long MOST_MEMORY = 4 << 20;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "81 83 3d 54 23 06 70 10 6d 82 7e 00 60\\n | 13",
        "81833d54230670106d827e0060ffeeddccbbaa\\n | 19",
        "81833d54230670106dfeff | 11",
        "0x81, 0x83, 0x3d, 0x54, 0x23, 0x06, 0x70,\\n | 7",
        "129 131 61 84 35 6 112 16 109\\n | 9",
        "10000001 10000011 00111101\\n | 3",
        "\\\\x81\\\\x83=T#\\\\x06p\\\\x10m\\n | 9",
        "gYM9VCMGcBBtgYM9VCMGcBBt\\n | 18",
        "00000000: 8183 3d54 2306 7010 6d  ..=T#.p.m\\n | 9",
      })
  void linearAndBounded(String line, int bytesInLine) {
    byte[] text = line.replace("\\n", "\n").replace("\\\\", "\\").getBytes(UTF_8);
    long lines = LENGTH / text.length;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    long count = assertTimeout(Duration.ofSeconds(20), () -> count(new Repeated(text, lines)));
    assertEquals(lines * bytesInLine, count);
    long memory = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(memory < MOST_MEMORY, memory + " bytes allocated");
    if (Boolean.getBoolean("wscope.speed")) {
      System.err.println(LENGTH * 1000 / (System.nanoTime() - start) + " MB/s: " + line);
    }
  }

  @Test
  void aStarOfManyMegabytesDoesNotNeedThem() throws Exception {
    String row = "00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|\n";
    SpelledBytes bytes =
        new SpelledBytes(new Drip((row + "*\n01000010\n").getBytes(UTF_8), 9), null);
    ByteBuffer out = ByteBuffer.allocate(4096);
    for (int i = 0; i < 1000; i++) {
      assertTrue(bytes.read(out.clear()));
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "81 05 48 65 6c 6c 6f | 810548656c6c6f",
        "129, 5, 72, 101, 108, 108, 111 | 810548656c6c6f",
        "[129, 5, 72, 101, 108, 108, 111] | 810548656c6c6f",
        "b'\\x81\\x05Hello' | 810548656c6c6f",
        "READ 7 \"\\x81\\x05Hello\" | 810548656c6c6f",
        "gQVIZWxsbw== | 810548656c6c6f",
        "0000: 81 05 48 65 6c 6c 6f                            ..Hello | 810548656c6c6f",
        "Header Bytes: [0] (7) 81 05 48 65 6c 6c 6f | 810548656c6c6f",
      })
  void aLineIsReadWhileThePipeWaits(String line, String expected) throws Exception {
    PipedOutputStream writer = new PipedOutputStream();
    SpelledBytes bytes = new SpelledBytes(new PipedInputStream(writer), null);
    for (int i = 0; i < 3; i++) {
      writer.write((line + "\n").getBytes(UTF_8));
      writer.flush();
      ByteBuffer out = ByteBuffer.allocate(100);
      assertTimeout(
          Duration.ofSeconds(10),
          () -> {
            while (out.position() < expected.length() / 2) {
              assertTrue(bytes.read(out));
            }
          });
      assertEquals(expected, HexFormat.of().formatHex(out.array(), 0, out.position()));
    }
    writer.close();
  }

  private static long count(InputStream text) throws IOException, InvalidSpelling {
    SpelledBytes bytes = new SpelledBytes(text, null);
    ByteBuffer out = ByteBuffer.allocate(64 << 10);
    long count = 0;
    boolean more = true;
    while (more) {
      more = bytes.read(out.clear());
      count += out.position();
    }
    return count;
  }

  /** The same line many times. */
  private static final class Repeated extends InputStream {
    private final byte[] lines;
    private final int lineLength;
    private long left;
    private int phase;

    Repeated(byte[] line, long count) {
      lineLength = line.length;
      left = lineLength * count;
      lines = new byte[lineLength * (2 + (64 << 10) / lineLength)];
      for (int at = 0; at < lines.length; at += lineLength) {
        System.arraycopy(line, 0, lines, at, lineLength);
      }
    }

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
      int count = (int) Math.min(left, Math.min(length, lines.length - phase));
      System.arraycopy(lines, phase, into, offset, count);
      phase = (phase + count) % lineLength;
      left -= count;
      return count;
    }
  }
}
