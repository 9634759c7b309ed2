package wscope.protocol;

import wscope.protocol.event.Event;
import wscope.protocol.event.ExchangeListener;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.OutgoingMessage;

/** Commits faults in what an open {@link Session} sends. */
final class FaultSender {
  private final Session session;
  private final ClosingHandshake closing;
  private final ExchangeListener listener;

  /** Receives the frames of this endpoint. */
  private FrameListener sent = new FrameListener() {};

  FaultSender(Session session, ClosingHandshake closing, ExchangeListener listener) {
    this.session = session;
    this.closing = closing;
    this.listener = listener;
  }

  /** Sets the receiver of the frames of this endpoint, to which each fault is reported. */
  void show(FrameListener frames) {
    sent = frames;
  }

  /** Whether the session allows a fault. If not, the listener gets an event. */
  boolean allows(FrameFault fault) {
    boolean allowed =
        fault.isOf(session.self()) && fault.deflate().isMet(session.agreed(), session.self());
    if (!allowed) {
      listener.event(new Event.FaultImpossible(fault.id()));
    }
    return allowed;
  }

  /** Commits a fault instead of sending a correct message or Close. */
  SendResult commit(FrameFault fault, OutgoingMessage correct, FrameWriter writer) {
    if (!fault.deflate().isMet(session.agreed(), session.self())) {
      return SendResult.NOT_NEGOTIATED;
    }
    for (OutgoingMessage part : fault.commit(correct)) {
      sent.fault(fault.id());
      writer.commit(part);
      sent.fault(null);
      if (part.opcode() == Opcode.CLOSE && session.state() == Session.State.OPEN) {
        closing.started(part.payload());
      }
    }
    return SendResult.SENT;
  }
}
