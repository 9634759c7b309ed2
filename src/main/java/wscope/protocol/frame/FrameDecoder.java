package wscope.protocol.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in a stream of bytes that may be split anywhere (RFC 6455 §5.2). The decoder knows
 * only the layout: it accepts every header, even one that breaks rules. It passes on each payload
 * in slices, as they arrive.
 */
public final class FrameDecoder {

  /**
   * Receives each frame: {@code started payload* ended}, without {@code ended} if the stream stops
   * inside the frame.
   */
  public interface Listener {
    /** The header of a frame is complete. */
    void frameStarted(FrameHeader header);

    /**
     * The next bytes of a payload have arrived. They are valid only during the call; the last ones
     * of a payload, until the frame has ended.
     *
     * @param wire at least one byte as on the wire, between position and limit; the listener may
     *     change the bytes
     * @param index the index of the first of these bytes in the payload
     */
    void framePayload(FrameHeader header, ByteBuffer wire, long index);

    /** The whole payload has arrived. */
    void frameEnded(FrameHeader header);
  }

  private final Listener listener;
  private final FrameHeader header = new FrameHeader();
  private final ByteBuffer head = ByteBuffer.allocate(FrameHeader.LONGEST).limit(2);
  private boolean inPayload;
  private long payloadLeft;
  private long offset;
  private int longestSlice;
  private boolean stopped;
  private boolean paused;

  /**
   * Creates a decoder.
   *
   * @param offset the offset of the first byte to be fed
   */
  public FrameDecoder(long offset, Listener listener) {
    this.offset = offset;
    this.listener = listener;
  }

  /** Reads up to the end of the buffer, a {@link #pause} or a {@link #stop}. */
  public void feed(ByteBuffer in) {
    paused = false;
    while (in.hasRemaining() && !stopped && !paused) {
      if (inPayload) {
        readPayload(in);
      } else {
        readHeader(in);
      }
    }
  }

  /**
   * Bytes are missing: the open frame has no end that is read.
   *
   * @return the number of bytes after the missing ones that its header counts to its payload; -1 if
   *     that is not known
   */
  public long gap(long missing) {
    boolean known = inPayload && Long.compareUnsigned(missing, payloadLeft) <= 0;
    long rest = known ? payloadLeft - missing : -1;
    inPayload = false;
    payloadLeft = 0;
    head.clear().limit(2);
    offset += missing;
    return rest;
  }

  /** Counts bytes that are not read, before the next frame. */
  public void skip(long bytes) {
    offset += bytes;
  }

  /** Reads nothing more, not even the rest of the current buffer. A listener may call this. */
  public void stop() {
    stopped = true;
  }

  /** Leaves the rest of the current buffer for the next {@link #feed}. A listener may call this. */
  public void pause() {
    paused = true;
  }

  /**
   * Limits the length of the slices of the current payload. Without a call at the start of a frame,
   * a slice is as long as the buffer allows.
   */
  public void sliceAtMost(int bytes) {
    longestSlice = bytes;
  }

