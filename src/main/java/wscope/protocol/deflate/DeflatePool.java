package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * What is only needed while a message is under way, shared by all connections of a thread: buffers
 * of {@value #SLICE} bytes, and the native memory of inflaters and deflaters. So a connection
 * between two messages owns no buffer, and native memory only for a context that it takes over.
 *
 * <p>Not safe for use by several threads.
 */
public final class DeflatePool implements AutoCloseable {
  /** The most bytes that are handed over at once. */
  public static final int SLICE = 16 << 10;

  /** More than one thread needs, for messages are worked on one at a time, or one in another. */
  private static final int MOST_KEPT = 8;

  private final ArrayDeque<ByteBuffer> buffers = new ArrayDeque<>(MOST_KEPT);
  private final ArrayDeque<Inflater> inflaters = new ArrayDeque<>(MOST_KEPT);
  private final ArrayDeque<Deflater> deflaters = new ArrayDeque<>(MOST_KEPT);
  private boolean closed;

  /** An empty buffer on the heap. */
  ByteBuffer buffer() {
    ByteBuffer kept = buffers.pollLast();
    return kept == null ? ByteBuffer.allocate(SLICE) : kept.clear();
  }

  void giveBack(ByteBuffer buffer) {
    if (buffers.size() < MOST_KEPT) {
      buffers.addLast(buffer);
    }
  }

  /** An inflater of raw DEFLATE data with an empty window. */
  Inflater inflater() {
    Inflater kept = inflaters.pollLast();
    return kept == null ? new Inflater(true) : kept;
  }

  void giveBack(Inflater inflater) {
    if (closed || inflaters.size() == MOST_KEPT) {
      inflater.end();
    } else {
      inflater.reset();
      inflaters.addLast(inflater);
    }
  }

  /** A deflater to raw DEFLATE data with an empty window. */
  Deflater deflater() {
    Deflater kept = deflaters.pollLast();
    return kept == null ? new Deflater(Deflater.DEFAULT_COMPRESSION, true) : kept;
  }

  void giveBack(Deflater deflater) {
    if (closed || deflaters.size() == MOST_KEPT) {
      deflater.end();
    } else {
      deflater.reset();
      deflaters.addLast(deflater);
    }
  }

  /** Lets the kept native memory go; what is given back later is let go at once. */
  @Override
  public void close() {
    closed = true;
    inflaters.forEach(Inflater::end);
    inflaters.clear();
    deflaters.forEach(Deflater::end);
    deflaters.clear();
  }
}
