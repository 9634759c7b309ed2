package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * Compresses the messages of one sender (RFC 7692 §7.2.1), whole or in pieces.
 *
 * <p>The zlib of the JDK always refers back up to 32 KiB. If a smaller window was negotiated, the
 * deflater is reset after each half window of data and gets the previous half as its dictionary: no
 * distance exceeds the window (§7.1.2). Each reset costs an empty stored block.
 *
 * <p>With context takeover it keeps about 260 KiB of native memory between messages until {@link
 * #close}.
 */
public final class MessageDeflater implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The length of 00 00 ff ff, which end a flush and are not sent (§7.2.1). */
  private static final int TAIL = 4;

  /**
   * The room that a flush needs at once. With less, the flush could be split, and zlib would repeat
   * it.
   */
  private static final int LEAST_ROOM = 16;

  private final BufferPool pool;
  private final boolean takeover;

  /** Half of the negotiated window; 0 if the window is as large as that of zlib. */
  private final int segment;

  private final SlidingWindow window;

  /** The number of bytes that still fit into the segment; meaningless without segments. */
  private int segmentLeft;

  private @Nullable Deflater deflater;

  /** Compressed data not passed on yet, from 0 to the position; null if no message is open. */
  private @Nullable ByteBuffer compressed;

  private boolean open;
  private long plainLength;
  private long compressedLength;
  private boolean deflating;
  private boolean closed;

  /**
   * Creates a deflater for one direction.
   *
   * @param agreed the negotiated parameters
   * @param sender the sender of the messages
   */
  public MessageDeflater(DeflateParameters agreed, Endpoint sender, BufferPool pool) {
    this.pool = pool;
    takeover = agreed.takesContextOver(sender);
    int bits = agreed.maxWindowBits(sender);
    segment = bits < DeflateParameters.MOST_WINDOW_BITS ? 1 << (bits - 1) : 0;
    window = new SlidingWindow(segment);
  }

  /**
   * Compresses the next bytes of a message. The sink gets slices of {@link BufferPool#SLICE} bytes,
   * and the rest at the end of the message.
   *
   * @param plain the plain bytes, from position to limit; the position moves to the limit, the
   *     bytes do not change
   * @param endOfMessage whether these bytes end the message
   */
  public void deflate(ByteBuffer plain, boolean endOfMessage, ByteSink sink) {
    if (closed) {
      throw new IllegalStateException("the deflater is closed");
    }
    if (!open) {
      start();
    }
    plainLength += plain.remaining();
    deflating = true;
    try {
      compress(plain, sink);
      if (endOfMessage && !closed) {
        finish(sink);
      }
    } finally {
      deflating = false;
    }
    plain.position(plain.limit());
    if (closed) {
      releaseAll();
    } else if (endOfMessage) {
      end();
    }
  }

  /**
   * Passes on everything that the open message has so far, except the bytes that its end removes.
   */
  public void flush(ByteSink sink) {
    if (open && plainLength > 0 && !closed) {
      flush(deflater(), sink);
      ByteBuffer out = room(sink);
      if (out.position() > TAIL) {
        passAllButTail(out, sink);
      }
    }
  }

  /** Releases the message and its last slice. */
  public void release() {
    if (compressed != null) {
      pool.giveBack(compressed);
      compressed = null;
    }
  }

  /** The number of plain bytes in the current message so far, or in the last message. */
  public long plainLength() {
    return plainLength;
  }

  /** The number of compressed bytes of that message that were passed on. */
  public long compressedLength() {
    return compressedLength;
  }

  /** Releases all memory. Do not call {@link #deflate} afterwards. A sink may call this. */
  @Override
  public void close() {
    closed = true;
    if (!deflating) {
      releaseAll();
    }
  }

  private void start() {
    release();
    open = true;
    plainLength = 0;
    compressedLength = 0;
  }

  private void end() {
    open = false;
    if (!takeover) {
      releaseDeflater();
      window.clear();
    }
  }

  private void compress(ByteBuffer plain, ByteSink sink) {
    int limit = plain.limit();
    while (plain.position() < limit && !closed) {
      Deflater zlib = deflater();
      int start = plain.position();
      int count = limit - start;
      if (segment > 0) {
        if (segmentLeft == 0) {
          startSegment(zlib, sink);
        }
        count = Math.min(count, segmentLeft);
        segmentLeft -= count;
        window.add(plain, start, count);
      }
      zlib.setInput(plain.limit(start + count));
      // One call may consume nothing although input is waiting.
      while (!zlib.needsInput() && !closed) {
        zlib.deflate(room(sink), Deflater.NO_FLUSH);
      }
      // The deflater Do not let the deflater keep a reference to the message.
      zlib.setInput(NOTHING);
      plain.limit(limit);
    }
  }

  private void startSegment(Deflater zlib, ByteSink sink) {
    flush(zlib, sink);
    zlib.reset();
    window.restore(zlib);
    segmentLeft = segment;
  }

  private void finish(ByteSink sink) {
    ByteBuffer out = room(sink);
    if (plainLength == 0) {
      // Without input, zlib flushes nothing. Write an empty stored block without its tail
      // (§7.2.3.6).
      out.put((byte) 0);
    } else {
      flush(deflater(), sink);
      out.position(out.position() - TAIL);
    }
    if (out.position() > 0) {
      compressedLength += out.position();
      sink.slice(out.flip(), true);
      // The receiver keeps this buffer until the release.
      out.position(0);
    }
  }

  /** Ends the block with an empty stored block, which aligns the output to a byte. */
  private void flush(Deflater zlib, ByteSink sink) {
    boolean full = true;
    while (full && !closed) {
      ByteBuffer out = room(sink);
      zlib.deflate(out, Deflater.SYNC_FLUSH);
      full = !out.hasRemaining();
    }
  }

  /**
   * Returns the buffer and makes room in it first. The last bytes stay in the buffer, because they
   * may be the tail.
   */
  private ByteBuffer room(ByteSink sink) {
    ByteBuffer out = compressed;
    if (out == null) {
      out = pool.buffer(BufferPool.SLICE);
      compressed = out;
    }
    if (out.remaining() < LEAST_ROOM) {
      passAllButTail(out, sink);
    }
    return out;
  }

  private void passAllButTail(ByteBuffer out, ByteSink sink) {
    int end = out.position();
    compressedLength += end - TAIL;
    sink.slice(out.position(0).limit(end - TAIL), false);
    out.limit(end).position(end - TAIL);
    out.compact();
  }

  private Deflater deflater() {
    if (deflater == null) {
      deflater = pool.deflater();
      segmentLeft = segment;
    }
    return deflater;
  }

  private void releaseAll() {
    release();
    releaseDeflater();
    window.clear();
  }

  private void releaseDeflater() {
    if (deflater != null) {
      pool.giveBack(deflater);
      deflater = null;
    }
  }
}
