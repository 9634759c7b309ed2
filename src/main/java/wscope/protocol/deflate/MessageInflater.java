package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Inflates the compressed messages of one sender (RFC 7692 §7.2.2), slice by slice. It holds at
 * most one slice of plain data besides the window, and stops at the first byte over the limit. It
 * returns errors as values and continues with the next message.
 *
 * <p>It owns native memory only while a message is open: it takes an inflater from the pool,
 * restores the window, and gives it back at the end of the message. {@link #close} ends an open
 * message.
 */
public final class MessageInflater implements AutoCloseable {
  private static final int LARGEST_WINDOW = 1 << DeflateParameters.MOST_WINDOW_BITS;

  /**
   * The tail that the sender removed (§7.2.2), and an empty final block. The inflater finishes at
   * the last of these bytes only if the message ends where a block ends.
   */
  private static final byte[] TAIL = {0, 0, -1, -1, 3, 0};

  /** The kind of data before the first byte of the window. */
  private enum Before {
    /** Unseen messages, or nothing if this is the first message of the connection. */
    FIRST_MESSAGE,
    /** Earlier messages, to which this one must not refer. */
    OWN_MESSAGE,
    /** A message that could not be inflated to its end. */
    BROKEN_MESSAGE
  }

  private final BufferPool pool;
  private final boolean takeover;
  private final long maxMessage;
  private final SlidingWindow window = new SlidingWindow(LARGEST_WINDOW);
  private Before before;
  private @Nullable Inflater inflater;

  /** Plain data not passed on yet, from 0 to the position; null if there is none. */
  private @Nullable ByteBuffer plain;

  /** The number of bytes of {@link #plain} that are in the window. */
  private int inWindow;

  private boolean open;
  private boolean broken;

  /** Whether a final block has ended, after which the inflater needs a reset to read on. */
  private boolean finished;

  private long compressedLength;
  private long inflatedLength;
  private boolean inflating;
  private boolean closed;

  /**
   * Creates an inflater for one direction.
   *
   * @param agreed the negotiated parameters
   * @param sender the sender of the messages
   * @param maxMessage the maximum inflated size of a message in bytes, inclusive
   */
  public MessageInflater(
      DeflateParameters agreed, Endpoint sender, long maxMessage, BufferPool pool) {
    this.pool = pool;
    this.maxMessage = maxMessage;
    takeover = agreed.takesContextOver(sender);
    before = takeover ? Before.FIRST_MESSAGE : Before.OWN_MESSAGE;
  }

  /**
   * The maximum size of a message on the wire, in bytes. Incompressible data grows by 5 bytes for
   * each stored block; an eighth more leaves room for small blocks.
   *
   * @param maxMessage the maximum inflated size in bytes
   */
  public static long maxCompressed(long maxMessage) {
    long growth = maxMessage / 8 + 64;
    return maxMessage > Long.MAX_VALUE - growth ? Long.MAX_VALUE : maxMessage + growth;
  }

  /**
   * Inflates the next bytes of a message and passes on the result, at most {@link BufferPool#SLICE}
   * bytes at a time. After an error, the rest of the message is skipped.
   *
   * @param compressed the compressed bytes, from position to limit, all of which are read; empty if
   *     only the end follows
   * @param endOfMessage whether these bytes end the message
   * @return the error, once per message; null if there is none or the sink has closed this inflater
   */
  public @Nullable InflateError inflate(
      ByteBuffer compressed, boolean endOfMessage, ByteSink sink) {
    if (closed) {
      throw new IllegalStateException("the inflater is closed");
    }
    if (!open) {
      start();
    }
    compressedLength += compressed.remaining();
    InflateError error = null;
    if (!broken) {
      inflating = true;
      try {
        error = inflateInput(compressed, endOfMessage, sink);
      } finally {
        inflating = false;
      }
    }
    compressed.position(compressed.limit());
    if (closed) {
      releaseAll();
      return null;
    }
    if (endOfMessage) {
      end();
    } else {
      release();
    }
    return error;
  }

  /** Releases the message and its last slice. */
  public void release() {
    if (plain != null) {
      pool.giveBack(plain);
      plain = null;
    }
  }

  /** Messages are missing, to which the next ones may refer. No message is open. */
  public void loseContext() {
    if (takeover) {
      before = Before.BROKEN_MESSAGE;
      window.clear();
    }
  }

  /** Abandons the open message, because another message starts. */
  public void abandon() {
    if (open) {
      markBroken();
      end();
      release();
    }
  }

  /** The number of compressed bytes in the current message so far, or in the last message. */
  public long compressedLength() {
    return compressedLength;
  }

  /** The number of inflated bytes of that message that were passed on. */
  public long inflatedLength() {
    return inflatedLength;
  }

  /**
   * Releases all memory except the last slice, which is valid until {@link #release}. Do not call
   * {@link #inflate} afterwards. A sink may call this.
   */
  @Override
  public void close() {
    closed = true;
    if (!inflating) {
      releaseInflater();
      window.clear();
    }
  }

  private void start() {
    release();
    open = true;
    broken = false;
    compressedLength = 0;
    inflatedLength = 0;
  }

  private void end() {
    open = false;
    releaseInflater();
    if (!takeover) {
      window.clear();
    }
  }

  /**
   * Marks the window as broken: it differs from the sender's, so no later message can refer to it.
   */
  private void markBroken() {
    broken = true;
    if (takeover) {
      before = Before.BROKEN_MESSAGE;
    }
    releaseInflater();
    window.clear();
  }

  private @Nullable InflateError inflateInput(
      ByteBuffer compressed, boolean endOfMessage, ByteSink sink) {
    InflateError error = read(compressed, sink);
    if (error == null && endOfMessage && !closed) {
      error = readTail(compressed.limit());
    }
    // If only the end is missing, the window is the same as the sender's.
    boolean outOfSync = error != null && !finished && compressedLength > 0;
    deliver(sink, endOfMessage && error == null);
    if (outOfSync) {
      markBroken();
    }
    return error;
  }

  private @Nullable InflateError read(ByteBuffer compressed, ByteSink sink) {
    InflateError error = null;
    while (compressed.hasRemaining() && error == null && !closed) {
      Inflater zlib = inflater();
      if (finished) {
        // Blocks after a final block may refer to the same window (§7.2.1).
        updateWindow();
        zlib.reset();
        window.restore(zlib);
        finished = false;
      }
      zlib.setInput(compressed);
      error = readBlocks(zlib, compressed, sink);
    }
    return error;
  }

  /** Inflates up to the end of the input or of a final block. */
  private @Nullable InflateError readBlocks(Inflater zlib, ByteBuffer compressed, ByteSink sink) {
    boolean more = true;
    while (more && !closed) {
      ByteBuffer out = plain();
      // One byte over the limit shows that the message is too big.
      long allowed = maxMessage - inflatedLength;
      int room = allowed < out.remaining() ? (int) allowed + 1 : out.remaining();
      int start = out.position();
      String corrupt = inflate(zlib, out.limit(start + room));
      out.limit(out.capacity());
      int count = out.position() - start;
      if (count > allowed) {
        out.position(start + count - 1);
        inflatedLength += count - 1;
        String found = "more than " + maxMessage + " bytes after decompression";
        return new InflateError(Rule.MESSAGE_TOO_BIG, compressed.position() - 1, found);
      }
      inflatedLength += count;
      if (corrupt != null) {
        return error(corrupt, compressed.position() - 1);
      }
      finished = zlib.finished();
      more = count == room;
      if (!out.hasRemaining()) {
        deliver(sink, false);
      }
    }
    return null;
  }

  private @Nullable InflateError readTail(int limit) {
    if (compressedLength == 0) {
      return unfinished(limit, "the payload is empty; an empty message is compressed to 00");
    }
    if (finished) {
      return unfinished(limit, "the byte 00 after the final block is missing");
    }
    Inflater zlib = inflater();
    zlib.setInput(TAIL);
    ByteBuffer out = plain();
    int start = out.position();
    String corrupt = inflate(zlib, out);
    boolean yields = out.position() > start;
    out.position(start);
    boolean complete = corrupt == null && !yields && zlib.finished() && zlib.getRemaining() == 0;
    return complete ? null : unfinished(limit, "a block is still open");
  }

  /**
   * Inflates to the limit of a buffer or to the end of the input.
   *
   * @return the error message of zlib; null if there is none
   */
  private static @Nullable String inflate(Inflater zlib, ByteBuffer out) {
    try {
      zlib.inflate(out);
      return null;
    } catch (DataFormatException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static InflateError unfinished(int limit, String found) {
    return new InflateError(Rule.COMPRESSED_DATA_UNFINISHED, limit, found);
  }

  private InflateError error(String corrupt, int index) {
    if (!corrupt.contains("too far back")) {
      return new InflateError(Rule.COMPRESSED_DATA_CORRUPT, index, corrupt);
    }
    return switch (before) {
      case FIRST_MESSAGE ->
          new InflateError(
              Rule.COMPRESSED_DATA_OUT_OF_WINDOW,
              index,
              "a distance that reaches before the first message seen");
      case BROKEN_MESSAGE ->
          new InflateError(
              Rule.COMPRESSED_DATA_OUT_OF_WINDOW,
              index,
              "a distance that reaches back to a message that could not be inflated");
      case OWN_MESSAGE ->
          new InflateError(
              Rule.CONTEXT_TAKEN_OVER,
              index,
              "a distance that reaches before the start of its message");
    };
  }

  private void deliver(ByteSink sink, boolean last) {
    ByteBuffer out = plain;
    if (out == null || out.position() == 0) {
      return;
    }
    if (takeover || !last) {
      updateWindow();
    }
    sink.slice(out.flip(), last);
    inWindow = 0;
    if (last) {
      // The receiver keeps this buffer until the release.
      out.position(0);
    } else {
      out.clear();
    }
  }

  private void updateWindow() {
    ByteBuffer out = plain;
    if (out != null) {
      window.add(out, inWindow, out.position() - inWindow);
      inWindow = out.position();
    }
  }

  private Inflater inflater() {
    if (inflater == null) {
      inflater = pool.inflater();
      window.restore(inflater);
      finished = false;
    }
    return inflater;
  }

  private ByteBuffer plain() {
    if (plain == null) {
      plain = pool.buffer(BufferPool.SLICE);
      inWindow = 0;
    }
    return plain;
  }

  private void releaseAll() {
    release();
    releaseInflater();
    window.clear();
  }

  private void releaseInflater() {
    if (inflater != null) {
      pool.giveBack(inflater);
      inflater = null;
    }
  }
}
