package wscope.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wscope.protocol.event.FrameListener;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.IncompleteFrame;
import wscope.protocol.frame.Opcode;
import wscope.protocol.message.CloseBody;
import wscope.protocol.message.Message;
import wscope.protocol.rule.Endpoint;
import wscope.protocol.rule.Violation;

/** Reacts to the frames of the peer of a {@link Session}. */
final class PeerFrames implements FrameListener {
  private final Session session;
  private final SessionHandler handler;
  private final ClosingHandshake closing;
  private final HeldMessages held;
  private final DirectionCount received;
  private final @Nullable FrameListener shown;

  /** The only slice of a message; null if it arrived in several. */
  private @Nullable ByteBuffer whole;

  /**
   * Creates the reactions.
   *
   * @param held holds a message that arrives in several slices
   * @param received counts the frames and messages
   * @param shown the listener of the session, which gets every frame first; null for none
   */
  PeerFrames(
      Session session,
      SessionHandler handler,
      ClosingHandshake closing,
      HeldMessages held,
      DirectionCount received,
      @Nullable FrameListener shown) {
    this.session = session;
    this.handler = handler;
    this.closing = closing;
    this.held = held;
    this.received = received;
    this.shown = shown;
  }

  @Override
  public void frameStarted(FrameHeader header, Endpoint sender, List<Violation> violations) {
    received.frame();
    progress(0);
    for (int i = 0; i < violations.size(); i++) {
      failIfError(violations.get(i));
    }
  }

  @Override
  public void headerIncomplete(
      IncompleteFrame incomplete, FrameHeader known, Endpoint sender, List<Violation> violations) {
    for (int i = 0; i < violations.size(); i++) {
      if (violations.get(i).rule().isError()) {
        // The rest of this frame is never read.
        received.frame();
        failIfError(violations.get(i));
        return;
      }
    }
  }

  @Override
  public void messageData(Message message, ByteBuffer data, boolean last) {
    if (session.state() != Session.State.OPEN) {
      held.clear();
    } else if (last && held.isEmpty()) {
      whole = data;
    } else if (!held.add(data)) {
      session.giveUp();
    }
    progress(data.remaining());
  }

  private void progress(int bytes) {
    if (session.state() != Session.State.CLOSED) {
      handler.progress(session, bytes);
    }
  }

  @Override
  public void messageEnded(Message message) {
    received.message(message.length(), message.wireLength());
    if (session.state() == Session.State.OPEN) {
      ByteBuffer payload = whole == null ? held.content() : whole;
      handler.message(session, message.type(), payload);
    }
    whole = null;
    held.clear();
  }

  @Override
  public void control(Opcode opcode, ByteBuffer payload) {
    // Reply even between our Close and the peer's Close (§5.5.2).
    if (opcode == Opcode.PING
        && session.state() != Session.State.CLOSED
        && handler.repliesToPing()) {
      session.pong(payload);
    } else if (opcode == Opcode.PONG) {
      handler.pong(payload);
    }
  }

  @Override
  public void close(@Nullable CloseBody body) {
    if (body != null && session.state() != Session.State.CLOSED) {
      closing.received(body);
    }
  }

  @Override
  public void violation(Violation violation) {
    failIfError(violation);
  }

  private void failIfError(Violation violation) {
    if (!violation.rule().isError()) {
      return;
    }
    if (shown != null) {
      shown.failed();
    }
    if (session.state() == Session.State.CLOSED) {
      session.stopReading();
    } else {
      closing.fail(violation.rule());
    }
  }
}
