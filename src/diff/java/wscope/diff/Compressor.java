package wscope.diff;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;

/** Compresses messages in all the ways that RFC 7692 §7.2.3 shows. */
final class Compressor implements AutoCloseable {
  private static final int TAIL = 4;

  private final SplittableRandom random;
  private final boolean takeover;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);

  Compressor(SplittableRandom random, boolean takeover) {
    this.random = random;
    this.takeover = takeover;
  }

  /** The payload of a message, without the tail that every sender removes (§7.2.1). */
  byte[] compress(byte[] content) {
    if (!takeover) {
      deflater.reset();
    }
    deflater.setLevel(random.nextInt(10));
    boolean ends = random.nextInt(8) == 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0) {
      int half = content.length / 2;
      deflate(Arrays.copyOf(content, half), Deflater.SYNC_FLUSH, out);
      deflate(Arrays.copyOfRange(content, half, content.length), Deflater.SYNC_FLUSH, out);
    } else if (!ends) {
      deflate(content, random.nextBoolean() ? Deflater.SYNC_FLUSH : Deflater.FULL_FLUSH, out);
    }
    if (ends) {
      return finish(out.size() == 0 ? content : new byte[0], out);
    }
    // If there is nothing to flush, an empty block (§7.2.3.6).
    return out.size() < TAIL ? new byte[1] : Arrays.copyOf(out.toByteArray(), out.size() - TAIL);
  }

  /** Ends with a block that has BFINAL set (§7.2.3.4); later messages do not refer to it. */
  private byte[] finish(byte[] content, ByteArrayOutputStream out) {
    deflater.finish();
    deflate(content, Deflater.NO_FLUSH, out);
    deflater.reset();
    out.write(0);
    return out.toByteArray();
  }

  private void deflate(byte[] content, int flush, ByteArrayOutputStream out) {
    byte[] buffer = new byte[content.length + 512];
    deflater.setInput(content);
    int count = deflater.deflate(buffer, 0, buffer.length, flush);
    while (count > 0) {
      out.write(buffer, 0, count);
      count = count < buffer.length ? 0 : deflater.deflate(buffer, 0, buffer.length, flush);
    }
  }

  @Override
  public void close() {
    deflater.end();
  }
}
