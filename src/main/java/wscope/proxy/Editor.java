package wscope.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.connection.FaultSchedule;
import wscope.protocol.FrameFault;
import wscope.protocol.deflate.BufferPool;
import wscope.protocol.event.FrameListener;
import wscope.protocol.event.Interference;
import wscope.protocol.frame.FrameEncoder;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.FrameRules;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Mask;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/**
 * Passes on the frames of one endpoint after the watch has read them, changed where the user wants
 * that. Until it is {@link #activate active}, others pass the bytes on before, and it only follows
 * where frames and messages end.
 */
final class Editor implements FrameListener {
  /** What becomes of a frame. */
  private enum Course {
    /** It is passed on as received. */
    PASS,
    /** It is collected until its message is complete. */
    COLLECT,
    /** Its message is compressed again. */
    RENEW,
    /** It is not passed on. */
    DISCARD
  }

  /** A message of the user, which waits for the end of a frame or a message. */
  private record Pending(Interference act, Opcode opcode, ByteBuffer payload) {}

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Changes changes;
  private final FaultSchedule faults;
  private final EditedOutput output;
  private final Delivery delivery;
  private final BufferPool pool;
  private final ByteBuffer header = ByteBuffer.allocate(FrameHeader.LONGEST);
  private final ArrayDeque<Pending> pending = new ArrayDeque<>(0);
  private boolean active;

  /** The number of bytes of the next header that were passed on before the editor was active. */
  private int begun;

  private boolean inFrame;
  private boolean inControl;
  private boolean inMessage;
  private Course ofControl = Course.PASS;
  private Course ofMessage = Course.PASS;
  private Opcode type = Opcode.TEXT;
  private boolean compressed;
  private boolean corrupt;

  /** What to report about the current frame after its own report; null for nothing. */
  private @Nullable Runnable remark;

  /** The Close that is collected; null if there is none. */
  private @Nullable HeldMessage close;

  /** The message that is collected; null if there is none. */
  private @Nullable HeldMessage message;

  /** The bytes of the header at the end of the direction, which is incomplete. */
  private ByteBuffer tail = NOTHING;

  /**
   * Creates an editor that is not active.
   *
   * @param faults the faults to commit
   */
  Editor(
      Changes changes,
      FaultSchedule faults,
      EditedOutput output,
      Delivery delivery,
      BufferPool pool) {
    this.changes = changes;
    this.faults = faults;
    this.output = output;
    this.delivery = delivery;
    this.pool = pool;
  }

  /**
   * Passes on everything from now on. The watch has read all bytes that were passed on before.
   *
   * @param header the number of bytes of an incomplete header that were passed on
   */
  void activate(int header) {
    if (!active) {
      active = true;
      begun = header;
      inFrame |= header > 0;
    }
  }

  boolean isActive() {
    return active;
  }

  /** The messages that wait. */
  Delivery delivery() {
    return delivery;
  }

  /** The memory of everything that is not passed on yet, in bytes. */
  long held() {
    return delivery.memory() + (message == null ? 0 : message.memory());
  }

  @Override
  public void frameStarted(FrameHeader started, Endpoint sender, List<Violation> violations) {
    // A control frame that is too long has no content that could be shown.
    remark();
    inFrame = true;
    inControl = started.opcode().isControl();
    if (inControl) {
      ofControl = active && begun == 0 ? courseOfControl(started) : Course.PASS;
    } else if (!started.opcode().isReserved() && started.opcode() != Opcode.CONTINUATION) {
      messageStarted(started);
    } else if (!inMessage) {
      boolean over = active && begun == 0 && isOver(started.opcode());
      ofMessage = over ? Course.DISCARD : Course.PASS;
    }
    if (!inControl && ofMessage == Course.COLLECT && message == null) {
      message = held(type, started, compressed, null).rest();
    }
    if (course() == Course.PASS) {
      header.clear();
      FrameEncoder.header(started, header);
      pass(header.flip().position(begun));
    } else if (course() == Course.COLLECT) {
      collected().add(started);
    }
    begun = 0;
  }

  /** Whether an earlier change forbids a frame that begins. If so, it reports that later. */
  private boolean isOver(Opcode opcode) {
    boolean over = output.isOver(opcode);
    if (over) {
      remark = () -> output.tellEnd(opcode);
    }
    return over;
  }

  private void remark() {
    Runnable open = remark;
    remark = null;
    if (open != null) {
      open.run();
    }
  }

  /** What becomes of the current frame. */
  private Course course() {
    return inControl ? ofControl : ofMessage;
  }

