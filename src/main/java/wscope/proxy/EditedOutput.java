package wscope.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import wscope.protocol.FrameFault;
import wscope.protocol.FrameWriter;
import wscope.protocol.TransportWriter;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.deflate.DeflateParameters;
import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.Interference;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.Framing;
import wscope.protocol.message.OutgoingMessage;
import wscope.protocol.rule.Endpoint;

/** What is passed on in the name of an endpoint whose messages are changed, and the report. */
final class EditedOutput implements TransportWriter {
  /** The number of bytes of each change that are reported. */
  private static final int MOST_REPORTED = 4 << 10;

  /** The longest text that is also reported as such, in bytes. */
  private static final int LONGEST_TEXT = 256;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Endpoint sender;
  private final ExchangeListener shown;
  private final Consumer<ByteBuffer> link;
  private final Runnable onClose;
  private final FrameWriter writer;
  private final boolean compresses;
  private final boolean takesOver;
  private boolean changed;
  private boolean closed;
  private boolean toldEnd;
  private boolean stopped;

  /** The first bytes of the current change, from 0 to the position; null between changes. */
  private @Nullable ByteBuffer sample;

  private long sampled;

  /**
   * Creates an output.
   *
   * @param shown receives the report
   * @param link passes bytes on
   * @param onClose runs when it has sent a Close
   * @param agreed the parameters with which the endpoint compresses; null for none
   * @param maskingKeys supplies a key for each masked frame
   */
  EditedOutput(
      Endpoint sender,
      ExchangeListener shown,
      Consumer<ByteBuffer> link,
      Runnable onClose,
      @Nullable DeflateParameters agreed,
      BufferPool pool,
      IntSupplier maskingKeys) {
    this.sender = sender;
    this.shown = shown;
    this.link = link;
    this.onClose = onClose;
    writer = FrameWriter.of(sender, this, agreed, pool, maskingKeys);
    compresses = agreed != null;
    takesOver = agreed != null && agreed.takesContextOver(sender);
  }

  @Override
  public void write(ByteBuffer bytes) {
    if (sample != null) {
      int count = Math.min(sample.remaining(), bytes.remaining());
      sample.put(bytes.slice(bytes.position(), count));
      sampled += bytes.remaining();
    }
    if (stopped) {
      bytes.position(bytes.limit());
    } else {
      link.accept(bytes);
    }
  }

  @Override
  public void end() {
    throw new UnsupportedOperationException("the leg ends its output");
  }

  /** Passes on bytes as received. */
  void raw(ByteBuffer bytes) {
    writer.writeRaw(bytes);
  }

  /** Whether an earlier change forbids a frame of this kind. */
  boolean isOver(Opcode opcode) {
    return closed || !writer.check(opcode).isSent();
  }

  /** Reports once that an earlier change forbids a frame of this kind. */
  void tellEnd(Opcode opcode) {
    if (!toldEnd) {
      toldEnd = true;
      String why = closed ? "wscope has sent a Close in its name" : writer.check(opcode).reason();
      report(Interference.ENDED, 0, why, NOTHING, 0);
    }
  }

  /** Whether the message that a frame begins is compressed. */
  boolean isCompressed(FrameHeader first) {
    return compresses && first.rsv1();
  }

  /**
   * Whether compressed messages must be compressed again, because a change made contexts differ.
   */
  boolean renews() {
    return changed && takesOver;
  }

  /** Compresses a part of a message again. */
  void renew(Opcode type, ByteBuffer plain, boolean last) {
    writer.writePart(type, plain, last);
  }

  /** Passes on all that was compressed again of a message so far. */
  void flush(Opcode type) {
    writer.flushParts(type);
  }

  /** Ends what was compressed again of a message, because its rest never follows. */
  void abandon(Opcode type) {
    writer.abandonParts(type);
  }

  /** Commits a fault instead of a message. */
  void commit(FrameFault fault, Opcode opcode, ByteBuffer payload, long frame) {
    OutgoingMessage correct = new OutgoingMessage(opcode, payload, Framing.of(sender));
    change(
        Interference.FAULT,
        frame,
        fault.id(),
        () -> {
          for (OutgoingMessage part : fault.commit(correct)) {
            writer.commit(part);
            sent(part.opcode());
          }
        });
  }

  /** Sends a message or a control frame of another content. */
  void send(Interference act, Opcode opcode, ByteBuffer payload, long frame) {
    OutgoingMessage message = new OutgoingMessage(opcode, payload, Framing.of(sender));
    change(act, frame, text(message), () -> writer.send(message));
    sent(opcode);
  }

  private void sent(Opcode opcode) {
    if (opcode == Opcode.CLOSE) {
      closed = true;
      onClose.run();
    }
  }

  /** The text of a message; empty if it is not a short text. */
  private static String text(OutgoingMessage message) {
    boolean shown =
        message.opcode() == Opcode.TEXT && message.payload().remaining() <= LONGEST_TEXT;
    return shown ? StandardCharsets.UTF_8.decode(message.payload().duplicate()).toString() : "";
  }

  /** Reports that something of the endpoint is not passed on. */
  void omit(Interference act, long frame, String detail) {
    change(act, frame, detail, () -> {});
  }

  /** Reports something that changes no byte. */
  void tell(Interference act, long frame, String detail) {
    report(act, frame, detail, NOTHING, 0);
  }

  private void change(Interference act, long frame, String detail, Runnable writing) {
    if (!changed) {
      changed = true;
      tell(takesOver ? Interference.COMPRESSED_AGAIN : Interference.CHANGED, 0, "");
    }
    ByteBuffer copy = ByteBuffer.allocate(MOST_REPORTED);
    sample = copy;
    sampled = 0;
    writing.run();
    sample = null;
    report(act, frame, detail, copy.flip(), sampled);
  }

  private void report(Interference act, long frame, String detail, ByteBuffer sent, long length) {
    shown.event(new Event.Interfered(sender, act, frame, detail, sent, length));
  }

  /** Passes on nothing more. */
  void stop() {
    closed = true;
    toldEnd = true;
    stopped = true;
  }

  void close() {
    writer.close();
  }
}
