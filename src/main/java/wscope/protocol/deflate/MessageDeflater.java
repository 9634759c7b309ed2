package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;

/**
 * Compresses the messages of one sender (RFC 7692 §7.2.1), whole or in pieces as they come.
 *
 * <p>zlib as the JDK has it always refers back as far as 32 KiB. Where a smaller window was agreed
 * on, the deflater is reset after each half window of data and given the half before it, so that no
 * distance is larger than the window (§7.1.2). That costs an empty stored block each time.
 *
 * <p>It owns native memory, about 260 KiB, between messages if it takes its context over: {@link
 * #close} it.
 */
public final class MessageDeflater implements AutoCloseable {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** The end of the empty stored block of a flush, 00 00 ff ff, which is not sent (§7.2.1). */
  private static final int TAIL = 4;

  /** With less room than this a flush could be cut, and then zlib would repeat it. */
  private static final int LEAST_ROOM = 16;

  private final MessagePool pool;
  private final boolean takeover;

  /** Half of the agreed window; 0 if that is the whole of zlib's. */
  private final int segment;

  private final SlidingWindow window;

  /** What may still go into the segment; meaningless without segments. */
  private int segmentLeft;

  private @Nullable Deflater deflater;

  /** Compressed data that was not handed over yet, from 0 to the position; null if none is open. */
  private @Nullable ByteBuffer compressed;

  private boolean open;
  private long plainLength;
  private long compressedLength;
  private boolean deflating;
  private boolean closed;

  /**
   * @param agreed what holds on the connection
   * @param sender whose messages these are
   */
  public MessageDeflater(DeflateParameters agreed, Endpoint sender, MessagePool pool) {
    this.pool = pool;
    takeover = agreed.takesContextOver(sender);
    int bits = agreed.maxWindowBits(sender);
    segment = bits < DeflateParameters.MOST_WINDOW_BITS ? 1 << (bits - 1) : 0;
    window = new SlidingWindow(segment);
  }

  /**
   * Compresses the next bytes of a message. They are handed over when they fill a slice of {@link
   * MessagePool#SLICE} bytes, and at the end of the message.
   *
   * @param plain from position to limit; the position moves to the limit, the bytes stay
   * @param endOfMessage whether they are the last ones
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
      takeIn(plain, sink);
      if (endOfMessage && !closed) {
        finish(sink);
      }
    } finally {
      deflating = false;
    }
    plain.position(plain.limit());
    if (closed) {
      letAllGo();
    } else if (endOfMessage) {
      end();
    }
  }

  /** The message is done with, and so is its last slice. */
  public void release() {
    if (compressed != null) {
      pool.giveBack(compressed);
      compressed = null;
    }
  }

  /** How many bytes of the message at hand, or of the last one, came in. */
  public long plainLength() {
    return plainLength;
  }

  /** How many bytes of it were handed over. */
  public long compressedLength() {
    return compressedLength;
  }

  /** Lets all memory go; nothing may be compressed behind it. A sink may call it. */
  @Override
  public void close() {
    closed = true;
    if (!deflating) {
      letAllGo();
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
      letDeflaterGo();
      window.clear();
    }
  }

  private void takeIn(ByteBuffer plain, ByteSink sink) {
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
      // One call may take nothing although input is waiting.
      while (!zlib.needsInput() && !closed) {
        zlib.deflate(room(sink), Deflater.NO_FLUSH);
      }
      // The deflater must not hold on to the message.
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
      // Without input zlib flushes nothing; this is an empty stored block without its tail
      // (§7.2.3.6).
      out.put((byte) 0);
    } else {
      flush(deflater(), sink);
      out.position(out.position() - TAIL);
    }
    if (out.position() > 0) {
      compressedLength += out.position();
      sink.slice(out.flip(), true);
      // It stays on loan.
      out.position(0);
    }
  }

  /** Ends the block with an empty stored block, up to a byte border. */
  private void flush(Deflater zlib, ByteSink sink) {
    boolean cut = true;
    while (cut && !closed) {
      ByteBuffer out = room(sink);
      zlib.deflate(out, Deflater.SYNC_FLUSH);
      cut = !out.hasRemaining();
    }
  }

  /** The buffer with room in it; the last bytes stay there, for they may be the tail. */
  private ByteBuffer room(ByteSink sink) {
    ByteBuffer out = compressed;
    if (out == null) {
      out = pool.buffer(MessagePool.SLICE);
      compressed = out;
    }
    if (out.remaining() < LEAST_ROOM) {
      int end = out.position();
      compressedLength += end - TAIL;
      sink.slice(out.position(0).limit(end - TAIL), false);
      out.limit(end).position(end - TAIL);
      out.compact();
    }
    return out;
  }

  private Deflater deflater() {
    if (deflater == null) {
      deflater = pool.deflater();
      segmentLeft = segment;
    }
    return deflater;
  }

  private void letAllGo() {
    release();
    letDeflaterGo();
    window.clear();
  }

  private void letDeflaterGo() {
    if (deflater != null) {
      pool.giveBack(deflater);
      deflater = null;
    }
  }
}
