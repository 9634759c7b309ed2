package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/**
 * The sending half of a {@link Session}: splits messages into frames, compresses them if
 * negotiated, and masks those of a client. It reports and counts everything it sends.
 */
final class FrameWriter implements AutoCloseable {
  private static final int RSV1 = 4;

  private final TransportWriter transport;
  private final BufferPool pool;
  private final boolean masks;
  private final IntSupplier maskingKeys;
  private final @Nullable MessageDeflater deflater;
  private final @Nullable Consumer<ByteBuffer> observer;
  private final PayloadBuffer compressed;
  private final ByteSink collector = this::collect;
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST);
  private final FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);

  /** The only slice of a compressed message; null if there are several. */
  private @Nullable ByteBuffer whole;

  private boolean messageOpen;
  private boolean streamEnded;
  private boolean closed;
  private final DirectionCount sent = new DirectionCount();

  /**
   * Creates the writer of one endpoint.
   *
   * @param compression the compression of the connection; null if permessage-deflate is not in use
   * @param pool the buffer pool of the thread that serves the connection
   * @param maskingKeys supplies a key for each masked frame
   * @param observer receives a copy of everything that is sent and may change that copy; null for
   *     none
   */
  FrameWriter(
      Endpoint self,
      TransportWriter transport,
      @Nullable Compression compression,
      BufferPool pool,
      IntSupplier maskingKeys,
      @Nullable Consumer<ByteBuffer> observer) {
    this.transport = transport;
    this.pool = pool;
    this.maskingKeys = maskingKeys;
    this.observer = observer;
    masks = self == Endpoint.CLIENT;
    compressed = new PayloadBuffer(pool);
    deflater = compression == null ? null : new MessageDeflater(compression.agreed(), self, pool);
  }

  /** The totals so far. */
  DirectionTotals totals() {
    return sent.totals();
  }

  /** Whether the faults committed so far still allow this frame or message. */
  SendResult check(Opcode opcode) {
    if (streamEnded) {
      return SendResult.IN_FRAME;
    }
    return messageOpen && !opcode.isControl() ? SendResult.IN_MESSAGE : SendResult.SENT;
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
  void send(OutgoingMessage plain) {
    OutgoingMessage message = compressed(plain);
    if (!plain.opcode().isControl()) {
      sent.message(plain.payload().remaining(), message.payload().remaining());
    }
    write(message);
  }

  /** Writes one message or frame of a fault unchanged. Counts only complete messages. */
  void commit(OutgoingMessage part) {
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
    return plain.payload(kept).framing(plain.framing().rsv(plain.framing().rsv() | RSV1));
  }

  /**
   * Writes bytes unchanged, even if they are not frames. Writes nothing after the link has broken,
   * even inside a frame.
   */
  void writeRaw(ByteBuffer bytes) {
    if (!closed) {
      report(bytes);
      transport.write(bytes);
    }
  }

  /** Releases native memory. */
  @Override
  public void close() {
    closed = true;
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
    writeRaw(headerBytes.flip());
    if (header.masked()) {
      writeMasked(payload, header.maskingKey());
    } else {
      writeRaw(payload);
    }
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
