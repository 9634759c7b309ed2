package wscope.protocol.frame;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds frames in a stream of bytes that may be cut anywhere (RFC 6455 §5.2). It knows layout only:
 * every header is taken as it stands, also one that breaks rules, and a payload is handed over in
 * the slices in which it comes.
 */
public final class FrameDecoder {

  /**
   * Hears of each frame: {@code started payload* ended}, without {@code ended} where the stream
   * stops inside the frame.
   */
  public interface Listener {
    /** A header is complete. */
    void frameStarted(FrameHeader header);

    /**
     * The next bytes of the payload, as on the wire, between position and limit of {@code wire}, at
     * least one. They may be changed in place. They are on loan for the call, the last ones of a
     * payload until the frame has ended.
     *
     * @param index of the first of them in the payload
     */
    void framePayload(FrameHeader header, ByteBuffer wire, long index);

    /** The whole payload has come. */
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
   * @param offset of the first byte that will be fed, from which the offsets of frames count
   */
  public FrameDecoder(long offset, Listener listener) {
    this.offset = offset;
    this.listener = listener;
  }

  /** Reads on, up to the end of the buffer, to a {@link #pause} or to a {@link #stop}. */
  public void feed(ByteBuffer in) {
    paused = false;
    while (in.hasRemaining() && !stopped && !paused) {
      if (inPayload) {
        takePayload(in);
      } else {
        takeHeader(in);
      }
    }
  }

  /** Reads nothing more, not even the rest of the buffer at hand; a listener may call it. */
  public void stop() {
    stopped = true;
  }

  /** Leaves the rest of the buffer at hand to the next {@link #feed}; a listener may call it. */
  public void pause() {
    paused = true;
  }

  /** Whether the last {@link #feed} was paused, and left what followed to the next. */
  public boolean isPaused() {
    return paused;
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopped() {
    return stopped;
  }

  /** Whether the stream stands inside a frame: its first byte has come, and not its last. */
  public boolean isInside() {
    return inPayload || head.position() > 0;
  }

  /** What is missing, if the stream should end here; null between two frames. */
  public @Nullable Incomplete incomplete() {
    if (inPayload) {
      return new Incomplete(
          header.number(), offset, FrameField.PAYLOAD_DATA, payloadLeft, ByteBuffer.allocate(0));
    }
    int have = head.position();
    if (have == 0) {
      return null;
    }
    if (have == 1) {
      return incomplete(FrameField.PAYLOAD_LENGTH, 1);
    }
    int keyStart = head.limit() - (isMasked() ? 4 : 0);
    return have < keyStart
        ? incomplete(FrameField.EXTENDED_PAYLOAD_LENGTH, keyStart - have)
        : incomplete(FrameField.MASKING_KEY, head.limit() - have);
  }

  private Incomplete incomplete(FrameField field, int missing) {
    ByteBuffer came = ByteBuffer.allocate(head.position()).put(head.duplicate().flip()).flip();
    return new Incomplete(header.number() + 1, offset, field, missing, came);
  }

  private void takeHeader(ByteBuffer in) {
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
    endFrameIfWhole();
  }

  private void takePayload(ByteBuffer in) {
    int start = in.position();
    int limit = in.limit();
    boolean allHere = Long.compareUnsigned(payloadLeft, in.remaining()) <= 0;
    int count = allHere ? (int) payloadLeft : in.remaining();
    long index = header.payloadLength() - payloadLeft;
    payloadLeft -= count;
    offset += count;
    in.limit(start + count);
    listener.framePayload(header, in, index);
    endFrameIfWhole();
    in.limit(limit).position(start + count);
  }

  private void endFrameIfWhole() {
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