  /** The Close or message that the current frame belongs to, which is collected. */
  private HeldMessage collected() {
    HeldMessage held = inControl ? close : message;
    if (held == null) {
      throw new IllegalStateException("nothing is collected");
    }
    return held;
  }

  private Course courseOfControl(FrameHeader started) {
    Opcode opcode = started.opcode();
    if (isOver(opcode)) {
      return Course.DISCARD;
    }
    if (changes.silent().contains(opcode)) {
      remark = () -> output.omit(Interference.SILENCED, started.number(), opcode.label());
      return Course.DISCARD;
    }
    if (opcode != Opcode.CLOSE) {
      return Course.PASS;
    }
    cut();
    boolean readable =
        Long.compareUnsigned(started.payloadLength(), FrameRules.LONGEST_CONTROL_PAYLOAD) <= 0;
    if (!readable) {
      return Course.PASS;
    }
    FrameFault fault = faults.next();
    if (fault == null && !delivery.waits()) {
      return Course.PASS;
    }
    close = held(opcode, started, false, fault);
    return Course.COLLECT;
  }

  private HeldMessage held(
      Opcode opcode, FrameHeader first, boolean deflated, @Nullable FrameFault fault) {
    return new HeldMessage(opcode, first.number(), deflated, fault, pool);
  }

  /** A Close comes before the end of a message: what is collected of that must precede it. */
  private void cut() {
    HeldMessage start = message;
    if (start != null && delivery.waits()) {
      message = null;
      start.cut();
      delivery.take(start);
    } else if (start != null) {
      output.tell(Interference.UNCHANGED, start.frame(), "a Close comes before its end");
      flush();
    }
  }

  private void messageStarted(FrameHeader first) {
    flush();
    if (isRenewed()) {
      output.abandon(type);
    }
    inMessage = true;
    corrupt = false;
    type = first.opcode();
    ofMessage = active && begun == 0 ? courseOfMessage(first) : Course.PASS;
  }

  private Course courseOfMessage(FrameHeader first) {
    if (isOver(type)) {
      return Course.DISCARD;
    }
    FrameFault fault = faults.next();
    compressed = output.isCompressed(first);
    boolean replaces = !changes.replacements().isEmpty() && type == Opcode.TEXT;
    if (fault != null || replaces || delivery.waits()) {
      message = held(type, first, compressed, fault);
      return Course.COLLECT;
    }
    return compressed && output.renews() ? Course.RENEW : Course.PASS;
  }

  @Override
  public void framePayload(FrameHeader current, ByteBuffer payload, long index) {
    if (course() == Course.PASS) {
      passPayload(current, payload, index);
    } else if (course() == Course.COLLECT) {
      HeldMessage held = collected();
      held.add(current, payload, index);
      if (inControl) {
        held.add(payload);
      }
    }
  }

  private void passPayload(FrameHeader current, ByteBuffer payload, long index) {
    if (!active) {
      return;
    }
    if (current.masked()) {
      ByteBuffer wire = pool.buffer(payload.remaining()).clear();
      wire.put(payload.duplicate()).flip();
      Mask.apply(wire, current.maskingKey(), index);
      output.raw(wire);
      pool.giveBack(wire);
    } else {
      output.raw(payload.duplicate());
    }
  }

  private void pass(ByteBuffer bytes) {
    if (active) {
      output.raw(bytes);
    }
  }

  @Override
  public void messageData(Message read, ByteBuffer data, boolean last) {
    if (ofMessage == Course.RENEW && !corrupt) {
      output.renew(type, data, false);
    } else if (message != null) {
      message.add(data);
      balance(message);
    }
  }

  /** Limits what is collected of a message: it waits, or it passes without a change. */
  private void balance(HeldMessage large) {
    if (delivery.waits()) {
      delivery.balance(large.memory());
    } else if (large.isTooLong()) {
      output.tell(Interference.UNCHANGED, large.frame(), "it is too long");
      flush();
    }
  }

  /** Passes on what is collected of a message, and its rest without a change. */
  private void flush() {
    HeldMessage held = message;
    message = null;
    if (held == null) {
      return;
    }
    if (!held.isCompressed() || !output.renews()) {
      output.raw(held.frames());
      ofMessage = Course.PASS;
    } else {
      output.renew(type, held.content(), false);
      output.flush(type);
      ofMessage = Course.RENEW;
    }
    held.free();
  }

  /** Whether a message is being compressed again. */
  private boolean isRenewed() {
    return inMessage && ofMessage == Course.RENEW && !corrupt;
  }

