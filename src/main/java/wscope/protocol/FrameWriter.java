package wscope.protocol;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.deflate.ByteSink;
import wscope.protocol.deflate.Compression;
import wscope.protocol.deflate.MessageDeflater;
import wscope.protocol.deflate.MessagePool;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Outgoing;
import wscope.protocol.message.PayloadBuffer;
import wscope.protocol.rule.Endpoint;

/**
 * The sending half of a {@link Session}: puts messages into frames, compressed where that was
 * agreed on, shows them to a listener and counts them.
 */
final class FrameWriter implements AutoCloseable {
  /** A server masks nothing but by a fault, and then in a way that is easy to follow. */
  private static final int MASKING_KEY = 0x37fa213d;

  private static final int RSV1 = 4;

  private final Outlet outlet;
  private final MessagePool pool;
  private final @Nullable MessageDeflater deflater;
  private final @Nullable Inspector shown;
  private final PayloadBuffer compressed;
  private final ByteSink collector = this::collect;
  private final ByteBuffer headerBytes = ByteBuffer.allocate(FrameHeader.LONGEST);
  private final FrameHeader header = FrameHeader.of(Opcode.TEXT, 0);

  /** The only slice of a compressed message that came in one; null otherwise. */
  private @Nullable ByteBuffer whole;

  private boolean messageOpen;
  private boolean streamEnded;
  private boolean closed;
  private final FlowCount flow = new FlowCount();

  /**
   * @param compression null if permessage-deflate is not in use
   * @param pool of the thread that serves the connection
   * @param listener sees what goes out; null if nobody looks
   */
  FrameWriter(
      Outlet outlet,
      @Nullable Compression compression,
      MessagePool pool,
      @Nullable InspectionListener listener) {
    this.outlet = outlet;
    this.pool = pool;
    compressed = new PayloadBuffer(pool);
    deflater =
        compression == null
            ? null
            : new MessageDeflater(compression.agreed(), Endpoint.SERVER, pool);
    shown =
        listener == null
            ? null
            : new Inspector(Endpoint.SERVER, Limits.NONE, compression, 0, listener);
  }

  /** What was written so far. */
  Flow flow() {
    return flow.flow();
  }

  /** Whether this can be sent as things stand after the faults that were committed. */
  boolean takes(Opcode opcode) {
    return !streamEnded && (opcode.isControl() || !messageOpen);
  }

  /** Writes a message or a control frame in one frame. */
  void write(Opcode opcode, ByteBuffer payload) {
    int length = payload.remaining();
    if (opcode.isControl()) {
      writeFrame(header.start(opcode, length), payload);
    } else if (deflater == null) {
      flow.message(length, length);
      writeFrame(header.start(opcode, length), payload);
    } else {
      ByteBuffer smaller = compress(deflater, payload);
      flow.message(length, smaller.remaining());
      writeFrame(header.start(opcode, smaller.remaining()).rsv(RSV1), smaller);
      release(deflater);
    }
  }

  /** Writes a message, compressed if that was agreed on, in the framing that it asks for. */
  void send(Outgoing plain) {
    Outgoing sent = compressed(plain);
    if (!plain.opcode().isControl()) {
      flow.message(plain.payload().remaining(), sent.payload().remaining());
    }
    write(sent);
  }

  /** Writes a part of a fault as it is; it counts as a message if it is a whole one. */
  void commit(Outgoing part) {
    boolean data = part.opcode() == Opcode.TEXT || part.opcode() == Opcode.BINARY;
    if (data && !part.goesOn() && !part.endsStream()) {
      int length = part.payload().remaining();
      flow.message(length, length);
    }
    write(part);
  }

  /** Writes a message or a control frame as it is, in the framing that it asks for. */
  private void write(Outgoing message) {
    message.writeTo(this::writeFrame, () -> MASKING_KEY);
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
      outlet.write(bytes);
    }
  }

  /** Nothing more is written. */
  void end() {
    if (shown != null) {
      shown.end();
    }
  }

  /** Lets go of native memory. */
  @Override
  public void close() {
    closed = true;
    if (deflater != null) {
      deflater.close();
    }
    if (shown != null) {
      shown.close();
    }
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
    flow.frame();
    headerBytes.clear();
    FrameEncoder.header(header, headerBytes);
    writeRaw(headerBytes.flip());
    if (header.masked()) {
      ByteBuffer masked = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      Mask.apply(masked, header.maskingKey(), 0);
      writeRaw(masked);
    } else {
      writeRaw(payload);
    }
  }

  private void show(ByteBuffer bytes) {
    if (shown == null) {
      return;
    }
    // An inspector uses its input up, so it looks at a copy, piece by piece.
    ByteBuffer copy = pool.buffer(MessagePool.SLICE);
    int count;
    for (int at = bytes.position(); at < bytes.limit(); at += count) {
      count = Math.min(copy.capacity(), bytes.limit() - at);
      shown.feed(copy.clear().put(0, bytes, at, count).limit(count));
    }
    pool.giveBack(copy);
  }
}
