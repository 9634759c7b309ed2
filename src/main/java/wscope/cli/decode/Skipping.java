package wscope.cli.decode;

import java.nio.ByteBuffer;

/** Leaves out the first bytes of a stream. */
final class Skipping {
  private long count;

  Skipping(long count) {
    this.count = count;
  }

  /** The same bytes without those that are left out. */
  ByteBuffer of(ByteBuffer bytes) {
    int skipped = (int) Math.min(count, bytes.remaining());
    count -= skipped;
    return bytes.position(bytes.position() + skipped);
  }
}
