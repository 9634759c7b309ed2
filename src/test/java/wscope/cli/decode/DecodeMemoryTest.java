package wscope.cli.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static wscope.cli.decode.DecodeArguments.decode;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wscope.cli.Run;

/** Memory of {@code wscope decode}: bounded, whatever the input declares. */
class DecodeMemoryTest {
  /** S1: a long payload is decoded in bounded memory. */
  @Test
  void decodesAHundredMegabytesInBoundedMemory() {
    // A header that declares 2^62 bytes, then 100 MB of hex text.
    String header = "82 7f 40 00 00 00 00 00 00 00\n";
    long[] used = new long[1];
    Run[] run = new Run[1];
    assertTimeout(
        Duration.ofSeconds(8),
        () -> {
          InputStream text = new Repeating(header, "00 11 22 33\n", 100_000_002);
          long before = allocated();
          run[0] = Run.reading(text, "decode", "--preview", "16");
          used[0] = allocated() - before;
        });
    assertEquals(1, run[0].exitCode());
    assertTrue(run[0].out().contains("extended length 4611686018427387904"), run[0].out());
    assertTrue(run[0].out().contains("bytes of its payload data are missing"), run[0].out());
    assertTrue(used[0] < 8 << 20, () -> used[0] + " bytes were allocated");
  }

  /** S1: a declared length allocates nothing. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void allocatesNothingForAHugeDeclaredLength(int opcode) {
    for (String length :
        List.of(
            "00 00 00 00 7f ff ff ff",
            "00 00 00 01 00 00 00 00",
            "7f ff ff ff ff ff ff ff",
            "80 00 00 00 00 00 00 00")) {
      String bytes = Integer.toHexString(0x80 | opcode) + " 7f " + length + " 41 42";
      long before = allocated();
      Run run = Run.of(decode("--from hex " + bytes));
      long used = allocated() - before;
      assertEquals(1, run.exitCode(), run.out());
      assertTrue(used < 16 << 20, () -> used + " bytes were allocated");
    }
  }

  /** S6: the message inflates to 80 MiB of zeros, of which only a preview is kept. */
  @Test
  void inflatesACompressionBombInBoundedMemory() {
    Deflater zlib = new Deflater(9, true);
    zlib.setInput(new byte[80 << 20]);
    byte[] out = new byte[90_000];
    int length = zlib.deflate(out, 0, out.length, Deflater.SYNC_FLUSH) - 4;
    zlib.end();
    byte[] frame = new byte[10 + length];
    ByteBuffer.wrap(frame).put((byte) 0xc2).put((byte) 127).putLong(length).put(out, 0, length);
    long before = allocated();
    Run run =
        Run.reading(
            new ByteArrayInputStream(frame),
            decode("--from raw --deflate --detail messages --preview 2"));
    long used = allocated() - before;
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().contains("83886080 bytes"), run.out());
    assertTrue(used < 16 << 20, () -> used + " bytes were allocated");
  }

  /** Bytes that this thread has allocated so far. */
  private static long allocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** A header, then a repeated line. */
  private static final class Repeating extends InputStream {
    private final byte[] header;
    private final byte[] line;
    private final long length;
    private long at;

    Repeating(String header, String line, long length) {
      this.header = header.getBytes(US_ASCII);
      byte[] one = line.getBytes(US_ASCII);
      this.line = new byte[one.length * 4096];
      for (int i = 0; i < this.line.length; i += one.length) {
        System.arraycopy(one, 0, this.line, i, one.length);
      }
      this.length = length;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int wanted) {
      if (at >= length) {
        return -1;
      }
      byte[] from = at < header.length ? header : line;
      int start = at < header.length ? (int) at : (int) ((at - header.length) % line.length);
      int count = (int) Math.min(Math.min(wanted, from.length - start), length - at);
      System.arraycopy(from, start, into, offset, count);
      at += count;
      return count;
    }
  }
}
