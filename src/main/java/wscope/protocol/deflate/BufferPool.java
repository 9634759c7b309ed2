package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Buffers, inflaters and deflaters that are needed only during a message, shared by all connections
 * of a thread. Between messages, a connection holds no buffer, and native memory only for context
 * takeover.
 *
 * <p>Not safe for use by several threads.
 */
public final class BufferPool implements AutoCloseable {
  /** The size of the largest slice that is passed on. */
  public static final int SLICE = 16 << 10;

  /**
   * The maximum number of kept buffers of each size, kept inflaters and kept deflaters. A thread
   * needs fewer: it processes one message at a time, or one inside another.
   */
  private static final int MOST_KEPT = 8;

  /** The bytes of all kept buffers, in a small heap and in a large one. */
  private static final int FEW_BYTES = 4 << 20;

  private static final int MANY_BYTES = 8 << 20;

  /** The share of the heap for kept buffers is one in this number. */
  private static final int SHARE = 64;

  private static final int REGION = 1 << 20;

  private static final int LEAST_EXPONENT = 8;
  private static final int MOST_EXPONENT = 31;
  private static final int LARGEST_BUFFER = Integer.MAX_VALUE - 8;

  /**
   * The kept buffers, indexed by the exponent of their capacity. A capacity is a power of two, or a
   * little less than 2^31.
   */
  private final List<ArrayDeque<ByteBuffer>> buffers = new ArrayList<>(MOST_EXPONENT + 1);

  private final ArrayDeque<Inflater> inflaters = new ArrayDeque<>(MOST_KEPT);
  private final ArrayDeque<Deflater> deflaters = new ArrayDeque<>(MOST_KEPT);
  private final int mostBytes;
  private long bytesKept;
  private boolean closed;

  /** Creates a pool that keeps few bytes. */
  public BufferPool() {
    this(FEW_BYTES);
  }

  private BufferPool(int mostBytes) {
    this.mostBytes = mostBytes;
    for (int i = 0; i <= MOST_EXPONENT; i++) {
      buffers.add(new ArrayDeque<>(1));
    }
  }

  /**
   * Creates a pool that keeps more in a large heap: without that, several connections that send
   * large messages allocate again for each.
   *
   * @param heap the maximum size of the heap in bytes
   */
  public static BufferPool forHeap(long heap) {
    return new BufferPool((int) Math.max(FEW_BYTES, Math.min(MANY_BYTES, heap / SHARE)));
  }

  /**
   * An empty heap buffer, less than twice as large as needed unless very small. The buffer may
   * contain old data: read only what you wrote to it.
   *
   * @param least the smallest capacity in bytes, at least 1
   */
  public ByteBuffer buffer(int least) {
    int exponent = exponent(least);
    ByteBuffer kept = buffers.get(exponent).pollLast();
    if (kept != null) {
      bytesKept -= kept.capacity();
      return kept.clear();
    }
    return ByteBuffer.allocate(capacity(least));
  }

  /**
   * The memory that a buffer takes. A garbage collector that divides the heap into regions rounds
   * large arrays up to whole regions, which are 1 MiB in a small heap.
   */
  public static long memory(int capacity) {
    return capacity < REGION / 2 ? capacity : (long) capacity + REGION;
  }

  /** The capacity of the buffer for a number of bytes, at least 1. */
  public static int capacity(int least) {
    int exponent = exponent(least);
    return exponent == MOST_EXPONENT ? LARGEST_BUFFER : 1 << exponent;
  }

  /** Takes back a buffer of this pool that is no longer in use. */
  public void giveBack(ByteBuffer buffer) {
    int exponent = exponent(buffer.capacity());
    ArrayDeque<ByteBuffer> sameSize = buffers.get(exponent);
    if (sameSize.size() < Math.min(MOST_KEPT, (mostBytes / 2) >>> exponent)
        && bytesKept + buffer.capacity() <= mostBytes) {
      bytesKept += buffer.capacity();
      sameSize.addLast(buffer);
    }
  }

  private static int exponent(int bytes) {
    return Math.max(LEAST_EXPONENT, Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1));
  }

  /** An inflater for raw DEFLATE data with an empty window. */
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

  /** A deflater for raw DEFLATE data with an empty window. */
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

  /** Releases the kept native memory. Anything given back later is released at once. */
  @Override
  public void close() {
    closed = true;
    for (Inflater inflater : inflaters) {
      inflater.end();
    }
    inflaters.clear();
    for (Deflater deflater : deflaters) {
      deflater.end();
    }
    deflaters.clear();
  }
}