  /** Whether the last {@link #feed} was paused and left bytes for the next one. */
  public boolean isPaused() {
    return paused;
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether the stream is inside a frame, whose first byte has arrived, but not its last. */
  public boolean isInside() {
    return inPayload || head.position() > 0;
  }

  /** Whether some bytes of a header have arrived, but not all. */
  public boolean isInHeader() {
    return head.position() > 0;
  }

  /**
   * The fields of an incomplete header that are known. Others are 0: the length until all of its
   * bytes have arrived, and the masking key.
   */
  public FrameHeader knownFields() {
    int received = head.position();
    int byte1 = received > 1 ? head.get(1) & 0xff : 0;
    LengthForm form = LengthForm.announcedBy(byte1 & 0x7f);
    FrameHeader known = new FrameHeader();
    known.place(header.number() + 1, offset - received);
    known.fields(
        head.get(0) & 0xff, byte1, received >= 2 + form.extraBytes() ? length(form) : 0, 0);
    return known;
  }

  /** The incomplete frame if the stream ends here; null between two frames. */
  public @Nullable IncompleteFrame incomplete() {
    if (inPayload) {
      return new IncompleteFrame(
          header.number(), offset, FrameField.PAYLOAD_DATA, payloadLeft, ByteBuffer.allocate(0));
    }
    int received = head.position();
    if (received == 0) {
      return null;
    }
    if (received == 1) {
      return incomplete(FrameField.PAYLOAD_LENGTH, 1);
    }
    int keyStart = head.limit() - (isMasked() ? 4 : 0);
    return received < keyStart
        ? incomplete(FrameField.EXTENDED_PAYLOAD_LENGTH, keyStart - received)
        : incomplete(FrameField.MASKING_KEY, head.limit() - received);
  }

  private IncompleteFrame incomplete(FrameField field, int missing) {
    ByteBuffer received = ByteBuffer.allocate(head.position()).put(head.duplicate().flip()).flip();
    return new IncompleteFrame(header.number() + 1, offset, field, missing, received);
  }

  private void readHeader(ByteBuffer in) {
    if (in.remaining() >= FrameHeader.LONGEST && head.position() == 0) {
      readWholeHeader(in);
    } else {
      collectHeader(in);
    }
  }

  /** Reads a header that is whole, which most are, in one step. */
  private void readWholeHeader(ByteBuffer in) {
    int at = in.position();
    int byte0 = in.get(at) & 0xff;
    int byte1 = in.get(at + 1) & 0xff;
    LengthForm form = LengthForm.announcedBy(byte1 & 0x7f);
    int keyAt = at + 2 + form.extraBytes();
    boolean masked = (byte1 & 0x80) != 0;
    int key = masked ? (int) number(in, keyAt, Integer.BYTES) : 0;
    long length = form == LengthForm.BITS_7 ? byte1 & 0x7f : number(in, at + 2, form.extraBytes());
    int size = keyAt + (masked ? Integer.BYTES : 0) - at;
    in.position(at + size);
    offset += size;
    startFrame(size, byte0, byte1, length, key);
  }

  /** A number in network byte order, whatever the order of the buffer. */
  private static long number(ByteBuffer in, int at, int bytes) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number = (number << 8) | (in.get(at + i) & 0xff);
    }
    return number;
  }

  private void collectHeader(ByteBuffer in) {
    while (head.hasRemaining() && in.hasRemaining()) {
      head.put(in.get());
      offset++;
      if (head.position() == 2) {
        head.limit(2 + lengthForm().extraBytes() + (isMasked() ? 4 : 0));
      }
    }
    if (!head.hasRemaining()) {
      LengthForm form = lengthForm();
      int key = isMasked() ? head.getInt(2 + form.extraBytes()) : 0;
      long length = length(form);
      int size = head.limit();
      head.clear().limit(2);
      startFrame(size, head.get(0) & 0xff, head.get(1) & 0xff, length, key);
    }
  }

  private void startFrame(int size, int byte0, int byte1, long length, int key) {
    header.place(header.number() + 1, offset - size);
    header.fields(byte0, byte1, length, key);
    payloadLeft = length;
    inPayload = true;
    longestSlice = Integer.MAX_VALUE;
    listener.frameStarted(header);
    endFrameIfComplete();
  }

  private void readPayload(ByteBuffer in) {
    int start = in.position();
    int limit = in.limit();
    int most = Math.min(in.remaining(), longestSlice);
    boolean complete = Long.compareUnsigned(payloadLeft, most) <= 0;
    int count = complete ? (int) payloadLeft : most;
    long index = header.payloadLength() - payloadLeft;
    payloadLeft -= count;
    offset += count;
    in.limit(start + count);
    listener.framePayload(header, in, index);
    endFrameIfComplete();
    in.limit(limit).position(start + count);
  }

  private void endFrameIfComplete() {
    if (payloadLeft == 0 && !stopped) {
      inPayload = false;
      listener.frameEnded(header);
    }
  }

  private long length(LengthForm form) {
    return switch (form) {
      case BITS_7 -> head.get(1) & 0x7f;
      case BITS_16 -> head.getShort(2) & 0xffff;
      case BITS_64 -> head.getLong(2);
    };
  }

  private LengthForm lengthForm() {
    return LengthForm.announcedBy(head.get(1) & 0x7f);
  }

  private boolean isMasked() {
    return head.get(1) < 0;
  }
}
