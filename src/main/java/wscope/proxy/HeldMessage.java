package wscope.proxy;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import wscope.protocol.FrameFault;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.PayloadBuffer;

/**
 * A message or a Close that was received but not passed on yet, or a part of it: its frames and its
 * content.
 */
final class HeldMessage {
  /** The length of the longest message that is changed, in bytes. */
  private static final int LONGEST = 1000 << 10;

  private final ByteBuffer header = ByteBuffer.allocate(FrameHeader.LONGEST);
  private final Opcode opcode;
  private final long frame;
  private final boolean compressed;
  private final @Nullable FrameFault fault;
  private final PayloadBuffer frames;
  private final PayloadBuffer content;
  private boolean corrupt;
  private boolean cut;
  private boolean rest;
  private long order;

  /**
   * Creates a message without frames.
   *
   * @param opcode that of a Close, or the type of the message
   * @param frame the number of its first frame
   * @param compressed whether the message is compressed
   * @param fault the fault to commit instead; null for none
   */
  HeldMessage(
      Opcode opcode, long frame, boolean compressed, @Nullable FrameFault fault, BufferPool pool) {
    this.opcode = opcode;
    this.frame = frame;
    this.compressed = compressed;
    this.fault = fault;
    frames = new PayloadBuffer(pool);
    content = new PayloadBuffer(pool);
  }

  /** A frame of the message begins. */
  void add(FrameHeader next) {
    header.clear();
    FrameEncoder.header(next, header);
    frames.add(header.flip());
  }

  /** Adds a part of the payload of the current frame, which is not masked. */
  void add(FrameHeader current, ByteBuffer payload, long index) {
    ByteBuffer wire = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    if (current.masked()) {
      Mask.apply(wire, current.maskingKey(), index);
    }
    frames.add(wire);
  }

  /** Adds a part of the inflated content. */
  void add(ByteBuffer plain) {
    content.add(plain);
  }

  /** The message cannot be inflated. */
  void corrupt() {
    corrupt = true;
  }

  /** The end of the message is missing. */
  void cut() {
    cut = true;
  }

  boolean isCut() {
    return cut;
  }

  /** The start of the message has been passed on, or waits on its own. */
  HeldMessage rest() {
    rest = true;
    return this;
  }

  /** Whether it is all of a message or of a Close, so that something else may take its place. */
  boolean isWhole() {
    return !cut && !rest;
  }

  boolean isCorrupt() {
    return corrupt;
  }

  /** Sets the place of the message among all that wait in both directions. */
  void order(long place) {
    order = place;
  }

  long order() {
    return order;
  }

  Opcode opcode() {
    return opcode;
  }

  /** The number of the first frame. */
  long frame() {
    return frame;
  }

  boolean isCompressed() {
    return compressed;
  }

  @Nullable FrameFault fault() {
    return fault;
  }

  /** The frames as received. */
  ByteBuffer frames() {
    return frames.content().duplicate();
  }

  /** The content, inflated and not masked. */
  ByteBuffer content() {
    return content.content().duplicate();
  }

  /** Whether the message passes unchanged, because it is long or has many small fragments. */
  boolean isTooLong() {
    return content.content().remaining() > LONGEST || memory() > Delivery.MOST_HELD;
  }

  /** The memory in use, in bytes. */
  long memory() {
    return frames.memory() + content.memory();
  }

  void free() {
    frames.clear();
    content.clear();
  }
}
