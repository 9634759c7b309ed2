package wscope.protocol.message;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.MessageInflater;
import wscope.protocol.rule.Endpoint;

/**
 * Inflates messages with RSV1 that no extension allows, to tell whether their sender compresses
 * them. It keeps only the first bytes, and gives up at the first message that does not inflate or
 * is too long.
 */
final class TrialInflation implements AutoCloseable {
  /** The most bytes that a message may have when inflated. */
  private static final long MOST_INFLATED = 1 << 24;

  private static final int KEPT = 64;

  private final MessageInflater inflater;
  private final ByteBuffer start = ByteBuffer.allocate(KEPT);
  private boolean failed;

  TrialInflation(Compression compression, Endpoint sender, long maxMessage) {
    long most = Math.min(maxMessage, MOST_INFLATED);
    inflater = new MessageInflater(compression.agreed(), sender, most, compression.pool());
  }

  /** Adds the next bytes of a message. */
  void add(ByteBuffer data, boolean last) {
    if (failed) {
      return;
    }
    failed = inflater.inflate(data.duplicate(), last, (slice, end) -> keep(slice)) != null;
    if (last) {
      inflater.release();
    }
  }

  private void keep(ByteBuffer slice) {
    int count = Math.min(slice.remaining(), start.remaining());
    start.put(slice.slice(slice.position(), count));
  }

  /** Starts a message. */
  void begin() {
    start.clear();
  }

  /** Abandons the open message. */
  void abandon() {
    inflater.abandon();
  }

  /** The first bytes of the message that has ended; null if it does not inflate. */
  @Nullable ByteBuffer result() {
    return failed ? null : start.flip();
  }

  /** The length of the message that has ended, inflated. */
  long length() {
    return inflater.inflatedLength();
  }

  @Override
  public void close() {
    inflater.close();
  }
}