  @Override
  public void violation(Violation violation) {
    switch (violation.rule()) {
      case COMPRESSED_DATA_CORRUPT,
          COMPRESSED_DATA_UNFINISHED,
          COMPRESSED_DATA_OUT_OF_WINDOW,
          CONTEXT_TAKEN_OVER -> {
        corrupt = true;
        if (ofMessage == Course.RENEW) {
          delivery.failCorrupt();
        } else if (message != null) {
          message.corrupt();
        }
      }
      default -> {}
    }
  }

  @Override
  public void frameEnded(FrameHeader ended) {
    inFrame = false;
    if (!inControl) {
      remark();
    }
    HeldMessage held = close;
    if (inControl && held != null) {
      close = null;
      delivery.take(held);
    }
    if (!inControl && !ended.fin() && isRenewed()) {
      output.flush(type);
    }
    if (inControl || !inMessage) {
      settle();
    }
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    remark();
  }

  @Override
  public void close(@Nullable CloseBody body) {
    remark();
  }

  @Override
  public void messageEnded(Message ended) {
    HeldMessage held = message;
    inMessage = false;
    message = null;
    if (ofMessage == Course.RENEW && !corrupt) {
      output.renew(type, ByteBuffer.allocate(0), true);
    }
    if (held != null) {
      delivery.take(held);
    } else if (active && ofMessage != Course.DISCARD) {
      delivery.delivered(type);
    }
    settle();
  }

  /** Passes on bytes that cannot be read as frames. */
  void opaque(ByteBuffer bytes) {
    if (!active) {
      return;
    }
    delivery.hold(false);
    flush();
    if (course() != Course.DISCARD) {
      pass(bytes);
    }
  }

  @Override
  public void ended(@Nullable IncompleteFrame incomplete) {
    if (!active) {
      return;
    }
    remark();
    HeldMessage incompleteClose = close;
    close = null;
    HeldMessage cut = incompleteClose == null ? message : incompleteClose;
    if (cut != null && (incompleteClose != null || delivery.waits())) {
      message = null;
      cut.cut();
      delivery.take(cut);
    }
    flush();
    if (isRenewed()) {
      output.flush(type);
    }
    if (incomplete != null) {
      ByteBuffer start = incomplete.header();
      tail = start.position(Math.min(start.limit(), start.position() + begun));
    }
  }

  /** The direction has ended, and no message waits: passes on the last bytes. */
  void finish() {
    if (active && !output.isOver(Opcode.PING)) {
      output.raw(tail);
      tail = NOTHING;
    }
  }

  /**
   * Sends a message or a control frame of the user, now or when a frame or message has ended.
   *
   * @return whether it was sent now
   */
  boolean send(Interference act, Opcode opcode, ByteBuffer payload) {
    pending.addLast(new Pending(act, opcode, payload));
    settle();
    return pending.isEmpty();
  }

  private void settle() {
    Pending next = pending.peekFirst();
    while (next != null && active && mayFollow(next.opcode())) {
      pending.removeFirst();
      if (output.isOver(next.opcode())) {
        output.tellEnd(next.opcode());
      } else {
        output.send(next.act(), next.opcode(), next.payload(), 0);
      }
      next = pending.peekFirst();
    }
  }

  /** Whether a frame may follow what was passed on so far. */
  private boolean mayFollow(Opcode opcode) {
    if (inFrame && course() == Course.PASS) {
      return false;
    }
    boolean open = inMessage && (ofMessage == Course.PASS || ofMessage == Course.RENEW);
    return opcode.isControl() || !open;
  }

  /**
   * Passes on the first message that waits, or the part of it that arrived; returns false if none
   * waits.
   */
  boolean next() {
    HeldMessage part = message;
    if (delivery.next()) {
      return true;
    }
    if (part != null) {
      output.tell(Interference.RELEASED, part.frame(), "");
      flush();
      delivery.balance(0);
    }
    return part != null;
  }

  /** Discards the first message that waits, and the rest of it; false if none waits. */
  boolean drop() {
    HeldMessage part = message;
    if (delivery.drop()) {
      return true;
    }
    if (part != null) {
      message = null;
      ofMessage = Course.DISCARD;
      output.omit(Interference.DROPPED, part.frame(), "");
      part.free();
      delivery.balance(0);
    }
    return part != null;
  }

  /** Too much memory is in use, so that nothing more can be read. */
  void giveUp() {
    if (active) {
      delivery.fail("too much memory is in use");
    }
  }

  /** Passes on nothing more, because the receiver is gone. */
  void abandon() {
    output.stop();
    delivery.close();
  }

  /** Discards everything, because the pair has ended. */
  void close() {
    delivery.close();
    if (message != null) {
      message.free();
      message = null;
    }
    output.close();
  }
}
