package wscope.protocol.deflate;

import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Rule;

/**
 * Inflates the compressed messages of one sender (RFC 7692 §7.2.2), slice by slice as they come. It
 * never holds more than one slice of plain data besides the window, and stops at the first byte
 * over the limit. What is wrong with a message is a value; the next message is tried anew.
 *
 * <p>It owns native memory only while a message is open: an inflater is taken from the pool, given
 * the window, and goes back at the end of the message. {@link #close} ends an open message.
 */
public final class MessageInflater implements AutoCloseable {
  private static final int LARGEST_WINDOW = 1 << DeflateParameters.MOST_WINDOW_BITS;

  /**
   * The tail that the sender removed (§7.2.2), and an empty final block: the inflater finishes at
   * its last byte if the message ends where a block ends, and nowhere else.
   */
  private static final byte[] TAIL = {0, 0, -1, -1, 3, 0};

  /** What lies before the first byte of the window. */
  private enum Before {
    /** Messages that were not seen; or none, if this is the first message of the connection. */
    FIRST_MESSAGE,
    /** Messages that this one must not refer to. */
    OWN_MESSAGE,
    /** A message that could not be inflated to its end. */
    BROKEN_MESSAGE
  }

  private final MessagePool pool;
  private final boolean takeover;
  private final long maxMessage;
  private final SlidingWindow window = new SlidingWindow(LARGEST_WINDOW);
  private Before before;
  private @Nullable Inflater inflater;

  /** Plain data that was not handed over yet, from 0 to the position; null if there is none. */
  private @Nullable ByteBuffer plain;

  /** How far the window has seen {@link #plain}. */
  private int inWindow;

  private boolean open;
  private boolean broken;

  /** A final block has ended: the inflater needs a reset before it reads on. */
  private boolean finished;

  private long compressedLength;
  private long inflatedLength;
  private boolean inflating;
  private boolean closed;

  /**
   * @param agreed what holds on the connection
   * @param sender whose messages these are
   * @param maxMessage in bytes, inflated, inclusive
   */
  public MessageInflater(
      DeflateParameters agreed, Endpoint sender, long maxMessage, MessagePool pool) {
    this.pool = pool;
    this.maxMessage = maxMessage;
    takeover = agreed.takesContextOver(sender);
    before = takeover ? Before.FIRST_MESSAGE : Before.OWN_MESSAGE;
  }

  /**
   * How long a message may be on the wire, in bytes: data that cannot be compressed grows, by 5
   * bytes for each stored block. An eighth more leaves room for small blocks too.
   *
   * @param maxMessage in bytes, inflated
   */
  public static long maxCompressed(long maxMessage) {
    long growth = maxMessage / 8 + 64;
    return maxMessage > Long.MAX_VALUE - growth ? Long.MAX_VALUE : maxMessage + growth;
  }

  /**
   * Inflates the next bytes of a message and hands over everything that they yield, at most {@link
   * MessagePool#SLICE} bytes at a time.
   *
   * @param compressed from position to limit, which are read up; empty if only the end comes
   * @param endOfMessage whether they are the last ones
   * @return what is wrong, told once for a message, of which the rest is passed over; null if fine,
   *     or if the sink has closed this
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
    InflateError fault = null;
    if (!broken) {
      inflating = true;
      try {
        fault = inflateOn(compressed, endOfMessage, sink);
      } finally {
        inflating = false;
      }
    }
    compressed.position(compressed.limit());
    if (closed) {
      letAllGo();
      return null;
    }
    if (endOfMessage) {
      end();
    } else {
      release();
    }
    return fault;
  }

  /** The message is done with, and so is its last slice. */
  public void release() {
    if (plain != null) {
      pool.giveBack(plain);
      plain = null;
    }
  }

  /** The open message does not go on: another one comes in its place. */
  public void abandon() {
    if (open) {
      breakOff();
      end();
      release();
    }
  }

  /** How many bytes of the message at hand, or of the last one, came in. */
  public long compressedLength() {
    return compressedLength;
  }

