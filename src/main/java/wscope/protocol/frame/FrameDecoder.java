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

  /** Reads nothing more, not even the rest of the current buffer. A listener may call this. */
  public void stop() {
    stopped = true;
  }

  /** Leaves the rest of the current buffer for the next {@link #feed}. A listener may call this. */
  public void pause() {
    paused = true;
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
    while (head.hasRemaining() && in.hasRemaining()) {
      head.put(in.get());
      offset++;
      if (head.position() == 2) {
        head.limit(2 + lengthForm().extraBytes() + (isMasked() ? 4 : 0));
      }
    }
    if (!head.hasRemaining()) {
      startFrame();
    }
  }

  private void startFrame() {
    LengthForm form = lengthForm();
    long length =
        switch (form) {
          case BITS_7 -> head.get(1) & 0x7f;
          case BITS_16 -> head.getShort(2) & 0xffff;
          case BITS_64 -> head.getLong(2);
        };
    int key = isMasked() ? head.getInt(2 + form.extraBytes()) : 0;
    header.place(header.number() + 1, offset - head.limit());
    header.fields(head.get(0) & 0xff, head.get(1) & 0xff, length, key);
    head.clear().limit(2);
    payloadLeft = length;
    inPayload = true;
    listener.frameStarted(header);
    endFrameIfComplete();
  }

  private void readPayload(ByteBuffer in) {
    int start = in.position();
    int limit = in.limit();
    boolean complete = Long.compareUnsigned(payloadLeft, in.remaining()) <= 0;
    int count = complete ? (int) payloadLeft : in.remaining();
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

  private LengthForm lengthForm() {
    return LengthForm.announcedBy(head.get(1) & 0x7f);
  }

  private boolean isMasked() {
    return head.get(1) < 0;
  }
}
