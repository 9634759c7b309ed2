package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/**
 * The sending half of a {@link Session}, also for a proxy that changes messages: splits messages
 * into frames, compresses them if negotiated, and masks those of a client. It reports and counts
 * everything it sends.
 */
public final class FrameWriter implements AutoCloseable {
  private static final int RSV1 = 4;

  /** The number of compressed bytes from which on a part of a message gets a frame of its own. */
  private static final int LARGE_PART = 64 << 10;

  /** The longest payload that is written together with its header, because a copy costs less. */
  private static final int SHORT = 50;

  private final TransportWriter transport;
  private final BufferPool pool;
  private final boolean masks;
  private final IntSupplier maskingKeys;
  private final @Nullable MessageDeflater deflater;
  private final @Nullable Consumer<ByteBuffer> observer;
  private final PayloadBuffer compressed;
  private final ByteSink collector = this::collect;

  /** The next header, and its payload if that is short. */
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST + SHORT);

  private final FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);

  /** The only slice of a compressed message; null if there are several. */
  private @Nullable ByteBuffer whole;

  /** The message that is being sent in steps; null if there is none. */
  private @Nullable SteppedMessage stepped;

  /** Whether a message is being written in parts, and its first frame was written. */
  private boolean inParts;

  private boolean messageOpen;
  private boolean streamEnded;
  private boolean closed;
  private final DirectionCount sent;

  /**
   * Creates the writer of one endpoint.
   *
   * @param compression the compression of the connection; null if permessage-deflate is not in use
   * @param pool the buffer pool of the thread that serves the connection
   * @param maskingKeys supplies a key for each masked frame
   * @param sent counts the frames and messages
   * @param observer receives a copy of everything that is sent and may change that copy; null for
   *     none
   */
  FrameWriter(
      Endpoint self,
      TransportWriter transport,
      @Nullable Compression compression,
      BufferPool pool,
      IntSupplier maskingKeys,
      DirectionCount sent,
      @Nullable Consumer<ByteBuffer> observer) {
    this.transport = transport;
    this.pool = pool;
    this.maskingKeys = maskingKeys;
    this.sent = sent;
    this.observer = observer;
    masks = self == Endpoint.CLIENT;
    compressed = new PayloadBuffer(pool);
    deflater = compression == null ? null : new MessageDeflater(compression.agreed(), self, pool);
  }

  /**
   * Creates the writer of one endpoint, for messages that another sends in its name.
   *
   * @param agreed the parameters with which the endpoint compresses; null if permessage-deflate is
   *     not in use
   * @param pool the buffer pool of the thread that serves the connection
   * @param maskingKeys supplies a key for each masked frame; for a client it must use a strong
   *     source to be unpredictable (RFC 6455 §5.3)
   */
  public static FrameWriter of(
      Endpoint self,
      TransportWriter transport,
      @Nullable DeflateParameters agreed,
      BufferPool pool,
      IntSupplier maskingKeys) {
    Compression compression = agreed == null ? null : new Compression(agreed, pool);
    return new FrameWriter(
        self, transport, compression, pool, maskingKeys, new DirectionCount(), null);
  }

  /** Whether the faults committed so far still allow this frame or message. */
  public SendResult check(Opcode opcode) {
    if (streamEnded) {
      return SendResult.IN_FRAME;
    }
    if (opcode.isControl()) {
      return SendResult.SENT;
    }
    if (messageOpen) {
      return SendResult.IN_MESSAGE;
    }
    return stepped == null ? SendResult.SENT : SendResult.SENDING;
  }

  /** Writes a message or a control frame in one frame. */
  void write(Opcode opcode, ByteBuffer payload) {
    int length = payload.remaining();
    if (opcode.isControl()) {
      writeFrame(start(opcode, length), payload);
    } else if (deflater == null) {
      sent.message(length, length);
      writeFrame(start(opcode, length), payload);
    } else {
      ByteBuffer smaller = compress(deflater, payload);
      sent.message(length, smaller.remaining());
      writeFrame(start(opcode, smaller.remaining()).rsv(RSV1), smaller);
      release(deflater);
    }
  }

  /** Writes a message in its framing, compressed if negotiated. */
  public void send(OutgoingMessage plain) {
    OutgoingMessage message = compressed(plain);
    if (!plain.opcode().isControl()) {
      sent.message(plain.payload().remaining(), message.payload().remaining());
    }
    write(message);
  }

  /**
   * Writes a message in its framing, compressed if negotiated, in steps if it takes long.
   *
   * @param plain the message; if {@link #isStepping} afterwards, its payload must not change
   */
  void sendInSteps(OutgoingMessage plain) {
    if (SteppedMessage.isLong(plain.payload().remaining(), plain.framing(), deflater != null)) {
      stepped = new SteppedMessage(plain);
      whole = null;
      step();
    } else {
      send(plain);
    }
  }

  /** Whether a message is being sent in steps. */
  boolean isStepping() {
    return stepped != null;
  }

  /** Takes the next step of the message that is being sent in steps. */
  void step() {
    SteppedMessage current = stepped;
    if (current == null) {
      return;
    }
    OutgoingMessage ready = current.ready();
    if (ready != null) {
      current.next(
          ready.writeTo(this::writeFrame, maskingKeys, current.next(), SteppedMessage.MOST_FRAMES));
      if (current.next() == ready.payload().limit()) {
        endSteps();
      }
    } else {
      prepare(current);
    }
  }

  private void prepare(SteppedMessage current) {
    OutgoingMessage ready = current.plain();
    if (deflater != null) {
      deflater.deflate(current.nextSlice(), current.isRead(), collector);
      if (!current.isRead()) {
        return;
      }
      ready = compressed(ready, whole == null ? compressed.content() : whole);
    }
    current.ready(ready);
    sent.message(current.plain().payload().remaining(), ready.payload().remaining());
  }

  /** Sends no more of the message that is being sent in steps. */
  void endSteps() {
    if (stepped != null) {
      stepped = null;
      whole = null;
      compressed.clear();
      if (deflater != null) {
        deflater.release();
      }
    }
  }

  /**
   * Compresses the next bytes of a message, and writes frames as soon as there is enough for them,
   * or at the next {@link #flushParts}. Control frames may come between two parts. Only for a
   * connection with permessage-deflate.
   *
   * @param plain the bytes, from position to limit; neither these nor the bytes change
   * @param last whether these bytes end the message
   */
  public void writePart(Opcode type, ByteBuffer plain, boolean last) {
    MessageDeflater zlib = inUse();
    zlib.deflate(plain.duplicate(), last, collector);
    ByteBuffer part = part();
    if (last || part.remaining() >= LARGE_PART) {
      writePartFrame(type, part, last);
    }
    if (last) {
      inParts = false;
      release(zlib);
    }
  }

  /** Writes a frame with all bytes of a message in parts that were compressed so far. */
  public void flushParts(Opcode type) {
    inUse().flush(collector);
    ByteBuffer part = part();
    if (part.hasRemaining()) {
      writePartFrame(type, part, false);
    }
  }

  /** Writes the last frame of a message in parts whose end never follows. */
  public void abandonParts(Opcode type) {
    MessageDeflater zlib = inUse();
    zlib.deflate(ByteBuffer.allocate(0), true, collector);
    ByteBuffer part = part();
    if (part.hasRemaining()) {
      writePartFrame(type, part, false);
    }
    inParts = false;
    release(zlib);
  }

  private MessageDeflater inUse() {
    if (deflater == null) {
      throw new IllegalStateException("permessage-deflate is not in use");
    }
    return deflater;
  }

  /** The compressed bytes that are not written yet. */
  private ByteBuffer part() {
    return whole == null ? compressed.content() : whole;
  }

  private void writePartFrame(Opcode type, ByteBuffer part, boolean last) {
    FrameHeader started = start(inParts ? Opcode.CONTINUATION : type, part.remaining());
    writeFrame(started.fin(last).rsv(inParts ? 0 : RSV1), part);
    inParts = true;
    compressed.clear();
  }

  /** Writes one message or frame of a fault unchanged. Counts only complete messages. */
  public void commit(OutgoingMessage part) {
    boolean data = part.opcode() == Opcode.TEXT || part.opcode() == Opcode.BINARY;
    if (data && !part.isUnfinished() && !part.endsStream()) {
      int length = part.payload().remaining();
      sent.message(length, length);
    }
    write(part);
  }

  /** Writes a message or a control frame unchanged, in its framing. */
  private void write(OutgoingMessage message) {
    message.writeTo(this::writeFrame, maskingKeys);
    if (!message.opcode().isControl()) {
      messageOpen = message.isUnfinished();
    }
    streamEnded |= message.endsStream();
  }

  /** The message to send: compressed and marked with RSV1 if compression was negotiated. */
  private OutgoingMessage compressed(OutgoingMessage plain) {
    if (deflater == null || plain.opcode().isControl()) {
      return plain;
    }
    ByteBuffer payload = compress(deflater, plain.payload().duplicate());
    ByteBuffer kept = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    release(deflater);
    return compressed(plain, kept);
  }

  private static OutgoingMessage compressed(OutgoingMessage plain, ByteBuffer payload) {
    return plain.payload(payload).framing(plain.framing().rsv(plain.framing().rsv() | RSV1));
  }

  /**
   * Writes bytes unchanged, even if they are not frames. Writes nothing after the link has broken,
   * even inside a frame.
   */
  public void writeRaw(ByteBuffer bytes) {
    if (!closed) {
      report(bytes);
      transport.write(bytes);
    }
  }

  /** Releases native memory. */
  @Override
  public void close() {
    closed = true;
    endSteps();
    if (deflater != null) {
      deflater.close();
    }
  }

  private FrameHeader start(Opcode opcode, int length) {
    FrameHeader started = header.start(opcode, length);
    return masks ? started.mask(maskingKeys.getAsInt()) : started;
  }

  /** The compressed payload, valid until {@link #release}. */
  private ByteBuffer compress(MessageDeflater zlib, ByteBuffer payload) {
    whole = null;
    zlib.deflate(payload, true, collector);
    return whole == null ? compressed.content() : whole;
  }

  private void collect(ByteBuffer slice, boolean last) {
    if (last && compressed.isEmpty()) {
      whole = slice;
    } else {
      compressed.add(slice);
    }
  }

  private void release(MessageDeflater zlib) {
    whole = null;
    compressed.clear();
    zlib.release();
  }

  private void writeFrame(FrameHeader header, ByteBuffer payload) {
    sent.frame();
    headerBytes.clear();
    FrameEncoder.header(header, headerBytes);
    if (payload.remaining() <= SHORT) {
      writeShort(header, payload);
      return;
    }
    writeRaw(headerBytes.flip());
    if (header.masked()) {
      writeMasked(payload, header.maskingKey());
    } else {
      writeRaw(payload);
    }
  }

  /** Writes a short payload together with its header. */
  private void writeShort(FrameHeader header, ByteBuffer payload) {
    int start = headerBytes.position();
    headerBytes.put(payload).flip();
    if (header.masked()) {
      Mask.apply(headerBytes.position(start), header.maskingKey(), 0);
      headerBytes.position(0);
    }
    writeRaw(headerBytes);
  }

  /** Masks a copy of the payload, piece by piece. The payload itself stays unchanged. */
  private void writeMasked(ByteBuffer payload, int key) {
    ByteBuffer piece = pool.buffer(BufferPool.SLICE);
    long index = 0;
    while (payload.hasRemaining()) {
      int count = Math.min(piece.capacity(), payload.remaining());
      piece.clear().put(0, payload, payload.position(), count).limit(count);
      payload.position(payload.position() + count);
      Mask.apply(piece, key, index);
      index += count;
      writeRaw(piece);
    }
    pool.giveBack(piece);
  }

  private void report(ByteBuffer bytes) {
    if (observer == null) {
      return;
    }
    ByteBuffer copy = pool.buffer(BufferPool.SLICE);
    int count;
    for (int at = bytes.position(); at < bytes.limit(); at += count) {
      count = Math.min(copy.capacity(), bytes.limit() - at);
      observer.accept(copy.clear().put(0, bytes, at, count).limit(count));
    }
    pool.giveBack(copy);
  }
}
