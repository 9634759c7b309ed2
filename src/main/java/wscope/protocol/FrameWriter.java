package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.event.DirectionTotals;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Outgoing;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/**
 * The sending half of a {@link Session}: puts messages into frames, compressed where that was
 * agreed on and masked by a client, shows them and counts them.
 */
final class FrameWriter implements AutoCloseable {
  private static final int RSV1 = 4;

  private final TransportWriter transport;
  private final MessagePool pool;
  private final boolean masks;
  private final IntSupplier maskingKeys;
  private final @Nullable MessageDeflater deflater;
  private final @Nullable Consumer<ByteBuffer> shown;
  private final PayloadBuffer compressed;
  private final ByteSink collector = this::collect;
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST);
  private final FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);

  /** The only slice of a compressed message that came in one; null otherwise. */
  private @Nullable ByteBuffer whole;

  private boolean messageOpen;
  private boolean streamEnded;
  private boolean closed;
  private final DirectionCount sent = new DirectionCount();

  /**
   * @param compression null if permessage-deflate is not in use
   * @param pool of the thread that serves the connection
   * @param maskingKeys gives a key for each frame that is masked
   * @param shown takes a copy of what goes out, which it may change; null if nobody looks
   */
  FrameWriter(
      Endpoint self,
      TransportWriter transport,
      @Nullable Compression compression,
      MessagePool pool,
      IntSupplier maskingKeys,
      @Nullable Consumer<ByteBuffer> shown) {
    this.transport = transport;
    this.pool = pool;
    this.maskingKeys = maskingKeys;
    this.shown = shown;
    masks = self == Endpoint.CLIENT;
    compressed = new PayloadBuffer(pool);
    deflater = compression == null ? null : new MessageDeflater(compression.agreed(), self, pool);
  }

  /** What was written so far. */
  DirectionTotals totals() {
    return sent.totals();
  }

  /** Whether this can be sent as things stand after the faults that were committed. */
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

  /** Writes a message, compressed if that was agreed on, in the framing that it asks for. */
  void send(Outgoing plain) {
    Outgoing message = compressed(plain);
    if (!plain.opcode().isControl()) {
      sent.message(plain.payload().remaining(), message.payload().remaining());
    }
    write(message);
  }

  /** Writes a part of a fault as it is; it counts as a message if it is a whole one. */
  void commit(Outgoing part) {
    boolean data = part.opcode() == Opcode.TEXT || part.opcode() == Opcode.BINARY;
    if (data && !part.goesOn() && !part.endsStream()) {
      int length = part.payload().remaining();
      sent.message(length, length);
    }
    write(part);
  }

  /** Writes a message or a control frame as it is, in the framing that it asks for. */
  private void write(Outgoing message) {
    message.writeTo(this::writeFrame, maskingKeys);
    if (!message.opcode().isControl()) {
      messageOpen = message.goesOn();
    }
    streamEnded |= message.endsStream();
  }

  /** The message as it is sent: compressed, with RSV1, if that was agreed on. */
  private Outgoing compressed(Outgoing plain) {
    if (deflater == null || plain.opcode().isControl()) {
      return plain;
    }
    ByteBuffer payload = compress(deflater, plain.payload().duplicate());
    ByteBuffer kept = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    release(deflater);
    return plain.payload(kept).framing(plain.framing().rsv(plain.framing().rsv() | RSV1));
  }

  /** Writes bytes as they are, frames or not; nothing once the link broke, be it in a frame. */
  void writeRaw(ByteBuffer bytes) {
    if (!closed) {
      show(bytes);
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

  /** The compressed payload, on loan until {@link #release}. */
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

  /** Masks a copy, piece by piece: the bytes of a payload stay as they are. */
  private void writeMasked(ByteBuffer payload, int key) {
    ByteBuffer piece = pool.buffer(MessagePool.SLICE);
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

  private void show(ByteBuffer bytes) {
    if (shown == null) {
      return;
    }
    ByteBuffer copy = pool.buffer(MessagePool.SLICE);
    int count;
    for (int at = bytes.position(); at < bytes.limit(); at += count) {
      count = Math.min(copy.capacity(), bytes.limit() - at);
      shown.accept(copy.clear().put(0, bytes, at, count).limit(count));
    }
    pool.giveBack(copy);
  }
}