  /** How many bytes of it were handed over. */
  public long inflatedLength() {
    return inflatedLength;
  }

  /**
   * Lets all memory go but the last slice, which is on loan up to {@link #release}; nothing may be
   * inflated behind it. A sink may call it.
   */
  @Override
  public void close() {
    closed = true;
    if (!inflating) {
      letInflaterGo();
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
    letInflaterGo();
    if (!takeover) {
      window.clear();
    }
  }

  /** What comes out is not what was sent, so no later message can refer to it. */
  private void breakOff() {
    broken = true;
    if (takeover) {
      before = Before.BROKEN_MESSAGE;
    }
    letInflaterGo();
    window.clear();
  }

  private @Nullable InflateError inflateOn(
      ByteBuffer compressed, boolean endOfMessage, ByteSink sink) {
    InflateError fault = read(compressed, sink);
    if (fault == null && endOfMessage && !closed) {
      fault = readTail(compressed.limit());
    }
    // Where only the end is missing, the window is as the sender has it.
    boolean lost = fault != null && !finished && compressedLength > 0;
    handOver(sink, endOfMessage && fault == null);
    if (lost) {
      breakOff();
    }
    return fault;
  }

  private @Nullable InflateError read(ByteBuffer compressed, ByteSink sink) {
    InflateError fault = null;
    while (compressed.hasRemaining() && fault == null && !closed) {
      Inflater zlib = inflater();
      if (finished) {
        // Behind a final block others may follow that refer to the same window (§7.2.1).
        showToWindow();
        zlib.reset();
        window.restore(zlib);
        finished = false;
      }
      zlib.setInput(compressed);
      fault = readBlocks(zlib, compressed, sink);
    }
    return fault;
  }

  /** Inflates up to the end of the input or of a final block. */
  private @Nullable InflateError readBlocks(Inflater zlib, ByteBuffer compressed, ByteSink sink) {
    boolean more = true;
    while (more && !closed) {
      ByteBuffer out = plain();
      // One byte over the limit is enough to see that it is passed.
      long allowed = maxMessage - inflatedLength;
      int room = allowed < out.remaining() ? (int) allowed + 1 : out.remaining();
      int start = out.position();
      String corrupt = inflate(zlib, out.limit(start + room));
      out.limit(out.capacity());
      int count = out.position() - start;
      if (count > allowed) {
        out.position(start + count - 1);
        inflatedLength += count - 1;
        String found = "more than " + maxMessage + " bytes, inflated";
        return new InflateError(Rule.MESSAGE_TOO_BIG, compressed.position() - 1, found);
      }
      inflatedLength += count;
      if (corrupt != null) {
        return fault(corrupt, compressed.position() - 1);
      }
      finished = zlib.finished();
      more = count == room;
      if (!out.hasRemaining()) {
        handOver(sink, false);
      }
    }
    return null;
  }

  private @Nullable InflateError readTail(int limit) {
    if (compressedLength == 0) {
      return unfinished(limit, "no bytes; an empty message is compressed to 00");
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
    boolean good = corrupt == null && !yields && zlib.finished() && zlib.getRemaining() == 0;
    return good ? null : unfinished(limit, "a block is still open");
  }

  /** Inflates to the limit of a buffer or to the end of the input; tells what zlib objects to. */
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

  private InflateError fault(String corrupt, int index) {
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

  private void handOver(ByteSink sink, boolean last) {
    ByteBuffer out = plain;
    if (out == null || out.position() == 0) {
      return;
    }
    if (takeover || !last) {
      showToWindow();
    }
    sink.slice(out.flip(), last);
    inWindow = 0;
    if (last) {
      // It stays on loan.
      out.position(0);
    } else {
      out.clear();
    }
  }

  private void showToWindow() {
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
      plain = pool.buffer(MessagePool.SLICE);
      inWindow = 0;
    }
    return plain;
  }

  private void letAllGo() {
    release();
    letInflaterGo();
    window.clear();
  }

  private void letInflaterGo() {
    if (inflater != null) {
      pool.giveBack(inflater);
      inflater = null;
    }
  }
}
